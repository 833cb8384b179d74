"""The ordinal loss that asks step by step: is it above 0; if so, above 1; and so on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.formulas import sigmoid, softplus
from tinyclf.nn.losses.parameterless import Parameterless
from tinyclf.nn.losses.targets import ClassWeights, check_rows, settle_classes, weighted_rows


@dataclass(frozen=True)
class Corn(Parameterless):
    """P(y > j | y > j − 1) = σ(sⱼ): conditional ordinal regression (Shi, Cao & Raschka 2021).

    The network gives k − 1 scores a row. Score j is trained on the examples that reached step j
    only, those with y ≥ j, to tell y > j from y = j. By the chain rule

        P(y = j) = σ(s₀) · … · σ(sⱼ₋₁) · σ(−sⱼ),

    the last factor missing for the top class: P(y > j) never rises with j, whatever the scores.
    Each step may look at something else in an example, where the cumulative link has one scale.

    A row of shares takes part in step j with the weight P(y ≥ j), its shares of the classes from j
    up. The sum over all steps is divided by the rows, where the paper divides by the examples that
    all steps have together: so the loss is −log p of the right class, as with the other losses.

    Attributes:
        classes: k, at least 2, worst first.
        class_weights: A factor on the loss of each class, or None.
    """

    classes: int
    class_weights: ClassWeights = None

    def __post_init__(self) -> None:
        settle_classes(self)

    def __str__(self) -> str:
        return "CORN"

    @property
    def n_outputs(self) -> int:
        """One score for each step from a class to the next."""
        return self.classes - 1

    def value_and_gradient(
        self, parameters: Views, scores: Array, targets: Array, gradient: Views, *, backend: Backend
    ) -> tuple[Any, Array]:
        """Return the mean loss and ∂loss/∂scores (n, k − 1); see :class:`~.loss.Loss`."""
        xp, n = backend.xp, len(scores)
        check_rows(scores, targets, self.n_outputs)
        T = weighted_rows(targets, self.class_weights, self.classes, scores.dtype, backend=backend)
        # The weight of a row in step j, that of y ≥ j, is that of y > j and that of y = j.
        above, here = T[:, :0:-1].cumsum(axis=1)[:, ::-1], T[:, :-1]
        value = (above * softplus(xp, -scores) + here * softplus(xp, scores)).sum() / n
        ds: Array = (above + here) * sigmoid(xp, scores)
        ds -= above
        ds /= n
        return value, ds

    def probabilities(self, parameters: Views, scores: Array, *, backend: Backend) -> Array:
        """Return the probability of each class (n, k); see :class:`~.loss.Loss`."""
        p: Array = backend.xp.exp(_log_probabilities(backend.xp, scores))
        p /= p.sum(axis=1, keepdims=True)
        return p


def _log_probabilities(xp: Any, scores: Array) -> Array:
    """Return log p (n, k) from the scores (n, k − 1): sums of log σ, in which nothing cancels."""
    log_p: Array = xp.zeros((len(scores), scores.shape[1] + 1), scores.dtype)
    log_p[:, 1:] -= softplus(xp, -scores).cumsum(axis=1)
    log_p[:, :-1] -= softplus(xp, scores)
    return log_p
