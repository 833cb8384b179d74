"""Softmax and cross-entropy in one: for classes without an order."""

from __future__ import annotations

from dataclasses import dataclass

from tinyclf.nn.arrays import Array, Shape, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.formulas import log_softmax
from tinyclf.nn.losses.targets import ClassWeights, check_rows, require_classes, weighted_rows


@dataclass(frozen=True)
class SoftmaxCrossEntropy:
    """p = exp(s) / Σ exp(s), and the loss is −log p of the right class, averaged over the rows.

    Attributes:
        classes: k, at least 2; as many scores a row are wanted.
        class_weights: A factor on the loss of each class, or None.
    """

    classes: int
    class_weights: ClassWeights = None

    def __post_init__(self) -> None:
        require_classes(self.classes, self.class_weights)

    def __str__(self) -> str:
        return "softmax cross-entropy"

    @property
    def n_outputs(self) -> int:
        """One score for each class."""
        return self.classes

    def shapes(self) -> dict[str, Shape]:
        """Return nothing: it has no parameters."""
        return {}

    def initialize(self, parameters: Views, targets: Array) -> None:
        """Do nothing: it has no parameters."""

    def value_and_gradient(
        self, parameters: Views, scores: Array, targets: Array, gradient: Views, *, backend: Backend
    ) -> tuple[float, Array]:
        """Return the mean loss and ∂loss/∂scores (n, k); see :class:`~.loss.Loss`."""
        check_rows(scores, targets, self.n_outputs)
        T = weighted_rows(targets, self.class_weights, self.classes, scores.dtype, backend=backend)
        log_p = log_softmax(backend.xp, scores)
        value = -float((T * log_p).sum()) / len(scores)
        # ∂(−Σ T log p)/∂s = p ΣT − T, where ΣT is the weight of the row.
        ds = backend.xp.exp(log_p) * T.sum(axis=1, keepdims=True)
        ds -= T
        ds /= len(scores)
        return value, ds

    def probabilities(self, parameters: Views, scores: Array, *, backend: Backend) -> Array:
        """Return the probability of each class (n, k); see :class:`~.loss.Loss`."""
        p: Array = backend.xp.exp(log_softmax(backend.xp, scores))
        p /= p.sum(axis=1, keepdims=True)
        return p
