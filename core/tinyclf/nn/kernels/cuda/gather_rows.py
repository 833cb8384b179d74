"""A batch picked from all examples and scaled, in one launch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tinyclf.nn.arrays import Array

# CuPy counts the numbers of ``out`` with i.
GATHER = "out = T(source[rows[i / width] * width + i % width]) * T(scale);"


def build(cupy: Any) -> Callable[..., None]:
    """Return the function; see :mod:`tinyclf.nn.kernels.gather_rows`."""
    gather = cupy.ElementwiseKernel(
        "raw S source, raw int64 rows, float64 scale, int64 width", "T out", GATHER, "gather_rows"
    )

    def gather_rows(source: Array, rows: Array, scale: float, out: Array) -> None:
        gather(source, rows, scale, out[0].size if len(out) else 1, out)

    return gather_rows
