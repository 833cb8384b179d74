"""A product with weights of one byte each, unpacked in the registers."""

from __future__ import annotations

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit


@jit
def int8_product(W: Array, scale: Array, b: Array, x: Array, y: Array) -> None:
    """Make y; see :mod:`tinyclf.nn.kernels.int8_product`."""
    number = x.dtype.type
    for i in range(y.size):
        row, total = W[i], number(0)
        for j in range(x.size):
            total += number(row[j]) * x[j]
        y[i] = total * scale[i] + b[i]
