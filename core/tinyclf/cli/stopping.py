"""Ctrl+C that cannot get lost.

Python raises ``KeyboardInterrupt`` wherever the program happens to be; inside a finalizer or a
callback from C it is printed and forgotten. So the wish is also remembered, and jobs ask for it
between their reports.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType

_wished = threading.Event()


def listen() -> None:
    """Hear Ctrl+C from now on; in the main thread only."""
    signal.signal(signal.SIGINT, _hear)


def heed() -> None:
    """Stop here if that was wished."""
    if _wished.is_set():
        raise KeyboardInterrupt


def ignore() -> None:
    """Let Ctrl+C pass: it is too late to stop, all is said and done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _hear(_number: int, _frame: FrameType | None) -> None:
    _wished.set()
    raise KeyboardInterrupt
