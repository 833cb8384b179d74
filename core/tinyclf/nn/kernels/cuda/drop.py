"""Numbers dropped at random, the others scaled up, in one launch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tinyclf.nn.arrays import Array


def build(cupy: Any) -> Callable[..., None]:
    """Return the function; see :mod:`tinyclf.nn.kernels.drop`."""
    keep = cupy.ElementwiseKernel(
        "T x, uint16 noise, int32 least, float64 scale",
        "T y",
        "y = noise >= least ? x * T(scale) : T(0);",
        "drop",
    )

    def drop(x: Array, noise: Array, least: int, scale: float, y: Array) -> None:
        keep(x, noise, least, scale, y)

    return drop
