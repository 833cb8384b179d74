"""Memory that was freed, given back to the system.

glibc keeps freed blocks for the next who asks, each thread in an arena of its own, and trainings
have it keep large ones too (`tinyclf.nn.backend`): of what a refit of 100,000 photos took, 80 MB
would stay, and of a window's dozen threads another 60. To give it back takes 2 ms.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

ARENAS = 2
_M_ARENA_MAX = -8
"""Of glibc's malloc.h."""


def share_arenas() -> None:
    """Have all threads take memory from a few arenas; for a program of many threads, at its start.

    Where there is no glibc, nothing happens.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library, such as musl
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Give the system back what is free; to be called after work that took much, on any thread.

    Where there is no glibc, nothing happens.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
