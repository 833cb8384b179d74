"""One input through layers whose weights are kept in half precision, widened in the registers."""

from __future__ import annotations

from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.activate import activate
from tinyclf.nn.kernels.compiled.jit import jit

BEFORE, AFTER = 2.0**96, 2.0**16
"""The exponents of float32 start at −127, those of float16 at −15: what that makes too small comes
back in two parts. Inputs take most of it before, so that no product vanishes; but not all, so that
inputs up to 2³² do not overflow."""


@jit
def half_chain(weights: Array, biases: Array, widths: Array, activations: Array, x: Array) -> Array:
    """Return the outputs; see :mod:`tinyclf.nn.kernels.half_chain`."""
    number = x.dtype.type
    before, after = number(BEFORE), number(AFTER)
    from_, to = np.empty(widths.max(), x.dtype), np.empty(widths.max(), x.dtype)
    from_[: x.size] = x
    start = first = 0
    for layer in range(activations.size):
        inputs, outputs = widths[layer], widths[layer + 1]
        v, y = from_[:inputs], to[:outputs]
        for j in range(inputs):
            v[j] *= before
        for i in range(outputs):
            total = _product(weights[start : start + inputs], v)
            y[i] = total * after + biases[first + i]
            start += inputs
        activate(y, activations[layer])
        from_, to, first = to, from_, first + outputs
    return from_[: widths[-1]].copy()


@jit
def _product(row: Array, v: Array) -> Any:
    """Return the sum of row · v, 2¹¹² times too small.

    A float16's exponent and fraction, moved 13 bits up, are those of a float32 that is 2¹¹² times
    too small, subnormal ones included.
    """
    number = v.dtype.type
    total = number(0)
    for j in range(v.size):
        half = np.uint32(row[j])
        sign, rest = half & np.uint32(0x8000), half & np.uint32(0x7FFF)
        bits = np.uint32((sign << np.uint32(16)) | (rest << np.uint32(13)))
        total += number(bits.view(np.float32)) * v[j]
    return total
