"""Ctrl+C that neither gets lost nor breaks anything.

Python raises ``KeyboardInterrupt`` wherever the program happens to be: inside a finalizer or a
callback from C it is printed and forgotten, inside a lock of the library it leaves the lock torn.
So while a job runs the wish is remembered, and heeded between two reports of it; who presses
Ctrl+C a second time is not kept waiting.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

_wished = threading.Event()
_at_reports = threading.Event()


def listen() -> None:
    """Hear Ctrl+C from now on; in the main thread only."""
    signal.signal(signal.SIGINT, _hear)


@contextmanager
def at_reports() -> Generator[None, None, None]:
    """Stop only where :func:`heed` is asked, or at a second Ctrl+C."""
    _at_reports.set()
    try:
        yield
    finally:
        _at_reports.clear()


def heed() -> None:
    """Stop here if that was wished."""
    if _wished.is_set():
        raise KeyboardInterrupt


def wished() -> bool:
    """Return whether Ctrl+C was pressed."""
    return _wished.is_set()


def ignore() -> None:
    """Let Ctrl+C pass: it is too late to stop, all is said and done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _hear(_number: int, _frame: FrameType | None) -> None:
    again = _wished.is_set()
    _wished.set()
    if again or not _at_reports.is_set():
        raise KeyboardInterrupt
