"""One input through a row of fully connected layers, without a return to the interpreter."""

from __future__ import annotations

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit
from tinyclf.nn.kernels.compiled.tanh import tanh
from tinyclf.nn.kernels.dense_chain import RELU, TANH


@jit
def dense_chain(weights: Array, widths: Array, activations: Array, x: Array) -> Array:
    """Return the outputs; see :mod:`tinyclf.nn.kernels.dense_chain`."""
    zero = weights.dtype.type(0)
    from_, to = np.empty(widths.max(), x.dtype), np.empty(widths.max(), x.dtype)
    from_[: x.size] = x
    start = 0
    for layer in range(activations.size):
        inputs, outputs = widths[layer], widths[layer + 1]
        y = to[:outputs]
        v = from_[:inputs]
        for i in range(outputs):
            row = weights[start : start + inputs]
            total = zero
            for j in range(inputs):
                total += row[j] * v[j]
            y[i] = total + weights[start + inputs]
            start += inputs + 1
        if activations[layer] == RELU:
            for i in range(outputs):
                y[i] = zero if y[i] < zero else y[i]
        elif activations[layer] == TANH:
            tanh(y)
        from_, to = to, from_
    return from_[: widths[-1]].copy()
