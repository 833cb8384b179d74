"""How good a recipe is on examples that each network did not see, fold by fold.

In each fold all is fitted anew from its own examples to learn from: how inputs are prepared, which
pass is best, and the network. Examples of one group are never on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.dataset import Dataset
from tinyclf.domain import Interval, Job, Progress
from tinyclf.fitting.chance import Purpose, generator
from tinyclf.fitting.learning import learn
from tinyclf.fitting.settings import FitSettings
from tinyclf.fitting.splits import fold_of_each, held_out, require_classes
from tinyclf.nn.backend import Backend
from tinyclf.training.folds import count_groups
from tinyclf.training.intervals import wilson
from tinyclf.training.metrics import exact
from tinyclf.training.relay import relayed


@dataclass(frozen=True, eq=False)
class CrossValidated:
    """What the folds gave.

    Attributes:
        accuracies: The share right of each fold.
        opinions: Probabilities (n, classes) of each example by the network that did not see it.
        accuracy: The share right of all examples, with its 95 % interval.
    """

    accuracies: tuple[float, ...]
    opinions: NDArray[np.float64]
    accuracy: Interval

    @property
    def mean(self) -> float:
        """The mean of the folds."""
        return float(np.mean(self.accuracies))


def cross_validate(
    dataset: Dataset, settings: FitSettings, backend: Backend
) -> Job[CrossValidated]:
    """Judge settings by as many networks as there are folds.

    Args:
        dataset: The examples.
        settings: With a number of folds.
        backend: Where the arithmetic happens.

    Raises:
        InputError: the examples are too few.
    """
    folds = settings.folds or 2
    fold_of = fold_of_each(dataset, folds, generator(settings.seed, Purpose.FOLDS))
    opinions = np.empty((len(dataset), len(dataset.classes)))
    accuracies = []
    for fold in range(folds):
        is_held = fold_of == fold
        opinions[is_held] = yield from relayed(
            _opinions(dataset, is_held, settings, fold, backend),
            partial(_reworded, fold=fold, folds=folds),
        )
        accuracies.append(exact(dataset.y[is_held], opinions[is_held]))
    share = exact(dataset.y, opinions)
    independent = count_groups(dataset.groups, len(dataset))
    return CrossValidated(tuple(accuracies), opinions, Interval(share, *wilson(share, independent)))


def _opinions(
    dataset: Dataset,
    is_held: NDArray[np.bool_],
    settings: FitSettings,
    fold: int,
    backend: Backend,
) -> Job[NDArray[np.float64]]:
    """Return what a network says of the examples held (n,) that learnt from the others alone."""
    learnt_from, held = dataset.take(~is_held), dataset.take(is_held)
    require_classes(learnt_from, dataset)
    train, validation = held_out(
        learnt_from, settings.validation, generator(settings.seed, Purpose.SPLITS, fold + 1)
    )
    require_classes(train, dataset)
    rng = generator(settings.seed, Purpose.LEARNING, fold + 1)
    learnt = yield from learn(train, settings, rng, backend, validation)
    return (yield from learnt.model.predicting(held.x))


def _reworded(report: Progress, fold: int, folds: int) -> Progress:
    return replace(report, what=f"Fold {fold + 1} of {folds}: {report.what}")
