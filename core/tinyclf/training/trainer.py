"""The trainer: a generator that fits the parameters of one network and says how it goes."""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.losses.targets import target_rows
from tinyclf.nn.objective import Objective
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf.training.descent import Descent
from tinyclf.training.metrics import log_loss
from tinyclf.training.stopping import EarlyStopping

Photos: TypeAlias = tuple[NDArray[Any], NDArray[np.integer[Any]]]
"""Features (n, d), scaled, in the precision of the training, and their classes (n,)."""

SILENCE = 0.03
"""Seconds of work after which the trainer yields, so that a window can stop it at once."""

MEASUREMENTS = 40
"""Points of a training's curves: measuring more often would cost more than it shows."""

MEASURED_PHOTOS = 512
"""Of those trained on, how many their own curve is measured on at most."""


@dataclass(frozen=True)
class Trainer:
    """Fits an objective's parameters by a configuration.

    Attributes:
        objective: Network and loss.
        config: Its optimizer, schedule, batches, passes, mixup and patience are used.
        backend: Where the arithmetic happens.
    """

    objective: Objective
    config: TrainingConfig
    backend: Backend

    def train(
        self,
        x: NDArray[Any],
        y: NDArray[np.integer[Any]],
        rng: np.random.Generator,
        *,
        validation: Photos | None = None,
        watched: Photos | None = None,
    ) -> Generator[EpochReport, None, Array]:
        """Train; yield a report at least every 50 ms, or every step; return theta, flat.

        Args:
            x: (n, d), scaled, in the configured precision.
            y: Classes (n,) from 0.
            rng: Every random choice comes from it.
            validation: Photos that stopping early is judged on; without them, or without patience,
                every pass is made.
            watched: Photos whose loss is reported and influences nothing.

        Raises:
            DivergedError: the loss or a parameter ran into infinity.
        """
        epochs, steps_per_epoch = self.config.steps(len(x))
        theta = self.objective.initialize(y, rng, x.dtype, backend=self.backend)
        steps = epochs * steps_per_epoch
        descent = Descent(self.objective, self.config, theta, steps, rng, self.backend)
        stopping = EarlyStopping(self.config.patience if validation else None)
        targets = target_rows(y, self.objective.loss.classes, x.dtype, backend=self.backend)
        inputs, seen = self.backend.asarray(x), _some((x, y), MEASURED_PHOTOS, rng)
        stride = math.ceil(epochs / MEASUREMENTS)
        report = EpochReport("Training", 0, epochs, epochs=epochs)
        yield report
        spoke = time.perf_counter()
        for epoch in range(1, epochs + 1):
            # Batches differ by one photo at most: none is a tiny rest.
            for rows in np.array_split(rng.permutation(len(x)), steps_per_epoch):
                batch = self.backend.asarray(rows)
                descent.step(inputs[batch], targets[batch])
                if time.perf_counter() - spoke > SILENCE:
                    yield report
                    spoke = time.perf_counter()
            report = replace(report, done=epoch, epoch=epoch)
            if epoch % stride == 0 or epoch == epochs:
                report = self._measured(report, theta, seen, watched)
                yield replace(report, measured=True)
                spoke = time.perf_counter()
            if validation and stopping.enough(self._figures(theta, validation)[0], theta):
                break
        yield replace(report, done=epochs)
        return stopping.restore(theta)

    def _measured(
        self, report: EpochReport, theta: Array, seen: Photos, watched: Photos | None
    ) -> EpochReport:
        loss, accuracy = self._figures(theta, seen)
        report = replace(report, loss=loss, accuracy=accuracy)
        if watched is None:
            return report
        loss, accuracy = self._figures(theta, watched)
        return replace(report, held_out_loss=loss, held_out_accuracy=accuracy)

    def _figures(self, theta: Array, photos: Photos) -> tuple[float, float]:
        """Return (log-loss, share right)."""
        x, y = photos
        probabilities = self.objective.probabilities(theta, x, backend=self.backend)
        return log_loss(y, probabilities), float((probabilities.argmax(axis=1) == y).mean())


def _some(photos: Photos, n: int, rng: np.random.Generator) -> Photos:
    x, y = photos
    if len(x) <= n:
        return photos
    rows = np.sort(rng.choice(len(x), n, replace=False))
    return x[rows], y[rows]
