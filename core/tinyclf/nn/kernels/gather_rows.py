"""A batch picked from all examples, and brought to the precision of the arithmetic."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.kernel import COMPILED, CUDA, Kernel


def _gather_rows(xp: Any, source: Array, rows: Array, scale: float, out: Array) -> None:
    """Make out ← source[rows] · scale.

    Bytes so stay bytes until they are needed: pictures take a quarter of the memory.

    Args:
        xp: The array module.
        source: Examples (n, d), integers or floats, C order.
        rows: Which of them (m,), int64, each from 0 to n − 1: not checked here.
        scale: A factor on every number.
        out: Receives them (m, d), floats, C order.
    """
    xp.multiply(source[rows], out.dtype.type(scale), out=out)


gather_rows = Kernel("gather_rows", _gather_rows, frozenset({COMPILED, CUDA}))
