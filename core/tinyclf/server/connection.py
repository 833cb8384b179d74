"""Connections whose head must arrive in time: one that says nothing is closed."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle


def connection_class(seconds: float) -> type[asyncio.Protocol]:
    """Return uvicorn's HTTP connection, which waits so many seconds for the head of a request.

    uvicorn itself waits without end for the first one, and for the rest of any that has begun.
    """

    class Connection(H11Protocol):
        """Closes itself where a head takes too long."""

        _head_due: asyncio.TimerHandle | None = None
        _heard: object = None  # the request whose head came last

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._wait_for_head()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            cycle: RequestResponseCycle | None = self.cycle  # none before the first head
            if cycle is not self._heard:
                self._heard = cycle
                self._stop_waiting()
            elif cycle is None or cycle.response_complete:
                self._wait_for_head()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_waiting()
            super().connection_lost(exc)

        def _wait_for_head(self) -> None:
            if self._head_due is None:
                self._head_due = self.loop.call_later(seconds, self.transport.close)

        def _stop_waiting(self) -> None:
            if self._head_due is not None:
                self._head_due.cancel()
                self._head_due = None

    return Connection
