"""A sum in one pass."""

from __future__ import annotations

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit


@jit
def add_up(numbers: Array) -> float:
    """Return the sum; see :mod:`tinyclf.nn.kernels.add_up`."""
    total = numbers.dtype.type(0)
    for i in range(numbers.size):
        total += numbers[i]
    return float(total)
