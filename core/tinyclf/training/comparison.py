"""Configurations compared on the same folds: how good, how fast, how large, and how sure we are."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Interval, JudgedOn, Quality
from tinyclf.errors import ConfigError
from tinyclf.nn.backend import Backend
from tinyclf.training.bag import train_classifier
from tinyclf.training.bootstrap import resampled_sums
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf.training.gate import ask_each_fold
from tinyclf.training.metrics import absolute_error, cells, judge, kappas
from tinyclf.training.relay import relayed
from tinyclf.training.trained_bag import CLASSES, TrainedBag, dealt_folds

TIE = 0.1
"""Below this probability of being better a configuration is worse than the best."""

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
            over the first pass of the first network.
        n_bytes: Of the model file.
        beats: With which probability, 0 to 1, it is better than each of the others.
        chance: That it is better than the best one, 0 to 1; of the best itself ``None``.
        standing: To the best one, by kappa.
        recommended: The smallest of the best and those that tie with it; the best itself unless a
            tie takes fewer bytes.
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
    parts: Mapping[str, int] | None = None,
    honest: Honest = lambda bag, y: bag.out_of_fold,
    classes: int = CLASSES,
    backend: Backend | None = None,
) -> Generator[EpochReport, None, tuple[ComparisonRow, ...]]:
    """Train every configuration on the same folds; return the best first.

    The same seed gives every configuration of as many folds the same ones, and the bootstrap the
    same photos, so that differences are not those of the draw.

    Args:
        features: Matrices (n, d), by what `TrainingConfig.features` calls them.
        y: Classes (n,).
        configs: By the name they are shown by.
        seed: Of folds, networks and bootstrap.
        groups: As for `train_classifier`.
        parts: Of which features only the first so many numbers are used unless those behind them
            help, by what `TrainingConfig.features` calls them. That is asked without each fold in
            turn, so that no photo has a say in how it is judged.
        honest: What to judge by; the plain out-of-fold probabilities if not given.
        classes: How many there may be.
        backend: Where the trainings happen; NumPy if not given.

    Raises:
        ConfigError: nothing to compare, or features that are not there.
        TrainingError, DivergedError, ValueError: as `train_classifier`.
    """
    _check(features, configs)
    lots = _Lots(y, seed, groups, classes, backend)
    candidates = []
    asked: dict[tuple[str, int], tuple[bool, ...]] = {}
    for number, (name, config) in enumerate(configs.items()):
        titled = _titled(name, number, len(configs))
        x, first = features[config.features], (parts or {}).get(config.features, 0)
        let_in: tuple[bool, ...] = ()
        if 0 < first < x.shape[1]:
            key = config.features, config.folds
            if key not in asked:
                asked[key] = yield from relayed(lots.asked(x, first, config), titled)
            let_in = asked[key]
        kept = x if not let_in or _most(let_in) else x[:, :first]
        memory = yield from relayed(_weighed(lots.train(kept, config)), titled)
        bag = yield from relayed(lots.train(kept, config), titled)
        opinions = bag
        if len(set(let_in)) > 1:  # the folds disagree: each is judged by what the others say
            other = x if kept is not x else x[:, :first]
            swapped = np.isin(bag.fold_of, np.flatnonzero(np.array(let_in) != _most(let_in)))
            opinions = _swapped(
                bag, (yield from relayed(lots.train(other, config), titled)), swapped
            )
        candidates.append(_measured(name, let_in, bag, honest(opinions, y), kept, memory))
    return _ranked(candidates, y, groups, seed)


@dataclass(frozen=True, eq=False)
class _Lots:
    """What all configurations are trained on alike."""

    y: NDArray[np.integer[Any]]
    seed: int
    groups: Sequence[object] | NDArray[Any] | None
    classes: int
    backend: Backend | None

    def train(
        self, x: NDArray[Any], config: TrainingConfig
    ) -> Generator[EpochReport, None, TrainedBag]:
        """Train one on these features."""
        return train_classifier(
            x,
            self.y,
            config,
            self.seed,
            groups=self.groups,
            classes=self.classes,
            backend=self.backend,
        )

    def asked(
        self, x: NDArray[Any], first: int, config: TrainingConfig
    ) -> Generator[EpochReport, None, tuple[bool, ...]]:
        """Ask without each of the configuration's folds whether what is behind `first` helps."""
        fold_of = dealt_folds(self.y, config.folds, self.seed, self.groups)
        return ask_each_fold(x, self.y, first, fold_of, self.seed, groups=self.groups)


def _swapped(bag: TrainedBag, other: TrainedBag, rows: NDArray[np.bool_]) -> TrainedBag:
    """Return a bag with another's held-out opinions of some photos."""
    told = np.where(rows[:, None], other.out_of_fold, bag.out_of_fold)
    second = bag.second
    if second is not None and other.second is not None:
        second = _swapped(second, other.second, rows)
    return replace(bag, out_of_fold=told, second=second)


def _most(answers: Sequence[bool]) -> bool:
    return 2 * sum(answers) > len(answers)


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
        for report in training:
            if report.done:
                break
            yield report
        return max(tracemalloc.get_traced_memory()[1] - before, 0)
    finally:
        training.close()
        if begun:
            tracemalloc.stop()


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
    beats = _beats([c for _, c in judged], y, groups, seed)
    chances = {c.name: beats[c.name][best.name] for _, c in judged[1:]}
    peers = [best, *(c for _, c in judged[1:] if chances[c.name] >= TIE)]
    smallest = min(peers, key=lambda c: c.n_bytes)  # the best comes first, so it wins a draw
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
            standing=Standing.BEST if c is best else _standing(c in peers),
            recommended=c is smallest,
            let_in=c.let_in,
        )
        for quality, c in judged
    )


def _beats(
    candidates: Sequence[_Candidate],
    y: NDArray[np.integer[Any]],
    groups: Sequence[object] | NDArray[Any] | None,
    seed: int,
) -> dict[str, dict[str, float]]:
    """Return in what share of resamples one's kappa is higher than another's: ``[one][another]``.

    All are drawn the same groups of photos, so that what is easy or hard is so for both.
    """
    drawn = {}
    for one in candidates:
        sums = resampled_sums(cells(y, one.probabilities), groups, seed)
        drawn[one.name] = kappas(sums, one.probabilities.shape[1])
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
