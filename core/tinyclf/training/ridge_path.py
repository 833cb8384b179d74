"""How good a linear head can be, under the ridge that photos held out choose.

What it is worth tells whether features are worth having (see `gate`); a head that proposes has a
ridge that stays (see `quick_fit`).
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.lbfgs import Vector
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf.training.folds import dealt_folds
from tinyclf.training.given import check_examples
from tinyclf.training.linear_heads import Heads, Ridge
from tinyclf.training.presets import BALANCED
from tinyclf.training.projection import Projection
from tinyclf.training.quick_config import linear_config
from tinyclf.training.recipe import build_objective
from tinyclf.training.trained_bag import CLASSES

RIDGES = (100.0, 55.0, 30.0, 17.0, 10.0, 5.5, 3.0, 1.7, 1.0, 0.55, 0.3, 0.17, 0.1, 0.055, 0.03)
"""Strengths λ to choose from, hardest first; finer steps choose better, and take longer."""

PATIENCE = 2
"""Ridges tried beyond the best so far: softer ones only fit worse, and take longest."""


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


def held_out_opinions(
    x: NDArray[Any],
    y: NDArray[np.integer[Any]],
    projection: Projection,
    seed: int,
    *,
    config: TrainingConfig = BALANCED,
    groups: Sequence[object] | NDArray[Any] | None = None,
    classes: int = CLASSES,
) -> Generator[EpochReport, None, NDArray[np.float64]]:
    """Return (n, classes): of each photo the opinion of a head that saw none of its fold.

    Not even its ridge: that is chosen by the photos of the other folds.

    Args:
        x: Features (n, d), as they were extracted.
        y: Classes (n,), 0 … classes−1: for grades, the grade minus one.
        projection: Of these features.
        seed: Equal seeds give equal folds, and those of `train_classifier`.
        config: Its loss, balance, folds and precision are used.
        groups: n names; photos of one group are never on both sides of a fold.
        classes: How many there may be.

    Raises:
        TrainingError: fewer than two grades (or groups) are present, or a feature is not finite.
        ModelError: the projection is of features of another width.
        InputError: shapes or classes do not fit, the classes are not whole numbers, or the features
            no real ones.
    """
    check_examples(x, y, classes, config.precision)
    fold_of = dealt_folds(y, config.folds, seed, groups)
    objective = build_objective(linear_config(config), projection.width, y, classes)
    heads = Heads(objective, projection.apply(x), y.astype(np.intp), NumpyBackend())
    path = yield from cross_fitted(heads, fold_of)
    opinions = np.empty((len(y), classes))
    for fold, theta in enumerate(path.chosen):
        held_out = fold_of == fold
        opinions[held_out] = heads.only(held_out).opinion(theta)
    return opinions


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
    for tried, strength in enumerate(RIDGES):
        yield EpochReport("Training", tried, len(RIDGES))
        ridge = Ridge.even(strength)
        latest = tuple(head.fit(ridge, theta) for head, theta in zip(known, latest, strict=True))
        thetas.append(latest)
        losses.append([head.loss(theta) for head, theta in zip(unknown, latest, strict=True)])
        totals = [sum(row) for row in losses]
        if tried - totals.index(min(totals)) >= PATIENCE:
            break
    yield EpochReport("Training", len(RIDGES), len(RIDGES))
    return RidgePath(tuple(thetas), np.array(losses))
