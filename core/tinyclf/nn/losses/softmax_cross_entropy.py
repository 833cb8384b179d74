"""Softmax and cross-entropy in one: for classes without an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.formulas import softmax
from tinyclf.nn.kernels.softmax_gradient import softmax_gradient
from tinyclf.nn.losses.parameterless import Parameterless
from tinyclf.nn.losses.targets import (
    ClassWeights,
    check_rows,
    settle_classes,
    smoothed_rows,
    weighted_rows,
)
from tinyclf.nn.ranges import require_share, settle


@dataclass(frozen=True)
class SoftmaxCrossEntropy(Parameterless):
    """p = exp(s) / Σ exp(s), and the loss is −log p of the right class, averaged over the rows.

    Labels are smoothed first and weighted then, as PyTorch does: what smoothing gives to a class
    counts by that class's weight. The mean is over the rows, not over their weights (PyTorch's for
    rows of shares; for classes it divides by the sum of the weights).

    Attributes:
        classes: k, at least 2; as many scores a row are wanted.
        class_weights: A factor on the loss of each class, or None.
        label_smoothing: s, at least 0 and less than 1: targets T become (1 − s) T + s / k, against
            scores that never stop growing (Szegedy et al. 2016).
    """

    classes: int
    class_weights: ClassWeights = None
    label_smoothing: float = 0.0

    def __post_init__(self) -> None:
        settle_classes(self)
        smoothing = require_share("The label smoothing", self.label_smoothing)
        settle(self, label_smoothing=smoothing)

    def __str__(self) -> str:
        return "softmax cross-entropy"

    @property
    def n_outputs(self) -> int:
        """One score for each class."""
        return self.classes

    def value_and_gradient(
        self, parameters: Views, scores: Array, targets: Array, gradient: Views, *, backend: Backend
    ) -> tuple[Any, Array]:
        """Return the mean loss and ∂loss/∂scores (n, k); see :class:`~.loss.Loss`."""
        check_rows(scores, targets, self.n_outputs)
        k, dtype = self.classes, scores.dtype
        T = smoothed_rows(targets, self.label_smoothing, k, dtype, backend=backend)
        T = weighted_rows(T, self.class_weights, k, dtype, backend=backend)
        ds = backend.xp.empty_like(scores)
        value = backend.kernel(softmax_gradient)(scores, T, ds)
        return value, ds

    def probabilities(self, parameters: Views, scores: Array, *, backend: Backend) -> Array:
        """Return the probability of each class (n, k); see :class:`~.loss.Loss`."""
        return softmax(backend.xp, scores)
