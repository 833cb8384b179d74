"""Bags judged as they would be trained: with the condition encoder where it helps, fold by fold.

A training asks the gate once, of all its grades. Judged on those same grades it would look better
than it is, so here the gate is asked anew without each fold, and each fold is judged by a bag of
what the other folds said.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.backend import Backend
from tinyclf.training.bag import train_classifier
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf.training.folds import dealt_folds
from tinyclf.training.gate import ask_each_fold, without_second
from tinyclf.training.trained_bag import TrainedBag


@dataclass(frozen=True, eq=False)
class GatedTraining:
    """Trains bags of several configurations on the same grades and folds.

    Attributes:
        y: Classes (n,).
        seed: Of folds and networks.
        groups: As for `train_classifier`.
        classes: How many there may be.
        backend: Where the trainings happen; NumPy if not given.
    """

    y: NDArray[np.integer[Any]]
    seed: int
    groups: Sequence[object] | NDArray[Any] | None
    classes: int
    backend: Backend | None
    _answers: dict[tuple[str, int], tuple[bool, ...]] = field(default_factory=dict, init=False)

    def let_in(
        self, x: NDArray[Any], config: TrainingConfig
    ) -> Generator[EpochReport, None, tuple[bool, ...]]:
        """Return what `ask_each_fold` does; of equal features and folds it is asked once."""
        key = config.features, config.folds
        if key not in self._answers:
            fold_of = dealt_folds(self.y, config.folds, self.seed, self.groups)
            self._answers[key] = yield from ask_each_fold(
                x, self.y, config, fold_of, self.seed, groups=self.groups
            )
        return self._answers[key]

    def train(
        self, x: NDArray[Any], config: TrainingConfig
    ) -> Generator[EpochReport, None, TrainedBag]:
        """Train a bag on these features, whatever the gate says."""
        return train_classifier(
            x,
            self.y,
            config,
            self.seed,
            groups=self.groups,
            classes=self.classes,
            backend=self.backend,
        )

    def train_each_fold_gated(
        self, x: NDArray[Any], config: TrainingConfig, let_in: Sequence[bool]
    ) -> Generator[EpochReport, None, tuple[TrainedBag, TrainedBag]]:
        """Train as most folds say, and again for those that say otherwise.

        Args:
            x: Features (n, d).
            config: How.
            let_in: Of `let_in`.

        Returns:
            The bag that most folds want, and the same with each fold's held-out opinions by a bag
            of what the other folds said.
        """
        bag = yield from self.train(wanted_by_most(x, let_in), config)
        if len(set(let_in)) < 2:
            return bag, bag
        other = yield from self.train(without_second(x) if _most(let_in) else x, config)
        minority = np.flatnonzero(np.array(let_in) != _most(let_in))
        return bag, _swapped(bag, other, np.isin(bag.fold_of, minority))


def wanted_by_most(x: NDArray[Any], let_in: Sequence[bool]) -> NDArray[Any]:
    """Return the part of features x (n, d) that most folds want; all where none was asked."""
    return x if not let_in or _most(let_in) else without_second(x)


def _most(answers: Sequence[bool]) -> bool:
    return 2 * sum(answers) > len(answers)


def _swapped(bag: TrainedBag, other: TrainedBag, rows: NDArray[np.bool_]) -> TrainedBag:
    """Return a bag with another's held-out opinions of some photos."""
    told = np.where(rows[:, None], other.out_of_fold, bag.out_of_fold)
    second = bag.second
    if second is not None and other.second is not None:
        second = _swapped(second, other.second, rows)
    return replace(bag, out_of_fold=told, second=second)
