"""A bag of networks, each trained without its fold of the photos: honest opinions for free.

Every photo is held out from exactly one member, so that member's opinion of it says what the
classifier is worth on photos it has not seen. New photos get the mean opinion of all (bagging,
Breiman 1996; the folds as in Krogh and Vedelsby 1995). Beside it there may be a second opinion, of
linear heads that care less for the order of the classes.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.nn.objective import Objective
from tinyclf.training.classifier import Member
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import Curves, EpochReport
from tinyclf.training.examples import Examples
from tinyclf.training.folds import dealt_folds, group_codes, stratified_folds
from tinyclf.training.given import check_examples
from tinyclf.training.recipe import build_objective, build_standardizer
from tinyclf.training.relay import relayed
from tinyclf.training.second_bag import second_bag
from tinyclf.training.trained_bag import CLASSES, TrainedBag
from tinyclf.training.trainer import Trainer


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
    fold_of = dealt_folds(y, config.folds, seed, groups)
    codes = group_codes(groups, len(y))
    objective = build_objective(config, x.shape[1], y, classes)
    trainings = _Trainings(
        x, y.astype(np.intp), codes, objective, config, backend or NumpyBackend(), seed
    )
    latest = EpochReport("Training", 0, 0)

    def noted(report: EpochReport) -> EpochReport:
        nonlocal latest
        latest = report
        return report

    members, out_of_fold = yield from relayed(_cross_trained(trainings, fold_of, classes), noted)
    second = None
    if config.hears_second:
        told = second_bag(x, y, config, seed, groups=groups, classes=classes)
        second = yield from relayed(told, lambda _: replace(latest, measured=False))
    seconds = time.perf_counter() - started
    return TrainedBag(objective, members, out_of_fold, fold_of, config, seconds, second=second)


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
        standardizer = build_standardizer(self.config, self.x[trained_on])
        trained_on, validation = self._split(trained_on, rng)
        watched = ~trained_on & ~validation

        def photos(rows: NDArray[np.bool]) -> Examples:
            scaled = standardizer.apply_to(self.x, np.flatnonzero(rows), self.config.precision)
            return Examples(scaled, self.y[rows])

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
