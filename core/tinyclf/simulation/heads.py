"""What proposes grades in a simulated session, from what the person has said up to now."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job
from tinyclf.simulation.graded_collection import GradedCollection
from tinyclf.training.bag import train_classifier
from tinyclf.training.config import TrainingConfig
from tinyclf.training.gate import let_in
from tinyclf.training.presets import BALANCED
from tinyclf.trust.calibration import calibrated

Opinion: TypeAlias = NDArray[np.floating[Any]]
"""Probabilities (n, classes) of all photos of a collection."""


class Learner(Protocol):
    """Learns again and again while one person works."""

    def learn(self, rows: NDArray[np.intp], classes: NDArray[np.intp]) -> Job[Opinion]:
        """Learn from all that was said up to now; return what it makes of all photos.

        Args:
            rows: The photos something was said of, of at least two classes.
            classes: What was said of them.
        """


class Head(Protocol):
    """What learners of one collection share; made once from the collection."""

    def begin(self, seed: int) -> Learner:
        """Return a learner that knows nothing yet; the seed is of whatever is random in it."""


class BagHead:
    """What ``tinyclf train`` makes, anew each time: gate, bag and calibration."""

    def __init__(self, collection: GradedCollection, config: TrainingConfig = BALANCED) -> None:
        self._x = collection.features[config.features]
        self._units = collection.units
        self._config = config

    def begin(self, seed: int) -> Learner:
        """Return a learner; it remembers nothing between two trainings."""
        return _BagLearner(self._x, self._units, self._config, seed)


class _BagLearner:
    def __init__(
        self, x: NDArray[Any], units: NDArray[np.intp], config: TrainingConfig, seed: int
    ) -> None:
        self._x, self._units, self._config, self._seed = x, units, config, seed

    def learn(self, rows: NDArray[np.intp], classes: NDArray[np.intp]) -> Job[Opinion]:
        """Return the calibrated opinions of a new bag."""
        units, seed = self._units[rows], self._seed
        x, config, _ = yield from let_in(self._x[rows], classes, self._config, seed, groups=units)
        bag = yield from train_classifier(x, classes, config, seed, groups=units)
        opinion = yield from calibrated(bag, classes, "").propose(self._x[:, : x.shape[1]])
        return opinion
