"""The trainer: a generator that fits the parameters of one network and says how it goes."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.losses.targets import target_rows
from tinyclf.nn.objective import Objective
from tinyclf.nn.steps import choose_step
from tinyclf.training.augmentation import Augmentation
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf.training.descent import Descent
from tinyclf.training.examples import Batches, Examples
from tinyclf.training.metrics import log_loss
from tinyclf.training.recipe import build_augmentations, build_optimizer, build_schedule
from tinyclf.training.silence import Silence
from tinyclf.training.stopping import EarlyStopping

LARGEST_NORM = 5.0
"""Length a gradient is cut to: one strange batch must not throw away what was learned."""

MEASUREMENTS = 40
"""Points of a training's curves: measuring more often would cost more than it shows."""

MEASURED_EXAMPLES = 512
"""Of those trained on, how many their own curve is measured on at most."""


@dataclass(frozen=True)
class Trainer:
    """Fits an objective's parameters by a configuration.

    Attributes:
        objective: Network and loss.
        config: Its optimizer, schedule, batches, passes, mixup and patience are used.
        backend: Where the arithmetic happens.
        augmentations: What every batch goes through first; None stands for the configuration's.
    """

    objective: Objective
    config: TrainingConfig
    backend: Backend
    augmentations: tuple[Augmentation, ...] | None = None

    def train(
        self,
        examples: Examples,
        rng: np.random.Generator,
        *,
        validation: Examples | None = None,
        watched: Examples | None = None,
    ) -> Generator[EpochReport, None, Array]:
        """Train; yield a report at least every 50 ms, or every step; return theta, flat.

        Args:
            examples: What is learned from.
            rng: Every random choice comes from it.
            validation: What stopping early is judged on; without it, or without patience, every
                pass is made.
            watched: Examples whose loss is reported and influences nothing.

        Raises:
            DivergedError: the loss or a parameter ran into infinity.
        """
        epochs, steps_per_epoch = self.config.steps(len(examples))
        dtype = np.dtype(self.config.precision)
        theta = self.objective.initialize(examples.y, rng, dtype, backend=self.backend)
        descent = self._descent(theta, epochs * steps_per_epoch, rng)
        stopping = EarlyStopping(self.config.patience if validation else None)
        batches = self._batches(examples, dtype)
        seen = examples.some(MEASURED_EXAMPLES, rng)
        stride = math.ceil(epochs / MEASUREMENTS)
        report = EpochReport("Training", 0, epochs, epochs=epochs)
        yield report
        silence = Silence()
        for epoch in range(1, epochs + 1):
            # Batches differ by one example at most: none is a tiny rest.
            picks = np.array_split(rng.permutation(len(examples)), steps_per_epoch)
            yield from silence.broken(_walk(descent, batches, picks), report)
            descent.check()
            report = replace(report, done=epoch, epoch=epoch)
            if epoch % stride == 0 or epoch == epochs:
                report = self._measured(report, theta, seen, watched)
                yield replace(report, measured=True)
                silence.end()
            if validation and stopping.enough(self._figures(theta, validation)[0], theta):
                break
        yield replace(report, done=epochs)
        return stopping.restore(theta)

    def _descent(self, theta: Array, steps: int, rng: np.random.Generator) -> Descent:
        move = choose_step(
            self.objective,
            build_optimizer(self.config, self.objective).start(theta, backend=self.backend),
            theta,
            examples=self.config.batch_size,
            limit=LARGEST_NORM,
            noise=self.backend.generator(int(rng.integers(2**63))),
            backend=self.backend,
        )
        augmentations = self.augmentations
        if augmentations is None:
            augmentations = build_augmentations(self.config)
        schedule = build_schedule(self.config, steps)
        return Descent(move, schedule, augmentations, rng, self.backend)

    def _batches(self, examples: Examples, dtype: np.dtype[np.floating]) -> Batches:
        classes = self.objective.loss.classes
        targets = target_rows(examples.y, classes, dtype, backend=self.backend)
        return Batches(examples, targets, dtype, self.backend)

    def _measured(
        self, report: EpochReport, theta: Array, seen: Examples, watched: Examples | None
    ) -> EpochReport:
        loss, accuracy = self._figures(theta, seen)
        report = replace(report, loss=loss, accuracy=accuracy)
        if watched is None:
            return report
        loss, accuracy = self._figures(theta, watched)
        return replace(report, held_out_loss=loss, held_out_accuracy=accuracy)

    def _figures(self, theta: Array, examples: Examples) -> tuple[float, float]:
        """Return (log-loss, share right)."""
        opinions = [
            self.objective.probabilities(theta, x, backend=self.backend)
            for x in examples.chunks(self.config.precision)
        ]
        probabilities = np.concatenate(opinions)
        right = probabilities.argmax(axis=1) == examples.y
        return log_loss(examples.y, probabilities), float(right.mean())


def _walk(descent: Descent, batches: Batches, picks: Iterable[NDArray[np.int64]]) -> Iterator[None]:
    """Make a step on each batch, yielding after it."""
    for rows in picks:
        descent.step(*batches.pick(rows))
        yield
