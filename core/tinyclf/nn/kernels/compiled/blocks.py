"""Room to work in for loops that go over a block of images at a time."""

from __future__ import annotations

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit

BLOCK = 128
"""Images at a time: what is held of them stays in the processor's nearest cache."""

ROOM = BLOCK + 16
"""What to allocate for them, so that they can begin with a cache line."""


@jit
def skip_to_line(room: Array) -> int:
    """Return how many numbers of each row (…, ROOM) to skip, so that all begin with a cache line.

    The widest registers load and store a line of 64 bytes at once; where the numbers lie across two
    lines, the same loops take up to twice as long.
    """
    return int(-room.ctypes.data % 64 // room.itemsize)
