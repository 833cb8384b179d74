"""One input through layers whose weights are a byte each, widened in the registers."""

from __future__ import annotations

from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.activate import activate
from tinyclf.nn.kernels.compiled.jit import jit


@jit
def int8_chain(
    weights: Array, scales: Array, biases: Array, widths: Array, activations: Array, x: Array
) -> Array:
    """Return the outputs; see :mod:`tinyclf.nn.kernels.int8_chain`."""
    from_, to = np.empty(widths.max(), x.dtype), np.empty(widths.max(), x.dtype)
    from_[: x.size] = x
    start = first = 0
    for layer in range(len(activations)):
        inputs, outputs = widths[layer], widths[layer + 1]
        v, y = from_[:inputs], to[:outputs]
        for i in range(outputs):
            total = _product(weights[start : start + inputs], v)
            y[i] = total * scales[first + i] + biases[first + i]
            start += inputs
        activate(y, activations[layer])
        from_, to, first = to, from_, first + outputs
    return from_[: widths[-1]].copy()


@jit
def _product(row: Array, v: Array) -> Any:
    number = v.dtype.type
    total = number(0)
    for j in range(v.size):
        total += number(row[j]) * v[j]
    return total
