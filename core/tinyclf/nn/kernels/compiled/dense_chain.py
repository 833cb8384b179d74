"""One input through a row of fully connected layers, without a return to the interpreter."""

from __future__ import annotations

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.activate import activate
from tinyclf.nn.kernels.compiled.jit import jit


@jit
def dense_chain(
    weights: Array, widths: Array, activations: Array, by_outputs_from: int, x: Array
) -> Array:
    """Return the outputs; see :mod:`tinyclf.nn.kernels.dense_chain`."""
    from_, to = np.empty(widths.max(), x.dtype), np.empty(widths.max(), x.dtype)
    from_[: x.size] = x
    start = 0
    for layer in range(len(activations)):
        inputs, outputs = widths[layer], widths[layer + 1]
        stop = start + (inputs + 1) * outputs
        v, y = from_[:inputs], to[:outputs]
        if inputs >= by_outputs_from:
            _by_outputs(weights[start:stop].reshape(outputs, inputs + 1), v, y)
        else:
            _by_inputs(weights[start:stop].reshape(inputs + 1, outputs), v, y)
        activate(y, activations[layer])
        from_, to, start = to, from_, stop
    return from_[: widths[-1]].copy()


@jit
def _by_outputs(W: Array, v: Array, y: Array) -> None:
    """Make y ← W [v 1] for W (outputs, inputs + 1)."""
    zero = v.dtype.type(0)
    for i in range(y.size):
        row, total = W[i], zero
        for j in range(v.size):
            total += row[j] * v[j]
        y[i] = total + row[v.size]


@jit
def _by_inputs(W: Array, v: Array, y: Array) -> None:
    """Make y ← [v 1] W for W (inputs + 1, outputs), four rows at a time."""
    y[:] = W[v.size]
    whole = v.size // 4 * 4
    for j in range(0, whole, 4):
        a, b, c, d = v[j], v[j + 1], v[j + 2], v[j + 3]
        A, B, C, D = W[j], W[j + 1], W[j + 2], W[j + 3]
        for i in range(y.size):
            y[i] += (a * A[i] + b * B[i]) + (c * C[i] + d * D[i])
    for j in range(whole, v.size):
        a, A = v[j], W[j]
        for i in range(y.size):
            y[i] += a * A[i]
