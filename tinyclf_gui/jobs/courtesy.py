"""Keeps the window smooth while a job works in the background.

Measured on 2 cores with Python 3.11: with the first three courtesies the event loop is late by
3.5 ms (99th percentile) while training, without them by 28 to 52 ms. The fourth, to read photos on
one thread fewer meanwhile, is for a folder read while training: then threads that compute on all
cores keep the one waiting that holds Python's lock (18 ms with all four, 20 without).
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import inf

from threadpoolctl import (  # type: ignore[import-untyped]
    OpenBLASController,
    threadpool_limits,
)

from tinyclf.data.ahead import core_taken

NICENESS = 15
SWITCH_SECONDS = 0.0005
"""How long the worker may hold the interpreter while the window waits for it."""


@contextmanager
def working_quietly(threads: int | None = 1) -> Iterator[None]:
    """Make way for the GUI thread; to be entered in the worker's thread.

    The thread keeps its low priority for the rest of its life; the interval at which Python
    switches threads and the number of BLAS threads are put back once nobody needs them.

    Args:
        threads: How many BLAS may use; None for as many as it likes. Of several that work at once
            the one that may use most says how many: a small job slows no training down.
    """
    with reading_quietly(), core_taken():
        _LIMITS.enter(threads)
        try:
            yield
        finally:
            _LIMITS.leave(threads)


@contextmanager
def reading_quietly() -> Iterator[None]:
    """Make way for the GUI thread, as above, where nothing is computed."""
    lower_priority()
    _TURNS.shorten()
    try:
        yield
    finally:
        _TURNS.restore()


@contextmanager
def unhindered() -> Iterator[None]:
    """Change nothing: for a thread that only waits for processes, which inherit its priority."""
    yield


class _Turns:
    """Short turns of Python's threads as long as anyone needs them, whoever came first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._guests = 0
        self._usual = 0.0

    def shorten(self) -> None:
        with self._lock:
            if self._guests == 0:
                self._usual = sys.getswitchinterval()
                sys.setswitchinterval(SWITCH_SECONDS)
            self._guests += 1

    def restore(self) -> None:
        with self._lock:
            self._guests -= 1
            if self._guests == 0:
                sys.setswitchinterval(self._usual)


_TURNS = _Turns()


class _Limits:
    """As few threads of BLAS as those at work may use; most kinds of it know one limit for all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._guests: list[float] = []
        self._limit: threadpool_limits | None = None

    def enter(self, threads: int | None) -> None:
        with self._lock:
            before = max(self._guests, default=0)
            self._guests.append(inf if threads is None else threads)
            if max(self._guests) != before:
                self._set()
            elif before < inf:  # where BLAS knows a limit for each thread, this one has none yet
                _limited(int(before))

    def leave(self, threads: int | None) -> None:
        with self._lock:
            before = max(self._guests)
            self._guests.remove(inf if threads is None else threads)
            if max(self._guests, default=0) != before:
                self._set()

    def _set(self) -> None:
        """Put back what was, then limit it to what holds now."""
        most = max(self._guests, default=0)
        if self._limit is not None:
            _let_any_thread_limit()
            self._limit.restore_original_limits()
        self._limit = _limited(int(most)) if 0 < most < inf else None
        _let_any_thread_limit()


def _limited(threads: int) -> threadpool_limits:
    _let_any_thread_limit()
    return threadpool_limits(limits=threads, user_api="blas")


def _let_any_thread_limit() -> None:
    """Let go of the limit: from threadpoolctl 3.8 on it is the thread's that set it first."""
    let_go = getattr(OpenBLASController, "clear_controlling_thread", None)
    if let_go is not None:
        let_go(force=True)


_LIMITS = _Limits()


def lower_priority() -> None:
    """Let the calling thread make way for the window; where that is not possible, go on."""
    if sys.platform == "linux":  # elsewhere a priority belongs to the whole process
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
