"""The trainer: a generator that fits the parameters of one network and says how it goes."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

import numpy as np

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
from tinyclf.training.gauge import MEASURED_EXAMPLES, Gauge, stride
from tinyclf.training.passes import Picks, passes, planned
from tinyclf.training.recipe import build_augmentations, build_optimizer, build_schedule
from tinyclf.training.silence import Silence
from tinyclf.training.stopping import EarlyStopping

LARGEST_NORM = 5.0
"""Length a gradient is cut to: one strange batch must not throw away what was learned."""


@dataclass(frozen=True)
class Trainer:
    """Fits an objective's parameters by a configuration.

    Attributes:
        objective: Network and loss.
        config: Its optimizer, schedule, batches, passes, least steps, mixup, patience and
            precision are used.
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
            ConfigError: the network has a batch norm that cannot train on batches of one.
            InputError: examples of any kind do not fit the network, one is NaN or infinite, or an
                augmentation makes NaN or infinity of them.
            DivergedError: the loss, a parameter or a score ran into infinity.
        """
        self._check(examples, validation, watched)
        epochs, steps = planned(self.config, self.objective.network, len(examples))
        dtype = np.dtype(self.config.precision)
        theta = self.objective.initialize(examples.y, rng, dtype, backend=self.backend)
        descent = self._descent(theta, epochs * steps, rng)
        gauge = Gauge(self.objective, descent, theta, dtype, self.backend)
        seen = examples.some(MEASURED_EXAMPLES, rng)
        often = stride(epochs, len(examples), len(seen) + (len(watched) if watched else 0))
        stopping = EarlyStopping(self.config.patience if validation else None)
        batches = self._batches(examples, dtype)
        report = EpochReport("Training", 0, epochs, epochs=epochs)
        yield report
        silence = Silence()
        for epoch, picks in enumerate(passes(len(examples), epochs, steps, rng), 1):
            yield from silence.broken(_walk(descent, batches, picks), report)
            descent.check()
            report = replace(report, done=epoch, epoch=epoch)
            last = epoch == epochs
            if validation:
                last |= stopping.enough(gauge.figures(validation)[0], theta)
            if last or epoch % often == 0:
                report = gauge.report(report, seen, watched)
                yield replace(report, measured=True)
                silence.end()
            if last:
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
        schedule = build_schedule(self.config, steps)
        given = self.augmentations
        varied = build_augmentations(self.config) if given is None else given
        wary = given is not None  # the configuration's own make nothing infinite of what is finite
        return Descent(move, schedule, varied, rng, self.backend, wary=wary)

    def _batches(self, examples: Examples, dtype: np.dtype[np.floating]) -> Batches:
        classes = self.objective.loss.classes
        targets = target_rows(examples.y, classes, dtype, backend=self.backend)
        return Batches(examples, targets, dtype, self.backend)

    def _check(self, *sets: Examples | None) -> None:
        shape, classes = self.objective.network.input_shape, self.objective.loss.classes
        for examples in sets:
            if examples is not None:
                examples.check_shapes(shape, classes)
                examples.check_finite(self.config.precision)


def _walk(descent: Descent, batches: Batches, picks: Picks) -> Iterator[None]:
    """Make a step on each batch, yielding after it."""
    for rows in picks:
        descent.step(*batches.pick(rows))
        yield
