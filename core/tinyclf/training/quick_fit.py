"""The quick bag: linear heads on principal components, refitted while a person corrects.

It proposes by heads fitted to all grades, one a view; the folds only serve to say how sure they may
be, and how good they are. Each head has a score for each grade, and a ridge that holds them to one
order of the grades until the grades themselves say otherwise.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import InputError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.lbfgs import Vector
from tinyclf.nn.objective import Objective
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf.training.folds import dealt_folds
from tinyclf.training.given import check_examples
from tinyclf.training.linear_heads import ROWS, Heads, Ridge
from tinyclf.training.presets import BALANCED
from tinyclf.training.quick_config import UNORDERED, quick_config
from tinyclf.training.recipe import build_objective
from tinyclf.training.temperature import tempered
from tinyclf.training.trained_bag import CLASSES, TrainedBag
from tinyclf.training.views import View

ORDERED_RIDGE = Ridge(along=0.1, across=30.0)
"""Of classes in an order: the harder it is across, the more grades it takes until they count as
anything but ordered. `tinyclf simulate` tells what it costs."""

UNORDERED_RIDGE = Ridge.even(1.0)
"""Of classes without one: the larger, the less is believed of few grades."""

FEW = 8_192
"""So many photos are held in double precision, 17 MB a view, and not turned at every evaluation."""

PLAIN = NumpyBackend(compiled=False)
"""Linear heads are all matrix products: numba would make them no faster, and take 110 MB."""


class Matrix(Protocol):
    """Rows of numbers (n, k): an array, or what reads them from a file as they are asked for."""

    @property
    def shape(self) -> tuple[int, ...]:
        """N and k."""

    def __len__(self) -> int: ...

    def __getitem__(self, rows: Any, /) -> NDArray[np.floating[Any]]: ...


Views = Sequence[Matrix]
"""Of each view one matrix (n, k) of the same n photos; never two of them whole in memory."""


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
        n, classes = len(views[0]), self.objectives[0].loss.classes
        mean = np.zeros((n, classes))
        for objective, theta, z in zip(self.objectives, self.thetas, views, strict=True):
            for start in range(0, n, ROWS):
                rows = slice(start, start + ROWS)
                some = z[rows].astype(np.float64, copy=False)
                told = objective.probabilities(theta, some, backend=PLAIN)
                mean[rows] += tempered(told, temperature)
        mean /= len(views)
        return mean


@dataclass(frozen=True, eq=False)
class QuickBag(TrainedBag):
    """A bag as any other, of linear networks.

    Attributes:
        heads: The same on projected photos: there they are quicker.
    """

    heads: QuickHeads


def quick_heads(
    views: Views,
    y: NDArray[np.intp],
    config: TrainingConfig = BALANCED,
    classes: int = CLASSES,
    ridge: Ridge | None = None,
    rows: NDArray[np.intp] | None = None,
) -> Generator[EpochReport, None, QuickHeads]:
    """Fit a head to each view of the graded photos; nothing in it is random.

    Args:
        views: Of n graded photos.
        y: Their classes (n,), from 0; of two kinds at least.
        config: Whether its classes have an order, and their balance, is heeded.
        classes: How many there may be.
        ridge: How hard they are held; as suits the order of the classes if not given.
        rows: Which of the photos to learn from; all if not given.
    """
    if ridge is None:
        ridge = UNORDERED_RIDGE if config.loss == UNORDERED else ORDERED_RIDGE
    rows = np.arange(len(y)) if rows is None else rows
    objectives, thetas = [], []
    for number, z in enumerate(views):
        yield EpochReport("Learning", number, len(views))
        objectives.append(build_objective(quick_config(config), z.shape[1], y[rows], classes))
        thetas.append(Heads(objectives[-1], _swift(z, rows), y[rows], PLAIN).fit(ridge))
    return QuickHeads(tuple(objectives), tuple(thetas))


def _swift(z: Matrix, rows: NDArray[np.intp]) -> NDArray[np.floating]:
    """Return some rows in a precision that is turned into double swiftly, which half is not.

    Of few photos at once, of many part by part at every evaluation.
    """
    wanted = np.float64 if len(rows) <= FEW else np.float32
    swift = np.empty((len(rows), z.shape[1]), wanted)
    for start in range(0, len(rows), ROWS):
        swift[start : start + ROWS] = z[rows[start : start + ROWS]]
    return swift


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
        check_examples(z[:], y, classes, config.precision)
    codes = y.astype(np.intp)
    fold_of = dealt_folds(y, config.folds, seed, groups)
    heads = yield from quick_heads(views, codes, config, classes, ridge)
    out_of_fold = yield from _out_of_fold(views, codes, fold_of, config, classes, ridge)
    own = quick_config(config)
    whole = build_objective(own, seen[0].dimension, y, classes)
    members = tuple(
        view.member(objective, theta, whole, config.precision)
        for view, objective, theta in zip(seen, heads.objectives, heads.thetas, strict=True)
    )
    seconds = time.perf_counter() - started
    return QuickBag(whole, members, out_of_fold, fold_of, own, seconds, heads)


def _out_of_fold(
    views: Views,
    codes: NDArray[np.intp],
    fold_of: NDArray[np.intp],
    config: TrainingConfig,
    classes: int,
    ridge: Ridge | None,
) -> Generator[EpochReport, None, NDArray[np.float64]]:
    """Return what is thought of each photo by heads fitted to the other folds, (n, classes)."""
    opinions = np.empty((len(codes), classes))
    for fold in range(int(fold_of.max()) + 1):
        held_out = fold_of == fold
        known = np.flatnonzero(~held_out)
        judges = yield from quick_heads(views, codes, config, classes, ridge, known)
        opinions[held_out] = judges.opinions([z[held_out] for z in views])
    return opinions
