"""Several opinions on one question, each judged by itself; together they say a weighted mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from tinyclf.errors import ConfigError
from tinyclf.nn.arrays import Array, Shape, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.losses.loss import Loss
from tinyclf.nn.losses.targets import ClassWeights, check_rows
from tinyclf.nn.ranges import require, require_kind, require_positive, require_row, settle

MOST_SEATS = 1_000
ROUNDING = 1e-6
"""How far from 1 shares may sum to."""

T = TypeVar("T")


@dataclass(frozen=True)
class Committee:
    """The sum of a loss over several groups of scores, and the weighted mean of what they say.

    The groups stand side by side in a row of scores, as what
    :class:`~..layers.parallel.Parallel` gives. A sum, not a mean: none of them learns slower for
    having company.

    Parameters: those of the loss for each seat, ``0.first``, ``1.first`` and so on.

    Attributes:
        of: The loss of each.
        shares: How much each counts in what they say, 1 to 1,000 of them, which sum to 1.
    """

    of: Loss
    shares: tuple[float, ...] = (0.5, 0.5)

    def __post_init__(self) -> None:
        require_kind("The loss of a committee", self.of, Loss, "a loss, such as Hinge(3)")
        shares = require_row("The shares of a committee", self.shares, "(0.5, 0.5)")
        require("The number of shares of a committee", len(shares), 1, MOST_SEATS)
        settle(self, shares=tuple(_settled(share) for share in shares))
        if abs(sum(self.shares) - 1) > ROUNDING:
            raise ConfigError(
                f"The shares of a committee must sum to 1, not to {sum(self.shares):g}."
            )

    def __str__(self) -> str:
        return f"{self.of}, {self.seats} opinions"

    @property
    def seats(self) -> int:
        """How many there are."""
        return len(self.shares)

    @property
    def classes(self) -> int:
        """k, the number of classes."""
        return self.of.classes

    @property
    def class_weights(self) -> ClassWeights:
        """A factor on the loss of each class, or None."""
        return self.of.class_weights

    @property
    def n_outputs(self) -> int:
        """Those of the loss for each seat."""
        return self.seats * self.of.n_outputs

    def shapes(self) -> dict[str, Shape]:
        """Return the shapes of the parameters of each seat."""
        own = self.of.shapes()
        return {f"{i}.{name}": own[name] for i in range(self.seats) for name in own}

    def of_seat(self, seat: int, parameters: Mapping[str, T]) -> dict[str, T]:
        """Return what is of one seat, of what is there by the names of all parameters."""
        return {name: parameters[f"{seat}.{name}"] for name in self.of.shapes()}

    def initialize(self, parameters: Views, targets: Array) -> None:
        """Fill the parameters of all seats alike."""
        for seat in range(self.seats):
            self.of.initialize(self.of_seat(seat, parameters), targets)

    def value_and_gradient(
        self, parameters: Views, scores: Array, targets: Array, gradient: Views, *, backend: Backend
    ) -> tuple[Any, Array]:
        """Return the summed mean losses and ∂loss/∂scores; see :class:`~.loss.Loss`."""
        check_rows(scores, targets, self.n_outputs)
        judged = [
            self.of.value_and_gradient(
                self.of_seat(seat, parameters),
                part,
                targets,
                self.of_seat(seat, gradient),
                backend=backend,
            )
            for seat, part in enumerate(self._parts(scores))
        ]
        value = sum(loss for loss, _ in judged)
        return value, backend.xp.concatenate([slope for _, slope in judged], axis=1)

    def probabilities(self, parameters: Views, scores: Array, *, backend: Backend) -> Array:
        """Return the weighted mean of the seats' probabilities (n, k); see :class:`~.loss.Loss`."""
        opinions = [
            share * self.of.probabilities(self.of_seat(seat, parameters), part, backend=backend)
            for seat, (share, part) in enumerate(zip(self.shares, self._parts(scores), strict=True))
        ]
        told: Array = sum(opinions[1:], start=opinions[0])
        told /= told.sum(axis=1, keepdims=True)
        return told

    def _parts(self, scores: Array) -> list[Array]:
        wide = self.of.n_outputs
        return [scores[:, seat * wide : (seat + 1) * wide] for seat in range(self.seats)]


def _settled(share: float) -> float:
    return require_positive("The shares of a committee", share, 1.0)
