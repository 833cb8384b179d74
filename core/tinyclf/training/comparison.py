"""Configurations compared on the same folds: how good, how fast, how large, and how sure we are."""

from __future__ import annotations

import math
import time
import tracemalloc
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Interval, JudgedOn, Quality
from tinyclf.errors import ConfigError
from tinyclf.nn.backend import Backend
from tinyclf.training.bootstrap import resampled_sums
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf.training.gated_training import GatedTraining, wanted_by_most
from tinyclf.training.metrics import absolute_error, cells, judge, kappas
from tinyclf.training.relay import relayed
from tinyclf.training.trained_bag import CLASSES, TrainedBag

TIE = 0.05
"""Below this probability of being better a configuration is worse than another; above, they tie."""

MUCH_SMALLER = 0.5
"""Of a tie one of at most this share of the best one's size is taken instead of it."""

TIMED_ROWS = 512
"""Photos proposed for to measure the time per photo."""

Honest: TypeAlias = Callable[[TrainedBag, NDArray[np.integer[Any]]], NDArray[Any]]
"""From a bag and the classes it was trained on: probabilities fit to be judged by."""


class Standing(StrEnum):
    """How a configuration stands to the best of a comparison, the one of the highest kappa."""

    BEST = "best"
    TIE = "tie"
    WORSE = "worse"


@dataclass(frozen=True)
class ComparisonRow:
    """One configuration of a comparison.

    Attributes:
        name: As given.
        quality: On photos not seen, by cross-validation.
        mean_absolute_error: In grades, 0 to one less than there are classes.
        train_seconds: The whole bag, on this machine.
        ms_per_photo: A proposal's milliseconds, without extracting the features.
        memory_bytes: What training takes at most in main memory, besides the features; measured
            over the first pass of the first network, when what is kept from one training to the
            next is there already.
        n_bytes: Of the model file.
        beats: With which probability, 0 to 1, it is better than each of the others.
        chance: That it is better than the best one, 0 to 1, by kappa; of the best itself ``None``.
        standing: To the best one, by kappa.
        recommended: Of the best and those that tie with it, and have a higher kappa than all that
            do not, those that also tie with the one of them that is right most often; of these the
            first, unless another is much smaller: `MUCH_SMALLER`.
        fewer_right: It ties by kappa, but surely fewer of its grades are right than another's that
            ties.
        let_in: Of each fold, whether the second part of its features was let in, which the photos
            of the other folds were asked; empty where there is none. Time and size are of the
            choice of most folds.
    """

    name: str
    quality: Quality
    mean_absolute_error: Interval
    train_seconds: float
    ms_per_photo: float
    memory_bytes: int
    n_bytes: int
    beats: Mapping[str, float]
    chance: float | None
    standing: Standing
    recommended: bool
    let_in: tuple[bool, ...] = ()
    fewer_right: bool = False


@dataclass(frozen=True, eq=False)
class _Candidate:
    name: str
    let_in: tuple[bool, ...]
    bag: TrainedBag
    probabilities: NDArray[Any]
    ms_per_photo: float
    memory_bytes: int
    n_bytes: int


def compare(
    features: Mapping[str, NDArray[Any]],
    y: NDArray[np.integer[Any]],
    configs: Mapping[str, TrainingConfig],
    seed: int,
    *,
    groups: Sequence[object] | NDArray[Any] | None = None,
    honest: Honest = lambda bag, y: bag.out_of_fold,
    classes: int = CLASSES,
    backend: Backend | None = None,
) -> Generator[EpochReport, None, tuple[ComparisonRow, ...]]:
    """Train every configuration on the same folds; return the best first.

    The same seed gives every configuration of as many folds the same ones, and the bootstrap the
    same photos, so that differences are not those of the draw. The condition encoder is let in as
    the other folds say, for each fold by itself: see `gated_training`.

    Args:
        features: Matrices (n, d), by what `TrainingConfig.features` calls them.
        y: Classes (n,).
        configs: By the name they are shown by.
        seed: Of folds, networks and bootstrap.
        groups: As for `train_classifier`.
        honest: What to judge by; the plain out-of-fold probabilities if not given.
        classes: How many there may be.
        backend: Where the trainings happen; NumPy if not given.

    Raises:
        ConfigError: nothing to compare, or features that are not there.
        TrainingError, DivergedError, InputError: as `train_classifier`.
    """
    _check(features, configs)
    training = GatedTraining(y, seed, groups, classes, backend)
    candidates = []
    for number, (name, config) in enumerate(configs.items()):
        job = _candidate(name, features[config.features], config, training, honest)
        candidates.append((yield from relayed(job, _titled(name, number, len(configs)))))
    return _ranked(candidates, y, groups, seed)


def _candidate(
    name: str, x: NDArray[Any], config: TrainingConfig, training: GatedTraining, honest: Honest
) -> Generator[EpochReport, None, _Candidate]:
    """Train one configuration, and measure what it takes and what it is worth."""
    let_in = yield from training.let_in(x, config)
    kept = wanted_by_most(x, let_in)
    yield from _first_pass(training.train(kept, config))  # so that none pays for what all share
    memory = yield from _weighed(training.train(kept, config))
    bag, judged = yield from training.train_each_fold_gated(x, config, let_in)
    return _measured(name, let_in, bag, honest(judged, training.y), kept, memory)


def _titled(name: str, number: int, count: int) -> Callable[[EpochReport], EpochReport]:
    """Return what makes a training's reports part of the comparison's."""
    what = f"Training {name} ({number + 1} of {count})"

    def titled(report: EpochReport) -> EpochReport:
        done = number * report.total + report.done
        return replace(report, what=what, done=done, total=count * report.total)

    return titled


def _weighed(
    training: Generator[EpochReport, None, TrainedBag],
) -> Generator[EpochReport, None, int]:
    """Walk a training's first pass; return how many more bytes it took at most."""
    begun = not tracemalloc.is_tracing()
    if begun:
        tracemalloc.start()
    try:
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        yield from _first_pass(training)
        return max(tracemalloc.get_traced_memory()[1] - before, 0)
    finally:
        if begun:
            tracemalloc.stop()


def _first_pass(
    training: Generator[EpochReport, None, TrainedBag],
) -> Generator[EpochReport, None, None]:
    """Walk a training's first pass, then end it."""
    with closing(training):
        for report in training:
            if report.done:
                return
            yield report


def _measured(
    name: str,
    let_in: tuple[bool, ...],
    bag: TrainedBag,
    probabilities: NDArray[Any],
    x: NDArray[Any],
    memory: int,
) -> _Candidate:
    heard = [bag.classifier("")] + ([bag.second.classifier("")] if bag.second else [])
    rows = np.resize(x, (TIMED_ROWS, x.shape[1]))
    started = time.perf_counter()
    for classifier in heard:
        classifier.probabilities(rows)
    seconds = time.perf_counter() - started
    n_bytes = sum(len(classifier.to_bytes()) for classifier in heard)
    # The members trained before stay, and those of the first pass were not there yet.
    memory += sum(member.theta.nbytes for member in bag.members[1:])
    return _Candidate(
        name, let_in, bag, probabilities, 1000 * seconds / TIMED_ROWS, memory, n_bytes
    )


def _ranked(
    candidates: Sequence[_Candidate],
    y: NDArray[np.integer[Any]],
    groups: Sequence[object] | NDArray[Any] | None,
    seed: int,
) -> tuple[ComparisonRow, ...]:
    judged = [
        (judge(y, c.probabilities, JudgedOn.CROSS_VALIDATION, groups=groups, seed=seed), c)
        for c in candidates
    ]
    judged.sort(key=lambda pair: -pair[0].kappa.value)
    best = judged[0][1]
    sums = _drawn([c for _, c in judged], y, groups, seed)
    beats = _beats({name: kappas(own, math.isqrt(own.shape[1])) for name, own in sums.items()})
    more_right = _beats({name: _exact(own) for name, own in sums.items()})
    chances = {c.name: beats[c.name][best.name] for _, c in judged[1:]}
    tied = {name for name in sums if chances.get(name, 1) >= TIE}
    peers = list(takewhile(lambda pair: pair[1].name in tied, judged))
    rightest = max(peers, key=lambda pair: pair[0].exact.value)[1].name
    fewer = {c.name for _, c in peers if more_right[c.name].get(rightest, 1) < TIE}
    able = [c for _, c in peers if c.name not in fewer]
    smallest = min(able, key=lambda c: c.n_bytes)  # the best comes first, so it wins a draw
    is_worth = smallest.n_bytes <= MUCH_SMALLER * able[0].n_bytes
    taken = smallest if is_worth else able[0]
    return tuple(
        ComparisonRow(
            name=c.name,
            quality=quality,
            mean_absolute_error=absolute_error(y, c.probabilities, groups=groups, seed=seed),
            train_seconds=c.bag.seconds,
            ms_per_photo=c.ms_per_photo,
            memory_bytes=c.memory_bytes,
            n_bytes=c.n_bytes,
            beats=beats[c.name],
            chance=chances.get(c.name),
            standing=Standing.BEST if c is best else _standing(c.name in tied),
            recommended=c is taken,
            let_in=c.let_in,
            fewer_right=c.name in fewer,
        )
        for quality, c in judged
    )


def _drawn(
    candidates: Sequence[_Candidate],
    y: NDArray[np.integer[Any]],
    groups: Sequence[object] | NDArray[Any] | None,
    seed: int,
) -> dict[str, NDArray[np.float64]]:
    """Return the flattened confusion tables of resamples (resamples, classes²), by name.

    All are drawn the same groups of photos, so that what is easy or hard is so for all.
    """
    return {c.name: resampled_sums(cells(y, c.probabilities), groups, seed) for c in candidates}


def _exact(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of exact grades in each of flattened confusion tables (…, classes²)."""
    diagonal = math.isqrt(sums.shape[-1]) + 1
    shares: NDArray[np.float64] = sums[..., ::diagonal].sum(axis=-1) / sums.sum(axis=-1)
    return shares


def _beats(drawn: Mapping[str, NDArray[np.float64]]) -> dict[str, dict[str, float]]:
    """Return in what share of resamples one's figure is higher than another's: ``[one][another]``.

    Args:
        drawn: The figure of each resample (resamples,), by name.
    """
    return {
        name: {other: _share_higher(own, drawn[other]) for other in drawn if other != name}
        for name, own in drawn.items()
    }


def _share_higher(own: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float((own > other).mean() + 0.5 * (own == other).mean())


def _standing(tie: bool) -> Standing:
    return Standing.TIE if tie else Standing.WORSE


def _check(features: Mapping[str, NDArray[Any]], configs: Mapping[str, TrainingConfig]) -> None:
    if not configs:
        raise ConfigError("There is nothing to compare; name at least one configuration.")
    for name, config in configs.items():
        if config.features not in features:
            raise ConfigError(
                f"{name} is trained on {config.features}, which were not read; leave it out, or "
                f"set its features to {' or '.join(features)}."
            )
