"""The squared error: scores should be 1 for the right class and 0 for the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.losses.parameterless import Parameterless
from tinyclf.nn.losses.targets import ClassWeights, check_rows, settle_classes, weighted_rows


@dataclass(frozen=True)
class SquaredError(Parameterless):
    """L2: ½ Σ (s − t)² against the row of shares t, averaged over the rows.

    The best scores are the shares to expect, so they can be read as probabilities (Brier 1950); but
    nothing holds them between 0 and 1, and overshooting costs as much as falling short.

    Class weights act as so many more examples of a class would: t is the row of weighted shares,
    made to sum to 1 again, and what they summed to is the row's weight.

    Attributes:
        classes: k, at least 2; as many scores a row are wanted.
        class_weights: A factor on the loss of each class, or None.
    """

    classes: int
    class_weights: ClassWeights = None

    def __post_init__(self) -> None:
        settle_classes(self)

    def __str__(self) -> str:
        return "squared error"

    @property
    def n_outputs(self) -> int:
        """One score for each class."""
        return self.classes

    def highest(self, dtype: npt.DTypeLike) -> float:
        """Return the score beyond which none counts as higher: so no sum of k scores overflows."""
        return float(np.finfo(dtype).max) / (2 * self.classes)

    def value_and_gradient(
        self, parameters: Views, scores: Array, targets: Array, gradient: Views, *, backend: Backend
    ) -> tuple[Any, Array]:
        """Return the mean loss and ∂loss/∂scores (n, k); see :class:`~.loss.Loss`."""
        check_rows(scores, targets, self.n_outputs)
        T = weighted_rows(targets, self.class_weights, self.classes, scores.dtype, backend=backend)
        weight = T.sum(axis=1, keepdims=True)
        R = scores - T / backend.xp.where(weight > 0, weight, 1)
        ds: Array = R * (weight / len(scores))
        return 0.5 * (R * ds).sum(), ds

    def probabilities(self, parameters: Views, scores: Array, *, backend: Backend) -> Array:
        """Return the scores above zero (n, k), made to sum to 1; see :class:`~.loss.Loss`.

        Scores beyond :meth:`highest` count as that high. A row with no score above zero says
        nothing: all its classes are equally likely.
        """
        p: Array = backend.xp.clip(scores, 0, self.highest(scores.dtype))
        p += p.sum(axis=1, keepdims=True) == 0
        p /= p.sum(axis=1, keepdims=True)
        return p
