"""A batch picked and scaled in one pass."""

from __future__ import annotations

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit


@jit
def gather_rows(source: Array, rows: Array, scale: float, out: Array) -> None:
    """Make out; see :mod:`tinyclf.nn.kernels.gather_rows`."""
    number = out.dtype.type
    factor = number(scale)
    for i in range(rows.size):
        row, into = source[rows[i]], out[i]
        for j in range(row.size):
            into[j] = number(row[j]) * factor
