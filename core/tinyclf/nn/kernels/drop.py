"""Numbers dropped at random, the others scaled up."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.kernel import COMPILED, CUDA, Kernel


def _drop(xp: Any, x: Array, noise: Array, least: int, scale: float, y: Array) -> None:
    """Make y ← scale · x where the noise is at least so much, else 0.

    Args:
        xp: The array module.
        x: Any shape, C order.
        noise: Random numbers from 0 to 65,535, uint16, the shape of x, C order.
        least: The noise below which a number is dropped, 0 to 65,536.
        scale: The factor of those kept.
        y: Receives the numbers, the shape of x, C order.
    """
    xp.multiply(x, x.dtype.type(scale), out=y)
    y *= noise >= least


drop = Kernel("drop", _drop, frozenset({COMPILED, CUDA}))
