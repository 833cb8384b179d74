"""The hinge: the right class's score should lead every other one by a margin, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.formulas import softmax
from tinyclf.nn.losses.parameterless import Parameterless
from tinyclf.nn.losses.targets import ClassWeights, check_rows, settle_classes, weighted_rows
from tinyclf.nn.ranges import require, settle

LARGEST_MARGIN = 1e4


@dataclass(frozen=True)
class Hinge(Parameterless):
    """Σᵢ≠ᵧ max(0, m − sᵧ + sᵢ) / k, averaged over the rows: the hinge of Weston & Watkins (1999).

    Rows whose right class leads by the margin m cost nothing and teach nothing. A row of shares
    costs what its classes cost, each by its share.

    Attributes:
        classes: k, at least 2; as many scores a row are wanted.
        class_weights: A factor on the loss of each class, or None.
        margin: m, 0 to 10,000.
    """

    classes: int
    class_weights: ClassWeights = None
    margin: float = 1.0

    def __post_init__(self) -> None:
        settle_classes(self)
        margin = require("The margin of the hinge loss", self.margin, 0.0, LARGEST_MARGIN)
        settle(self, margin=margin)

    def __str__(self) -> str:
        return "hinge"

    @property
    def n_outputs(self) -> int:
        """One score for each class."""
        return self.classes

    def value_and_gradient(
        self, parameters: Views, scores: Array, targets: Array, gradient: Views, *, backend: Backend
    ) -> tuple[Any, Array]:
        """Return the mean loss and ∂loss/∂scores (n, k); see :class:`~.loss.Loss`.

        Time grows with n k times the classes with a share in a row, memory with n k.
        """
        xp = backend.xp
        check_rows(scores, targets, self.n_outputs)
        T = weighted_rows(targets, self.class_weights, self.classes, scores.dtype, backend=backend)
        T = T / scores.size
        value, ds = xp.zeros((), scores.dtype), xp.zeros_like(scores)
        for c in range(self.classes):
            rows = xp.flatnonzero(T[:, c])
            S, t = scores[rows], T[rows, c, None]
            # A class cannot lead itself by the margin, and need not.
            lacking = xp.maximum(S - S[:, c, None] + self.margin, 0)
            lacking[:, c] = 0
            value = value + (t * lacking).sum()
            dS = t * (lacking > 0)
            dS[:, c] = -dS.sum(axis=1)
            ds[rows] += dS
        return value, ds

    def probabilities(self, parameters: Views, scores: Array, *, backend: Backend) -> Array:
        """Return softmax of the scores (n, k); see :class:`~.loss.Loss`.

        They are in the order of the scores, but the hinge does not fit them to be probabilities: it
        asks for a margin, not for frequencies. How sure they sound is arbitrary until a temperature
        is fitted on examples held out (Guo et al. 2017).
        """
        return softmax(backend.xp, scores)
