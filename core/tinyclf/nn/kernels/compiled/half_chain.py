"""One input through layers whose weights are kept in half precision, widened a few at a time."""

from __future__ import annotations

from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.activate import activate
from tinyclf.nn.kernels.compiled.jit import jit

BLOCK = 512
"""Weights widened at a time: they stay in the nearest cache until they are used."""

REBASE = 2.0**112
"""The exponents of float32 start at −127, those of float16 at −15."""


@jit
def half_chain(weights: Array, biases: Array, widths: Array, activations: Array, x: Array) -> Array:
    """Return the outputs; see :mod:`tinyclf.nn.kernels.half_chain`."""
    from_, to = np.empty(widths.max(), x.dtype), np.empty(widths.max(), x.dtype)
    from_[: x.size] = x
    bits = np.empty(BLOCK, np.uint32)
    start = first = 0
    for layer in range(activations.size):
        inputs, outputs = widths[layer], widths[layer + 1]
        v, y = from_[:inputs], to[:outputs]
        for i in range(outputs):
            y[i] = _product(weights[start : start + inputs], v, bits) + biases[first + i]
            start += inputs
        activate(y, activations[layer])
        from_, to, first = to, from_, first + outputs
    return from_[: widths[-1]].copy()


@jit
def _product(row: Array, v: Array, bits: Array) -> Any:
    """Return the sum of row · v.

    A float16's exponent and fraction, moved 13 bits up, are those of a float32 that is 2¹¹² times
    too small, subnormal ones included.
    """
    wide, number = bits.view(np.float32), v.dtype.type
    total = number(0)
    for start in range(0, v.size, BLOCK):
        part, factors = row[start : start + BLOCK], v[start : start + BLOCK]
        for j in range(part.size):
            half = np.uint32(part[j])
            sign, rest = half & np.uint32(0x8000), half & np.uint32(0x7FFF)
            bits[j] = (sign << np.uint32(16)) | (rest << np.uint32(13))
        for j in range(part.size):
            total += number(wide[j]) * factors[j]
    return total * number(REBASE)
