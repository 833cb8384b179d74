"""The ordinal loss: one score on a scale that ordered thresholds cut into grades."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array, Shape, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.formulas import sigmoid, softplus
from tinyclf.nn.losses.targets import (
    ClassWeights,
    check_rows,
    counts,
    settle_classes,
    weighted_rows,
)

SMALLEST_GAP = 1e-3
"""Two thresholds never come closer: no grade's probability becomes zero."""


@dataclass(frozen=True)
class CumulativeLink:
    """P(class ≤ j) = σ(θⱼ − s): the proportional odds model (McCullagh 1980).

    The network gives one score s a row; k − 1 trained thresholds θ₁ < θ₂ < … cut its scale into k
    classes. What it knows of one grade so helps with its neighbours, which is why it beats softmax
    from few labels.

    With a = θⱼ − s and b = θⱼ₋₁ − s, the probability of class j between them is

        σ(a) − σ(b) = σ(a) · σ(−b) · (1 − exp(b − a)),

    a product: its logarithm is a sum in which nothing cancels or overflows for any score, and
    a − b is the gap between the thresholds, whatever the score.

    Parameters: ``first`` (1,) is θ₁; ``steps`` (k − 2,) make the gaps to the next ones,
    softplus(step) + 0.001, so that the thresholds stay in order whatever an optimizer does.

    Attributes:
        classes: k, at least 2, worst first.
        class_weights: A factor on the loss of each class, or None.
    """

    classes: int
    class_weights: ClassWeights = None

    def __post_init__(self) -> None:
        settle_classes(self)

    def __str__(self) -> str:
        return "cumulative link"

    @property
    def n_outputs(self) -> int:
        """One score, whatever the number of classes."""
        return 1

    def shapes(self) -> dict[str, Shape]:
        """Return the shapes of ``first`` and ``steps``."""
        return {"first": (1,), "steps": (self.classes - 2,)}

    def initialize(self, parameters: Views, targets: Array) -> None:
        """Set the thresholds so that score 0 predicts the (weighted) class frequencies.

        Half an example is added to each class: one that never occurs gets a narrow place between
        its neighbours, not none.
        """
        seen = counts(targets, self.class_weights, self.classes) + 0.5
        below = seen.cumsum()[:-1]
        thresholds = np.log(below) - np.log(seen.sum() - below)
        gaps = np.maximum(np.diff(thresholds), 2 * SMALLEST_GAP)
        parameters["first"][:] = thresholds[:1]
        parameters["steps"][:] = np.log(np.expm1(gaps - SMALLEST_GAP))

    def value_and_gradient(
        self, parameters: Views, scores: Array, targets: Array, gradient: Views, *, backend: Backend
    ) -> tuple[Any, Array]:
        """Return the mean loss and ∂loss/∂scores (n, 1); see :class:`~.loss.Loss`."""
        xp, n = backend.xp, len(scores)
        check_rows(scores, targets, self.n_outputs)
        T = weighted_rows(targets, self.class_weights, self.classes, scores.dtype, backend=backend)
        θ, gaps = _thresholds_and_gaps(parameters, backend)
        M = θ - scores
        value = -(T * _log_probabilities(xp, M, gaps)).sum() / n

        # M[:, j] bounds class j from above (log σ(M)) and class j + 1 from below (log σ(−M)).
        dM = (T[:, 1:] * sigmoid(xp, M) - T[:, :-1] * sigmoid(xp, -M)) / n
        dθ = dM.sum(axis=0)
        # A gap moves all thresholds above it, and makes room for the class within it:
        # log(1 − exp(−gap)) has the slope exp(−gap) / (1 − exp(−gap)).
        dgaps = dθ[::-1].cumsum()[::-1][1:]
        dgaps = dgaps + T[:, 1:-1].sum(axis=0) / n * xp.exp(-gaps) / xp.expm1(-gaps)
        gradient["first"][:] = dθ.sum()
        gradient["steps"][:] = dgaps * sigmoid(xp, parameters["steps"])
        return value, -dM.sum(axis=1, keepdims=True)

    def probabilities(self, parameters: Views, scores: Array, *, backend: Backend) -> Array:
        """Return the probability of each class (n, k); see :class:`~.loss.Loss`."""
        θ, gaps = _thresholds_and_gaps(parameters, backend)
        p: Array = backend.xp.exp(_log_probabilities(backend.xp, θ - scores, gaps))
        p /= p.sum(axis=1, keepdims=True)
        return p


def _thresholds_and_gaps(parameters: Views, backend: Backend) -> tuple[Array, Array]:
    xp = backend.xp
    gaps = softplus(xp, parameters["steps"]) + SMALLEST_GAP
    first = parameters["first"]
    return xp.concatenate([first, first + gaps.cumsum()]), gaps


def _log_probabilities(xp: Any, M: Array, gaps: Array) -> Array:
    """Return log p (n, k) from the margins M = θ − s (n, k − 1) and the gaps (k − 2,)."""
    log_p: Array = xp.zeros((len(M), M.shape[1] + 1), M.dtype)
    log_p[:, :-1] -= softplus(xp, -M)
    log_p[:, 1:] -= softplus(xp, M)
    log_p[:, 1:-1] += xp.log(-xp.expm1(-gaps))
    return log_p
