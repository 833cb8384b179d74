"""One input through layers whose weights are kept in half precision, widened in the registers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.activate import activate
from tinyclf.nn.kernels.compiled.jit import jit

LACKING = 112
"""The exponents of float32 start at −127, those of float16 at −15: products come out too small by
two to this power."""

HIGH = 100
"""Inputs are multiplied by a power of two that lifts the sum of their sizes to 2¹⁰⁰, so that no
product vanishes, nor a sum of them overflows, whatever their size."""

MOST = 200
"""The largest such power: that of the tiniest inputs of float32 need not be larger."""


@jit
def half_chain(
    weights: Array, scales: Array, biases: Array, widths: Array, activations: Array, x: Array
) -> Array:
    """Return the outputs; see :mod:`tinyclf.nn.kernels.half_chain`."""
    number = x.dtype.type
    from_, to = np.empty(widths.max(), x.dtype), np.empty(widths.max(), x.dtype)
    from_[: x.size] = x
    start = first = 0
    for layer in range(len(activations)):
        inputs, outputs = widths[layer], widths[layer + 1]
        v, y = from_[:inputs], to[:outputs]
        power = _lift(v)
        back = math.ldexp(1.0, LACKING - power)
        for i in range(outputs):
            total = _product(weights[start : start + inputs], v)
            # In float64, where neither factor overflows or vanishes alone.
            y[i] = number(total * (back * scales[first + i]) + biases[first + i])
            start += inputs
        activate(y, activations[layer])
        from_, to, first = to, from_, first + outputs
    return from_[: widths[-1]].copy()


@jit
def _lift(v: Array) -> int:
    """Multiply v by a power of two, and return which: its exponent."""
    number = v.dtype.type
    total = 0.0  # SIMD adds faster than it compares, and in float64 no sum of float32 overflows
    for j in range(v.size):
        total += abs(v[j])
    power = 0
    if 0 < total < math.inf:
        power = min(HIGH - math.frexp(total)[1], MOST)
    factor = math.ldexp(1.0, power)
    for j in range(v.size):
        v[j] = number(v[j] * factor)
    return power


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
