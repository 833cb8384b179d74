"""A batch picked and scaled in one pass."""

from __future__ import annotations

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit
from tinyclf.nn.kernels.compiled.prefetch import CACHE_LINE, prefetch

AHEAD = 3
"""Rows between the one that is copied and the one that is sent for."""


@jit
def gather_rows(source: Array, rows: Array, scale: float, out: Array) -> None:
    """Make out; see :mod:`tinyclf.nn.kernels.gather_rows`."""
    number = out.dtype.type
    factor = number(scale)
    line = CACHE_LINE // source.itemsize
    for i in range(rows.size):
        if i + AHEAD < rows.size:
            for j in range(0, source.shape[1], line):
                prefetch(source, rows[i + AHEAD], j)
        row, into = source[rows[i]], out[i]
        for j in range(row.size):
            into[j] = number(row[j]) * factor
