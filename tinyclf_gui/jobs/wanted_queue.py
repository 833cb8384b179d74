"""Serves what is wanted now, most wanted first, on quiet threads of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from tinyclf_gui.jobs.courtesy import lower_priority

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class WantedQueue(Generic[K, V]):
    """Threads that work off a list of keys, which may be replaced at any time.

    What is no longer wanted when a thread gets to it is not done at all.
    """

    def __init__(
        self,
        make: Callable[[K], V],
        deliver: Callable[[K, V], None],
        *,
        threads: int,
        name: str,
    ) -> None:
        """Start waiting for keys.

        Args:
            make: Called with each key in one of the threads; it must not raise.
            deliver: Called there with what was made; the key may be wanted again from then on.
            threads: How many; one or two leave the machine usable.
            name: Of the threads, for debuggers.
        """
        self._make = make
        self._deliver = deliver
        self._waiting: dict[K, None] = {}
        self._busy: set[K] = set()
        self._stopped = False
        self._changed = threading.Condition()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def want(self, keys: Iterable[K]) -> None:
        """Replace what is wanted, most wanted first; keys in work are not begun again."""
        with self._changed:
            self._waiting = {key: None for key in keys if key not in self._busy}
            self._changed.notify_all()

    def stop(self) -> None:
        """Drop what is wanted and wait for what is in work; may be called twice."""
        with self._changed:
            self._stopped = True
            self._waiting = {}
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        lower_priority()
        while (key := self._next()) is not None:
            made = self._make(key)
            with self._changed:
                self._busy.discard(key)
            self._deliver(key, made)

    def _next(self) -> K | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._stopped)
            if self._stopped:
                return None
            key = next(iter(self._waiting))
            del self._waiting[key]
            self._busy.add(key)
            return key
