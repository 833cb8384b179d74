"""Numbers dropped at random, in one pass."""

from __future__ import annotations

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit


@jit
def drop(x: Array, noise: Array, least: int, scale: float, y: Array) -> None:
    """Make y; see :mod:`tinyclf.nn.kernels.drop`."""
    number = x.dtype.type
    factor, zero = number(scale), number(0)
    from_, random, to = x.reshape(-1), noise.reshape(-1), y.reshape(-1)
    for i in range(to.size):
        to[i] = from_[i] * factor if random[i] >= least else zero
