"""A bag of networks, each trained without its fold of the photos: honest opinions for free.

Every photo is held out from exactly one member, so that member's opinion of it says what the
classifier is worth on photos it has not seen. New photos get the mean opinion of all (bagging,
Breiman 1996; the folds as in Krogh and Vedelsby 1995).
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES
from tinyclf.errors import InputError, TrainingError
from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.nn.objective import Objective
from tinyclf.training.classifier import Classifier, Member
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import Curves, EpochReport
from tinyclf.training.examples import Examples
from tinyclf.training.folds import group_codes, stratified_folds
from tinyclf.training.given import check_classes, check_rows
from tinyclf.training.recipe import build_objective
from tinyclf.training.scaling import Standardizer
from tinyclf.training.trainer import Trainer

CLASSES = len(GRADES)


@dataclass(frozen=True, eq=False)
class TrainedBag:
    """What a training made.

    Attributes:
        objective: Network and loss of every member.
        members: The networks that propose together.
        out_of_fold: (n, classes): for each photo trained on, the opinion of the one network that
            never saw it.
        fold_of: (n,) the fold that held it out, from 0.
        config: How they were trained.
        seconds: How long it took.
    """

    objective: Objective
    members: tuple[Member, ...]
    out_of_fold: NDArray[np.float64]
    fold_of: NDArray[np.intp]
    config: TrainingConfig
    seconds: float

    def classifier(self, extractor_key: str, temperature: float = 1.0) -> Classifier:
        """Return the bag as a classifier of photos with features of this extractor."""
        classes = self.out_of_fold.shape[1]
        names = tuple(str(number) for number in range(1, classes + 1))
        return Classifier(
            extractor_key, self.objective, self.members, names, temperature, self.config
        )


def train_classifier(
    x: NDArray[Any],
    y: NDArray[np.integer[Any]],
    config: TrainingConfig,
    seed: int,
    *,
    groups: Sequence[object] | NDArray[Any] | None = None,
    classes: int = CLASSES,
    backend: Backend | None = None,
) -> Generator[EpochReport, None, TrainedBag]:
    """Train a bag on graded photos.

    Args:
        x: Features (n, d), real numbers of any precision.
        y: Classes (n,), 0 … classes−1: for grades, the grade minus one.
        config: How.
        seed: Equal seeds give equal bags.
        groups: n names; photos of one group are never on both sides of a fold.
        classes: How many there may be.
        backend: Where the arithmetic happens; NumPy if not given.

    Raises:
        TrainingError: fewer than two grades (or groups) are present, or a feature is not finite.
        DivergedError: training ran into infinity.
        InputError: shapes or classes do not fit, the classes are not whole numbers, or the features
            no real ones.
    """
    started = time.perf_counter()
    check_examples(x, y, classes, config.precision)
    codes = group_codes(groups, len(y))
    fold_of = stratified_folds(y, config.folds, np.random.default_rng([seed, 0]), codes)
    if not fold_of.any():
        raise TrainingError(
            "All graded photos belong to one group, so none is left to judge by; grade photos of "
            "another one."
        )
    objective = build_objective(config, x.shape[1], y, classes)
    trainings = _Trainings(
        x, y.astype(np.intp), codes, objective, config, backend or NumpyBackend(), seed
    )
    members, out_of_fold = yield from _cross_trained(trainings, fold_of, classes)
    seconds = time.perf_counter() - started
    return TrainedBag(objective, members, out_of_fold, fold_of, config, seconds)


def _cross_trained(
    trainings: _Trainings, fold_of: NDArray[np.intp], classes: int
) -> Generator[EpochReport, None, tuple[tuple[Member, ...], NDArray[np.float64]]]:
    """Train one member without each fold; return them and their opinions of their own fold."""
    folds = int(fold_of.max()) + 1
    # A member that knows one grade only ever says that one: then one that knows all proposes alone.
    alone = any(len(set(trainings.y[fold_of != fold])) < 2 for fold in range(folds))
    curves = Curves(folds + alone)
    out_of_fold = np.empty((len(fold_of), classes))
    members = []
    for fold in range(folds):
        held_out = fold_of == fold
        training = trainings.member(~held_out, fold)
        member = yield from curves.averaged(training, fold)
        out_of_fold[held_out] = trainings.opinion(member, held_out)
        members.append(member)
    if alone:
        everything = np.ones(len(fold_of), bool)
        members = [(yield from curves.averaged(trainings.member(everything, folds), folds))]
    return tuple(members), out_of_fold


@dataclass(frozen=True, eq=False)
class _Trainings:
    """What all members of a bag are made from."""

    x: NDArray[Any]
    y: NDArray[np.intp]
    groups: NDArray[np.intp]
    objective: Objective
    config: TrainingConfig
    backend: Backend
    seed: int

    def member(
        self, trained_on: NDArray[np.bool], number: int
    ) -> Generator[EpochReport, None, Member]:
        """Train the member of this number on some of the photos; the others are only watched."""
        rng = np.random.default_rng([self.seed, 1 + number])
        standardizer = Standardizer.fit(self.x[trained_on])
        trained_on, validation = self._split(trained_on, rng)
        watched = ~trained_on & ~validation
        scaled = standardizer.apply(self.x, self.config.precision)

        def photos(rows: NDArray[np.bool]) -> Examples:
            return Examples(scaled[rows], self.y[rows])

        theta = yield from Trainer(self.objective, self.config, self.backend).train(
            photos(trained_on),
            rng,
            validation=photos(validation) if validation.any() else None,
            watched=photos(watched) if watched.any() else None,
        )
        return Member(self.backend.to_numpy(theta), standardizer)

    def opinion(self, member: Member, rows: NDArray[np.bool]) -> NDArray[Any]:
        """Return the member's probabilities for these photos."""
        return member.probabilities(self.objective, self.x[rows], self.backend)

    def _split(
        self, trained_on: NDArray[np.bool], rng: np.random.Generator
    ) -> tuple[NDArray[np.bool], NDArray[np.bool]]:
        """Split off the photos that stopping early is judged on, groups kept together.

        They come out of those trained on: the held-out fold must not decide anything.
        """
        validation = np.zeros(len(trained_on), bool)
        if self.config.patience is None:
            return trained_on, validation
        rows = np.flatnonzero(trained_on)
        parts = round(1 / self.config.validation_fraction)
        fold_of = stratified_folds(
            self.y[rows], parts, rng, group_codes(self.groups[rows], len(rows))
        )
        kept = rows[fold_of > 0]
        if len(set(self.y[kept])) < 2:
            return trained_on, validation
        validation[rows[fold_of == 0]] = True
        return trained_on & ~validation, validation


def check_examples(
    x: NDArray[Any], y: NDArray[np.integer[Any]], classes: int, precision: str
) -> None:
    """Make sure that a classifier can be trained on features (n, d) and classes (n,).

    Raises:
        TrainingError: fewer than two grades are present, or a feature is not finite.
        InputError: shapes or classes do not fit, or are no numbers.
    """
    check_rows("The features", x)
    check_classes(y)
    if x.ndim != 2 or len(x) != len(y):
        raise InputError(
            f"There are features of shape {x.shape} for {len(y)} grades: give a row for each."
        )
    if len(y) and not 0 <= y.min() <= y.max() < classes:
        raise InputError(
            f"Classes must be from 0 to {classes - 1}, not {y.min()} to {y.max()}: subtract 1 from "
            "grades, or say how many classes there are."
        )
    if len(np.unique(y)) < 2:
        only = f"only grade {y[0] + 1} is" if len(y) else "no grade is"
        raise TrainingError(
            f"A classifier needs photos of at least two grades, but {only} given; grade some "
            "photos that look clearly better or worse."
        )
    with np.errstate(all="ignore"):  # what is too large for the precision is refused
        broken = np.flatnonzero(~np.isfinite(x.astype(precision, copy=False)).all(axis=1))
    if len(broken):
        raise TrainingError(
            f"The features of {len(broken)} of {len(x)} graded photos hold NaN or infinity, the "
            f"first of photo {broken[0]}; read the features again, or leave these photos out."
        )
