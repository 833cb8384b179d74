"""The quick bag: linear heads on principal components, refitted while a person corrects.

A bag as any other, but each member is a linear network, found in tens of evaluations by L-BFGS
instead of hundreds of steps: a tenth of a second for 500 grades. Its one setting, how hard a ridge
holds the weights near zero, is chosen by the held-out photos.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import TrainingError
from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.nn.formulas import LEAST_PROBABILITY
from tinyclf.nn.lbfgs import LBFGS, Vector
from tinyclf.nn.losses.targets import target_rows
from tinyclf.nn.objective import Objective
from tinyclf.training.bag import CLASSES, TrainedBag, check_examples
from tinyclf.training.classifier import Member
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf.training.folds import group_codes, stratified_folds
from tinyclf.training.presets import BALANCED
from tinyclf.training.projection import Projection
from tinyclf.training.recipe import build_objective

RIDGES = (100.0, 55.0, 30.0, 17.0, 10.0, 5.5, 3.0, 1.7, 1.0, 0.55, 0.3, 0.17, 0.1, 0.055, 0.03)
"""Strengths λ to choose from, hardest first: a weight counts as drawn from a normal of variance
1 / λ, where the first component varies by 1 over all photos. Steps of 3 instead of 1.8 lost a
little."""

PATIENCE = 2
"""Ridges tried beyond the best so far: softer ones only fit worse, and take longest."""

HOLD = 0.04
"""The ridge that holds biases and thresholds near what the class frequencies say: a grade that a
fold lacks would send them to infinity."""

BEND = 0.1
"""About how much a loss bends along a score. It only decides how fast the search is: to know it
saved a third of the evaluations at 500 photos, and .03 or .3 did nearly as well."""

SEARCH = LBFGS(tolerance=1e-4, steps=200)
"""Of the mean loss: closer to the minimum, probabilities change in the fourth place."""


@dataclass(frozen=True, eq=False)
class QuickBag(TrainedBag):
    """A bag of linear heads.

    Attributes:
        ridges: (folds,) the strength that each fold's head was held with, chosen by the photos of
            the other folds; its own only had a part in fitting the heads that judged these.
    """

    ridges: tuple[float, ...]


def linear(config: TrainingConfig) -> TrainingConfig:
    """Return the configuration of linear networks with the loss, balance and folds of this one."""
    return replace(config, hidden=(), dropout=0.0, input_dropout=0.0, mixup=0.0, patience=None)


def quick_bag(
    x: NDArray[Any],
    y: NDArray[np.integer[Any]],
    projection: Projection,
    seed: int,
    *,
    config: TrainingConfig = BALANCED,
    groups: Sequence[object] | NDArray[Any] | None = None,
    classes: int = CLASSES,
    one_head: bool = False,
) -> Generator[EpochReport, None, QuickBag]:
    """Fit a bag of linear heads to graded photos; report between two ridges.

    Args:
        x: Features (n, d), as they were extracted.
        y: Classes (n,), 0 … classes−1: for grades, the grade minus one.
        projection: Of these features, fitted on all photos.
        seed: Equal seeds give equal folds, and those of `train_classifier`.
        config: Its loss, balance, folds and precision are used.
        groups: n names; photos of one group are never on both sides of a fold.
        classes: How many there may be.
        one_head: Whether a single head, fitted to all photos, proposes instead of those of the
            folds: it has seen a quarter more, but its held-out opinions are theirs.

    Raises:
        TrainingError: fewer than two grades (or groups) are present, or a feature is not finite.
        ModelError: the projection is of features of another width.
        InputError: shapes or classes do not fit, the classes are not whole numbers, or the features
            no real ones.
    """
    started = time.perf_counter()
    config = linear(config)
    check_examples(x, y, classes, config.precision)
    codes = group_codes(groups, len(y))
    fold_of = stratified_folds(y, config.folds, np.random.default_rng([seed, 0]), codes)
    if not fold_of.any():
        raise TrainingError(
            "All graded photos belong to one group, so none is left to judge by; grade photos of "
            "another one."
        )
    backend = NumpyBackend()
    objective = build_objective(config, projection.width, y, classes)
    heads = Heads(objective, projection.apply(x), y.astype(np.intp), backend)
    path = yield from cross_fitted(heads, fold_of)
    whole = build_objective(config, projection.dimension, y, classes)

    def member(theta: Vector) -> Member:
        return unfolded(objective, theta, whole, projection, config.precision)

    members = [member(theta) for theta in path.chosen]
    out_of_fold = np.empty((len(y), classes))
    for fold, one in enumerate(members):
        held_out = fold_of == fold
        out_of_fold[held_out] = one.probabilities(whole, x[held_out], backend)
    # A head that knows one grade only ever says that one: then one that knows all proposes alone.
    if one_head or any(len(set(y[fold_of != fold])) < 2 for fold in range(len(members))):
        members = [member(heads.fit(path.best))]
    seconds = time.perf_counter() - started
    return QuickBag(whole, tuple(members), out_of_fold, fold_of, config, seconds, path.ridges)


@dataclass(frozen=True, eq=False)
class Heads:
    """Linear heads of some photos, one for each ridge.

    Attributes:
        objective: A linear network and its loss.
        z: Projected photos (n, k).
        y: Their classes (n,).
        backend: Where the arithmetic happens.
    """

    objective: Objective
    z: NDArray[np.float64]
    y: NDArray[np.intp]
    backend: Backend

    def only(self, rows: NDArray[np.bool]) -> Heads:
        """Return the heads of some of the photos."""
        return replace(self, z=self.z[rows], y=self.y[rows])

    def fit(self, ridge: float, start: Vector | None = None) -> Vector:
        """Return the parameters of least mean loss with a ridge, ½ Σ λⱼ (θⱼ − cⱼ)².

        c are the class frequencies' and weights of zero; λ is the ridge over n for weights, `HOLD`
        over n for all else.

        Args:
            ridge: Of the summed loss.
            start: Parameters to begin at, such as those of a harder ridge; c if not given.
        """
        c = self.frequencies
        λ = np.full(len(c), HOLD / len(self.z))
        λ[self._weights] = ridge / len(self.z)
        gradient = np.empty_like(c)

        def function(θ: Vector) -> tuple[float, Vector]:
            value = self.objective.value_and_gradient(
                θ, self.z, self._targets, gradient, backend=self.backend
            )
            pull = λ * (θ - c)
            return value + 0.5 * float(pull @ (θ - c)), gradient + pull

        return SEARCH.minimize(function, c if start is None else start, 1 / (λ + self._bend)).theta

    def loss(self, theta: Vector) -> float:
        """Return the summed log-loss of the photos under some parameters."""
        p = self.objective.probabilities(theta, self.z, backend=self.backend)
        return -float(np.log(np.maximum(p[np.arange(len(p)), self.y], LEAST_PROBABILITY)).sum())

    @cached_property
    def frequencies(self) -> Vector:
        """Parameters that say the class frequencies of every photo."""
        rng = np.random.default_rng(0)  # the weights it draws are not used
        theta = np.asarray(self.objective.initialize(self.y, rng, np.float64, backend=self.backend))
        theta[self._weights] = 0
        return theta

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
        outputs = self.objective.loss.n_outputs
        bend[self._weights] *= np.repeat((self.z**2).mean(axis=0), outputs)
        return bend


@dataclass(frozen=True, eq=False)
class RidgePath:
    """Heads fitted without each fold, under ridge after ridge.

    Attributes:
        thetas: Of each ridge tried, one vector of parameters for each fold.
        losses: (ridges, folds) the summed log-loss of each fold by the head that never saw it.
    """

    thetas: tuple[tuple[Vector, ...], ...]
    losses: NDArray[np.float64]

    @property
    def best(self) -> float:
        """The ridge under which all photos fit best, each held out."""
        return RIDGES[int(self.losses.sum(axis=1).argmin())]

    @property
    def ridges(self) -> tuple[float, ...]:
        """Of each fold the ridge under which the photos of the others fit best, each held out."""
        return tuple(RIDGES[i] for i in self._places)

    @property
    def chosen(self) -> tuple[Vector, ...]:
        """Each fold's head under its ridge."""
        return tuple(self.thetas[i][fold] for fold, i in enumerate(self._places))

    @property
    def _places(self) -> list[int]:
        others = self.losses.sum(axis=1, keepdims=True) - self.losses
        places: list[int] = others.argmin(axis=0).tolist()
        return places


def cross_fitted(
    heads: Heads, fold_of: NDArray[np.intp]
) -> Generator[EpochReport, None, RidgePath]:
    """Fit a head without each fold under ridge after ridge, until softer ones only fit worse.

    Args:
        heads: Of all photos.
        fold_of: (n,) the fold that holds out each photo, from 0.
    """
    folds = int(fold_of.max()) + 1
    known = [heads.only(fold_of != fold) for fold in range(folds)]
    unknown = [heads.only(fold_of == fold) for fold in range(folds)]
    thetas: list[tuple[Vector, ...]] = []
    losses: list[list[float]] = []
    latest = tuple(head.frequencies for head in known)
    for tried, ridge in enumerate(RIDGES):
        yield EpochReport("Training", tried, len(RIDGES))
        latest = tuple(head.fit(ridge, theta) for head, theta in zip(known, latest, strict=True))
        thetas.append(latest)
        losses.append([head.loss(theta) for head, theta in zip(unknown, latest, strict=True)])
        totals = [sum(row) for row in losses]
        if tried - totals.index(min(totals)) >= PATIENCE:
            break
    yield EpochReport("Training", len(RIDGES), len(RIDGES))
    return RidgePath(tuple(thetas), np.array(losses))


def unfolded(
    head: Objective, theta: Vector, whole: Objective, projection: Projection, precision: str
) -> Member:
    """Return a linear head on projected photos as a network on their standardized features.

    Args:
        head: Network and loss of projected photos.
        theta: Its parameters.
        whole: Network and loss of standardized features.
        projection: What lies between.
        precision: Of the member's parameters.
    """
    full = np.empty(whole.n_parameters, precision)
    layer, own = head.layout.views(theta)
    full_layer, full_own = whole.layout.views(full)
    full_layer["W"][:], full_layer["b"][:] = projection.unfolded(layer["W"], layer["b"])
    for name, parameters in own.items():
        full_own[name][:] = parameters
    return Member(full, projection.standardizer)
