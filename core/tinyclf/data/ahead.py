"""Working a few items ahead on threads, answering in order.

All walks of a process together use no more threads at a time than the machine has cores, less those
that something else computes on: threads that compute on every core keep the one waiting that holds
Python's lock, and with it the window.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def map_ahead(
    function: Callable[[T], R], items: Iterable[T], workers: int
) -> Generator[R, None, None]:
    """Yield ``function(item)`` for each item in order, computed by at most ``workers`` threads.

    Closing it drops what has not begun, be it waiting for a core, and waits for the few that have,
    so nothing runs on. The threads begin at the priority of the thread that walks the generator
    (Linux). Not to be nested: a function that walks another holds the core which that waits for.
    """
    stopped = threading.Event()

    def on_a_core(item: T) -> R:
        with _CORES.one(stopped) as there_is:
            if not there_is:
                raise CancelledError
            return function(item)

    pool = ThreadPoolExecutor(workers, thread_name_prefix="tinyclf-ahead")
    pending: deque[Future[R]] = deque()
    try:
        for item in items:
            pending.append(pool.submit(on_a_core, item))
            if len(pending) > 2 * workers:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        _CORES.stop(stopped)
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def core_taken() -> Iterator[None]:
    """Leave a core to something else that computes, as long as this is entered."""
    _CORES.leave_out(1)
    try:
        yield
    finally:
        _CORES.leave_out(-1)


class _Cores:
    """So many may compute at a time; whoever is one too many waits, but one always may."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._used = 0
        self._free = threading.Condition()

    @contextmanager
    def one(self, stopped: threading.Event) -> Iterator[bool]:
        """Wait for a core, and have it; tell whether there is one, not for who was stopped."""
        with self._free:
            self._free.wait_for(lambda: stopped.is_set() or self._used < max(1, self._count))
            there_is = not stopped.is_set()
            self._used += there_is
        try:
            yield there_is
        finally:
            with self._free:
                self._used -= there_is
                self._free.notify()

    def stop(self, stopped: threading.Event) -> None:
        """End the waiting of all who wait unless this is set, and set it."""
        with self._free:
            stopped.set()
            self._free.notify_all()

    def leave_out(self, cores: int) -> None:
        """Have so many fewer."""
        with self._free:
            self._count -= cores
            self._free.notify_all()


_CORES = _Cores(os.cpu_count() or 1)
