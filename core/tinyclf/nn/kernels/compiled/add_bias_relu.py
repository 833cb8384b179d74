"""Bias and rectifier in one pass."""

from __future__ import annotations

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit


@jit
def add_bias_relu(y: Array, b: Array) -> None:
    """Make y ← max(y + b, 0); see :mod:`tinyclf.nn.kernels.add_bias_relu`."""
    zero = y.dtype.type(0)
    for i in range(y.shape[0]):
        row = y[i]
        for j in range(b.size):
            sum_ = row[j] + b[j]
            # Not max(): NaN must stay NaN.
            row[j] = zero if sum_ < zero else sum_
