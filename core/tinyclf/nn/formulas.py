"""The curved functions of the trade, in the forms that neither overflow nor cancel.

``exp(1000)`` is infinite, so the textbook forms of these fail on confident scores. Each function
here is finite and accurate for every finite input, in either precision.
"""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array

LEAST_PROBABILITY = 1e-12
"""Where a probability's logarithm is asked for, it counts as at least this: log 0 is infinite."""

LEAST_TEMPERATURE, MOST_TEMPERATURE = 1e-3, 1e3
"""Of probabilities: what lies beyond makes them 0 and 1, or all alike, and soon NaN."""


def sigmoid(xp: Any, x: Array) -> Array:
    """Return 1 / (1 + exp(−x)), any shape, as ½ + ½ tanh(x / 2), which cannot overflow."""
    y: Array = xp.tanh(x * 0.5)
    y *= 0.5
    y += 0.5
    return y


def softplus(xp: Any, x: Array) -> Array:
    """Return log(1 + exp(x)), any shape: log σ(x) is −softplus(−x)."""
    y: Array = xp.logaddexp(x.dtype.type(0), x)
    return y


def log_softmax(xp: Any, scores: Array) -> Array:
    """Return log(exp(s) / Σ exp(s)) along the last axis, the largest score taken off first."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    shifted -= xp.log(xp.exp(shifted).sum(axis=-1, keepdims=True))
    log_probabilities: Array = shifted
    return log_probabilities


def softmax(xp: Any, scores: Array) -> Array:
    """Return exp(s) / Σ exp(s) along the last axis; the sums are 1 to the last bit or two."""
    p: Array = xp.exp(log_softmax(xp, scores))
    p /= p.sum(axis=-1, keepdims=True)
    return p
