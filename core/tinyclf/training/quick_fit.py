"""The quick bag: linear heads on principal components, refitted while a person corrects.

It proposes by heads fitted to all grades, one a view; the folds only serve to say how sure they may
be, and how good they are. Each head has a score for each grade, and a ridge that holds them to one
order of the grades until the grades themselves say otherwise.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import InputError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.lbfgs import Vector
from tinyclf.nn.objective import Objective
from tinyclf.training.attention import before_map
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf.training.linear_heads import Heads, Ridge, linear
from tinyclf.training.presets import BALANCED
from tinyclf.training.projection import Projection
from tinyclf.training.recipe import build_objective
from tinyclf.training.temperature import tempered
from tinyclf.training.trained_bag import CLASSES, TrainedBag, check_examples, dealt_folds
from tinyclf.training.views import View

UNORDERED = "softmax"
"""The loss of configurations for classes that have no order."""

ORDERED_RIDGE = Ridge(along=0.1, across=30.0)
"""Of classes in an order. In the loop it took as little effort as the better of two others, on
real stamps and on cards: an ordinal head (2 points more on cards), and its mean with an unordered
one (6 points more on stamps). 20 to 100 across are as good; 10 costs 3 points on stamps."""

UNORDERED_RIDGE = Ridge.even(1.0)

SECOND_RIDGE = Ridge(along=1.0, across=10.0)
"""Of a second opinion: it cares for the order a third as much. On graded cards it brought 1 to 3
points of exact grades from 100, 200 and 500 of them, for .01 to .025 of kappa, and a smaller
log-loss; on damaged stamps it changed nothing beyond noise. One without any order cost more."""

Views = Sequence[NDArray[np.floating[Any]]]
"""Of each view one matrix (n, k) of the same n photos."""


@dataclass(frozen=True, eq=False)
class QuickHeads:
    """What proposes: a linear head for each view, of one mind on average.

    Attributes:
        objectives: Of each view, the network and its loss.
        thetas: Its parameters.
    """

    objectives: tuple[Objective, ...]
    thetas: tuple[Vector, ...]

    def opinions(self, views: Views, temperature: float = 1.0) -> NDArray[np.float64]:
        """Return (n, classes): the mean of the heads' probabilities, each tempered."""
        backend = NumpyBackend()
        told = [
            tempered(
                objective.probabilities(theta, z.astype(np.float64, copy=False), backend=backend),
                temperature,
            )
            for objective, theta, z in zip(self.objectives, self.thetas, views, strict=True)
        ]
        mean: NDArray[np.float64] = np.mean(told, axis=0)
        return mean


@dataclass(frozen=True, eq=False)
class QuickBag(TrainedBag):
    """A bag as any other, of linear networks.

    Attributes:
        heads: The same on projected photos: there they are quicker.
    """

    heads: QuickHeads


def settled(config: TrainingConfig) -> TrainingConfig:
    """Return the configuration of the quick heads that stand in for one.

    Instead of each place of a photo they look at the embedding, which comes before it.
    """
    features = BALANCED.features if config.looks_at_places else config.features
    return replace(linear(config), loss=UNORDERED, features=features)


def quick_heads(
    views: Views,
    y: NDArray[np.intp],
    config: TrainingConfig = BALANCED,
    classes: int = CLASSES,
    ridge: Ridge | None = None,
) -> Generator[EpochReport, None, QuickHeads]:
    """Fit a head to each view of the graded photos; nothing in it is random.

    Args:
        views: Of n graded photos.
        y: Their classes (n,), from 0; of two kinds at least.
        config: Whether its classes have an order, and their balance, is heeded.
        classes: How many there may be.
        ridge: How hard they are held; as suits the order of the classes if not given.
    """
    if ridge is None:
        ridge = UNORDERED_RIDGE if config.loss == UNORDERED else ORDERED_RIDGE
    objectives, thetas = [], []
    for number, z in enumerate(views):
        yield EpochReport("Learning", number, len(views))
        objectives.append(build_objective(settled(config), z.shape[1], y, classes))
        heads = Heads(objectives[-1], z.astype(np.float64, copy=False), y, NumpyBackend())
        thetas.append(heads.fit(ridge))
    return QuickHeads(tuple(objectives), tuple(thetas))


def quick_bag(
    seen: Sequence[View],
    views: Views,
    y: NDArray[np.integer[Any]],
    seed: int,
    *,
    config: TrainingConfig = BALANCED,
    groups: Sequence[object] | NDArray[Any] | None = None,
    classes: int = CLASSES,
    ridge: Ridge | None = None,
) -> Generator[EpochReport, None, QuickBag]:
    """Fit a bag of linear heads to graded photos; report between two.

    Args:
        seen: The views, and how they come from the features.
        views: What they see of n graded photos.
        y: Classes (n,), 0 … classes−1: for grades, the grade minus one.
        seed: Equal seeds give equal folds, and those of `train_classifier`.
        config: Its order, balance, folds and precision are used.
        groups: n names; photos of one group are never on both sides of a fold.
        classes: How many there may be.
        ridge: As for `quick_heads`.

    Raises:
        TrainingError: fewer than two grades (or groups) are present, or a feature is not finite.
        InputError: shapes or classes do not fit, the classes are not whole numbers, or the features
            no real ones.
    """
    started = time.perf_counter()
    if not len(seen) == len(views) > 0:
        raise InputError(f"There are {len(seen)} views and {len(views)} matrices: give one each.")
    for z in views:
        check_examples(z, y, classes, config.precision)
    codes = y.astype(np.intp)
    fold_of = dealt_folds(y, config.folds, seed, groups)
    out_of_fold = np.empty((len(y), classes))
    heads = yield from quick_heads(views, codes, config, classes, ridge)
    for fold in range(int(fold_of.max()) + 1):
        held_out = fold_of == fold
        known = [z[~held_out] for z in views]
        judges = yield from quick_heads(known, codes[~held_out], config, classes, ridge)
        out_of_fold[held_out] = judges.opinions([z[held_out] for z in views])
    own = settled(config)
    whole = build_objective(own, seen[0].dimension, y, classes)
    members = tuple(
        view.member(objective, theta, whole, config.precision)
        for view, objective, theta in zip(seen, heads.objectives, heads.thetas, strict=True)
    )
    seconds = time.perf_counter() - started
    return QuickBag(whole, members, out_of_fold, fold_of, own, seconds, heads)


def second_bag(
    x: NDArray[Any],
    y: NDArray[np.integer[Any]],
    config: TrainingConfig,
    seed: int,
    *,
    groups: Sequence[object] | NDArray[Any] | None = None,
    classes: int = CLASSES,
) -> Generator[EpochReport, None, QuickBag]:
    """Fit the bag that is a second opinion beside the one of a configuration, on the same folds.

    What fits in between, one score with the classes in order along it, misses what some grades are
    about: some only the worst photos have, or the best.

    Args:
        x: Features (n, d) of the graded photos.
        y: Classes (n,).
        config: Of the first opinion.
        seed: As of the first.
        groups: As of the first.
        classes: How many there may be.
    """
    wide = x.shape[1]
    told = x[:, : before_map(wide)] if config.looks_at_places else x
    view = View(wide, Projection.fit(told, seed))
    bag = yield from quick_bag(
        [view],
        [view.apply(x)],
        y,
        seed,
        config=config,
        groups=groups,
        classes=classes,
        ridge=SECOND_RIDGE,
    )
    return bag
