"""What every request passes first: whose it is, whether there is room, and its body in time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tinyclf.server.answers import refused
from tinyclf.server.limits import Limits
from tinyclf.server.refusal import RefusedError

DRAINED = 4
"""Bodies of the largest size that are read past and dropped, so that the refusal arrives."""
DRAIN_S = 2.0

log = logging.getLogger("tinyclf.server")


class Gone(Exception):  # noqa: N818 - no error: who asked went away
    """The connection ended before the request did."""


class Gate:
    """ASGI middleware that lets whole requests through, within limits, and always answers.

    Args:
        app: What answers them.
        limits: How much there may be.
        hosts: Names by which the server may be called; ``None`` for any. On a loopback address it
            keeps a page of another site from asking under a name that it had pointed here.
    """

    def __init__(self, app: ASGIApp, limits: Limits, hosts: Collection[str] | None = None) -> None:
        self._app = app
        self._limits = limits
        self._hosts = hosts
        self._requests = 0
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send)
        try:
            await self._pass(scope, receive, answer)
        except Gone:
            return
        except RefusedError as refusal:
            await answer.refuse(refusal, scope, receive)
        except Exception as error:
            log.exception("a fault of the program at %s %s", scope["method"], ascii(scope["path"]))
            fault = RefusedError(500, f"A fault of the program: {type(error).__name__}.")
            await answer.refuse(fault, scope, receive)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._counted():
            body = bytearray()
            try:
                await self._read_or_drain(scope, _Parts(receive), body)
                await self._answer(scope, _Replay(bytes(body)), send)
            finally:
                self._held -= len(body)

    async def _read_or_drain(self, scope: Scope, parts: _Parts, body: bytearray) -> None:
        """Read a whole body, or refuse the request once the rest of it was read past."""
        try:
            self._require_room()
            self._require_host(scope)
            self._require_length(scope)
            await self._read(parts, body)
        except RefusedError as refusal:
            if refusal.status != 408:
                await self._drain(parts)
            raise

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(self._limits.seconds):
                await self._app(scope, receive, send)
        except TimeoutError as error:
            words = f"No answer within {self._limits.seconds:g} s: ask for less, or come again."
            raise RefusedError(503, words) from error

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._requests += 1
        try:
            yield
        finally:
            self._requests -= 1

    def _require_room(self) -> None:
        if self._requests > self._limits.requests:
            raise RefusedError(503, "Too many requests at once: come again in a second.")

    def _require_host(self, scope: Scope) -> None:
        host = _header(scope, b"host")
        if self._hosts is not None and _bare(host) not in self._hosts:
            raise RefusedError(
                400, "The header Host names another server: call this one by its own."
            )

    def _require_length(self, scope: Scope) -> None:
        length = _header(scope, b"content-length")
        if length.isdecimal() and int(length[:20]) > self._limits.body_bytes:
            raise self._too_large()

    async def _read(self, parts: _Parts, body: bytearray) -> None:
        """Read a body, counting what is held for all requests together."""
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                while parts.more:
                    part = await parts.next()
                    if len(body) + len(part) > self._limits.body_bytes:
                        raise self._too_large()
                    if self._held + len(part) > self._limits.held_bytes:
                        raise RefusedError(503, "Too much is being asked at once: come again soon.")
                    body += part
                    self._held += len(part)
        except TimeoutError as error:
            words = f"The body did not arrive within {self._limits.body_seconds:g} s: send faster."
            raise RefusedError(408, words) from error

    async def _drain(self, parts: _Parts) -> None:
        """Read past the rest of a body: whoever still sends would not see the answer."""
        with suppress(TimeoutError, Gone):
            async with asyncio.timeout(DRAIN_S):
                count = 0
                while parts.more and count < DRAINED * self._limits.body_bytes:
                    count += len(await parts.next())

    def _too_large(self) -> RefusedError:
        most = self._limits.body_bytes
        return RefusedError(413, f"The body has more than {most:,} bytes: send less at once.")


class _Answer:
    """Sends an answer on, and knows whether it has begun: then no other can be given."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._has_begun = False

    async def __call__(self, message: Message) -> None:
        self._has_begun = True
        await self._send(message)

    async def refuse(self, refusal: RefusedError, scope: Scope, receive: Receive) -> None:
        if not self._has_begun:
            response = refused(refusal)
            response.headers["Connection"] = "close"
            await response(scope, receive, self._send)


class _Parts:
    """A body as it comes, part by part; whether there is more of it."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.more = True

    async def next(self) -> bytes:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise Gone
        self.more = message.get("more_body", False)
        part: bytes = message.get("body", b"")
        return part


class _Replay:
    """Gives a body that was read already, once."""

    def __init__(self, body: bytes) -> None:
        self._messages: list[dict[str, Any]] = [
            {"type": "http.request", "body": body, "more_body": False}
        ]

    async def __call__(self) -> Message:
        return self._messages.pop() if self._messages else {"type": "http.disconnect"}


def _header(scope: Scope, name: bytes) -> str:
    found = [value for key, value in scope["headers"] if key == name]
    return found[0].decode("latin-1") if found else ""


def _bare(host: str) -> str:
    """Return a header Host without its port."""
    if host.startswith("["):
        return host.partition("]")[0][1:].lower()
    return host.partition(":")[0].lower()
