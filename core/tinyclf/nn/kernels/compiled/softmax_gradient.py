"""Softmax and cross-entropy, row by row."""

from __future__ import annotations

import math

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit


@jit
def softmax_gradient(scores: Array, T: Array, ds: Array) -> float:
    """Return the loss and make ds; see :mod:`tinyclf.nn.kernels.softmax_gradient`."""
    n, k = scores.shape
    number = scores.dtype.type
    share = number(1.0 / n)
    value = 0.0
    for i in range(n):
        s, t, d = scores[i], T[i], ds[i]
        largest = s[0]
        for j in range(1, k):
            largest = largest if s[j] <= largest else s[j]
        total, weight, inner = number(0), number(0), number(0)
        # NaN among the scores may not be the largest, but makes the total NaN in any case.
        for j in range(k):
            shifted = s[j] - largest
            d[j] = math.exp(shifted)
            total += d[j]
            weight += t[j]
            inner += t[j] * shifted
        value += weight * math.log(total) - inner
        scale = weight * share / total
        for j in range(k):
            d[j] = d[j] * scale - t[j] * share
    return float(value / n)
