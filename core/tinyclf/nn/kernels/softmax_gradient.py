"""Softmax and cross-entropy in one: the loss, and its slope by the scores."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.kernel import COMPILED, CUDA, Kernel


def _softmax_gradient(xp: Any, scores: Array, T: Array, ds: Array) -> Any:
    """Return −Σ T log p / n for p = softmax(scores), and make ds its slope.

    The largest score of a row is taken off first: no exponential overflows.

    Args:
        xp: The array module.
        scores: (n, k), n ≥ 1.
        T: The weight of each class in each row (n, k), not negative.
        ds: Receives ∂loss/∂scores (n, k) = (p Σₖ T − T) / n.
    """
    n = len(scores)
    shifted = scores - scores.max(axis=1, keepdims=True)
    xp.exp(shifted, out=ds)
    sums = ds.sum(axis=1, keepdims=True)
    rows = T.sum(axis=1, keepdims=True)
    # −Σ T log p = Σ T (log Σ exp − shifted)
    value = (rows * xp.log(sums)).sum() - (T * shifted).sum()
    ds *= rows / sums
    ds -= T
    ds /= n
    return value / n


softmax_gradient = Kernel("softmax_gradient", _softmax_gradient, frozenset({COMPILED, CUDA}))
