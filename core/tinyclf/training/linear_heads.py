"""Linear heads on few numbers a photo: the bottom of a convex loss, found in no time.

L-BFGS finds each in tens of evaluations instead of hundreds of steps. What keeps it from learning
the noise is a ridge; with a score for each grade it may hold what goes against the order harder
than what goes along it, so that grades count as ordered until they prove not to be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.backend import Backend
from tinyclf.nn.formulas import LEAST_PROBABILITY
from tinyclf.nn.lbfgs import LBFGS, Vector
from tinyclf.nn.losses.targets import target_rows
from tinyclf.nn.objective import Objective

HOLD = 0.04
"""The ridge that holds biases and thresholds near what the class frequencies say: a grade that a
fold lacks would send them to infinity."""

BEND = 0.1
"""About how much a loss bends along a score. It only decides how fast the search is: the nearer to
the truth, the fewer evaluations."""

ROWS = 2_048
"""Photos worked on at a time, in double precision: 4 MB of 256 numbers each."""

SEARCH = LBFGS(tolerance=1e-4, steps=200)
"""Of the mean loss: closer to the minimum, probabilities change in the fourth place."""


@dataclass(frozen=True, slots=True)
class Ridge:
    """How hard weights are held near zero: each counts as drawn from a normal of variance 1 / λ.

    Attributes:
        along: λ of the direction in which the scores of the classes rise evenly, worst to best; of
            a single score all there is.
        across: λ of all other directions. The larger, the more the head is one score with the
            classes in order along it (the adjacent-categories logit, Agresti 2010, chapter 4);
            equal to `along`, the classes have no order.
    """

    along: float
    across: float

    @classmethod
    def even(cls, strength: float) -> Ridge:
        """Return the ridge that knows of no order."""
        return cls(strength, strength)


@dataclass(frozen=True, eq=False)
class Heads:
    """Linear heads of some photos, one for each ridge.

    Attributes:
        objective: A linear network and its loss.
        z: Projected photos (n, k), in any precision: worked on in double, `ROWS` at a time.
        y: Their classes (n,).
        backend: Where the arithmetic happens.
    """

    objective: Objective
    z: NDArray[np.floating]
    y: NDArray[np.intp]
    backend: Backend

    def only(self, rows: NDArray[np.bool]) -> Heads:
        """Return the heads of some of the photos."""
        return replace(self, z=self.z[rows], y=self.y[rows])

    def fit(self, ridge: Ridge, start: Vector | None = None) -> Vector:
        """Return the parameters of least mean loss with a ridge, ½ Σ λⱼ (uⱼ − cⱼ)².

        u are the parameters, their weights turned to directions along and across the order; c are
        the class frequencies' and weights of zero; λ is the ridge over n for weights, `HOLD` over n
        for all else.

        Args:
            ridge: Of the summed loss.
            start: Parameters to begin at, such as those of a harder ridge; c if not given.
        """
        c = self.frequencies
        λ = np.full(len(c), HOLD)
        λ[self._weights] = np.tile([ridge.along] + [ridge.across] * (self._outputs - 1), self._k)
        λ /= len(self.z)
        gradient = np.empty_like(c)

        def function(u: Vector) -> tuple[float, Vector]:
            value = self._mean_loss(self._turned(u, self._order.T), gradient)
            pull = λ * (u - c)
            return value + 0.5 * float(pull @ (u - c)), self._turned(gradient, self._order) + pull

        first = c if start is None else self._turned(start, self._order)
        found = SEARCH.minimize(function, first, 1 / (λ + self._bend)).theta
        return self._turned(found, self._order.T)

    def _mean_loss(self, theta: Vector, gradient: Vector) -> float:
        """Return the mean loss of all photos, and overwrite ``gradient`` with its slope."""
        of_part, value = np.empty_like(gradient), 0.0
        gradient[:] = 0
        for rows, z in self._parts():
            share = len(z) / len(self.z)
            value += share * self.objective.value_and_gradient(
                theta, z, self._targets[rows], of_part, backend=self.backend
            )
            gradient += share * of_part
        return value

    def _parts(self) -> Iterator[tuple[slice, NDArray[np.float64]]]:
        """Yield all photos, some at a time."""
        for start in range(0, len(self.z), ROWS):
            rows = slice(start, start + ROWS)
            yield rows, self.z[rows].astype(np.float64, copy=False)

    def loss(self, theta: Vector) -> float:
        """Return the summed log-loss of the photos under some parameters."""
        right = self.opinion(theta)[np.arange(len(self.y)), self.y]
        return -float(np.log(np.maximum(right, LEAST_PROBABILITY)).sum())

    def opinion(self, theta: Vector) -> NDArray[np.float64]:
        """Return the probabilities (n, classes) of the photos under some parameters."""
        opinion = np.empty((len(self.z), self.objective.loss.classes))
        for rows, z in self._parts():
            opinion[rows] = self.objective.probabilities(theta, z, backend=self.backend)
        return opinion

    @cached_property
    def frequencies(self) -> Vector:
        """Parameters that say the class frequencies of every photo."""
        rng = np.random.default_rng(0)  # the weights it draws are not used
        theta = np.asarray(self.objective.initialize(self.y, rng, np.float64, backend=self.backend))
        theta[self._weights] = 0
        return theta

    def _turned(self, theta: Vector, turn: NDArray[np.float64]) -> Vector:
        """Return parameters whose weights (k, outputs) are multiplied by a rotation."""
        if self._outputs == 1:
            return theta
        turned = theta.copy()
        turned[self._weights] = (theta[self._weights].reshape(self._k, -1) @ turn).ravel()
        return turned

    @cached_property
    def _order(self) -> NDArray[np.float64]:
        """Orthonormal directions of the scores as columns (outputs, outputs): first the order."""
        ranks = np.arange(self._outputs) - (self._outputs - 1) / 2
        if self._outputs == 1:
            return np.ones((1, 1))
        return np.linalg.qr(np.column_stack([ranks, np.eye(self._outputs)[:, 1:]]))[0]

    @property
    def _outputs(self) -> int:
        return self.objective.loss.n_outputs

    @property
    def _k(self) -> int:
        return len(self.z[0])

    @cached_property
    def _weights(self) -> slice:
        [weights] = self.objective.weights
        return weights

    @cached_property
    def _targets(self) -> NDArray[np.float64]:
        return target_rows(self.y, self.objective.loss.classes, np.float64, backend=self.backend)

    @cached_property
    def _bend(self) -> Vector:
        """About how much the mean loss bends along each parameter."""
        bend = np.full(self.objective.n_parameters, BEND)
        squares = sum(np.einsum("ij,ij->j", z, z) for _, z in self._parts())
        bend[self._weights] *= np.repeat(squares / len(self.z), self._outputs)
        return bend
