"""A product with weights in half precision, widened a few at a time."""

from __future__ import annotations

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit

BLOCK = 512
"""Weights widened at a time: they stay in the nearest cache until they are used."""

REBASE = 2.0**112
"""The exponents of float32 start at −127, those of float16 at −15."""


@jit
def half_product(W: Array, b: Array, x: Array, y: Array) -> None:
    """Make y; see :mod:`tinyclf.nn.kernels.half_product`.

    A float16's exponent and fraction, moved 13 bits up, are those of a float32 that is 2¹¹² times
    too small, subnormal ones included. Weights are finite, so no other case needs care.
    """
    bits = np.empty(BLOCK, np.uint32)
    wide = bits.view(np.float32)
    for i in range(y.size):
        row, total = W[i], np.float32(0)
        for start in range(0, x.size, BLOCK):
            count = min(BLOCK, x.size - start)
            part, v = row[start : start + count], x[start : start + count]
            for j in range(count):
                half = np.uint32(part[j])
                bits[j] = ((half & np.uint32(0x8000)) << np.uint32(16)) | (
                    (half & np.uint32(0x7FFF)) << np.uint32(13)
                )
            for j in range(count):
                total += wide[j] * np.float32(v[j])
        y[i] = total * np.float32(REBASE) + b[i]
