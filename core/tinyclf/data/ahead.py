"""Working a few items ahead on threads, answering in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def map_ahead(
    function: Callable[[T], R], items: Iterable[T], workers: int
) -> Generator[R, None, None]:
    """Yield ``function(item)`` for each item in order, computed by ``workers`` threads.

    Closing it drops what has not begun and waits for the few that have, so nothing runs on.
    The threads begin at the priority of the thread that walks the generator (Linux).
    """
    pool = ThreadPoolExecutor(workers, thread_name_prefix="tinyclf-ahead")
    pending: deque[Future[R]] = deque()
    try:
        for item in items:
            pending.append(pool.submit(function, item))
            if len(pending) > 2 * workers:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
