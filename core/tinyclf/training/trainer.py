"""The trainer: a generator that fits the parameters of one network and says how it goes."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import InputError
from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.finite import all_finite
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
            InputError: examples of any kind do not fit the network, or one is NaN or infinite.
            DivergedError: the loss, a parameter or a score ran into infinity.
        """
        self._check(examples, validation, watched)
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
                report = self._measured(report, descent, theta, seen, watched)
                yield replace(report, measured=True)
                silence.end()
            if validation:
                loss, _ = self._figures(descent, theta, validation)
                if stopping.enough(loss, theta):
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

    def _check(self, *sets: Examples | None) -> None:
        shape, classes = self.objective.network.input_shape, self.objective.loss.classes
        for examples in sets:
            if examples is not None:
                examples.check_shapes(shape, classes)
                examples.check_finite(self.config.precision)

    def _measured(
        self,
        report: EpochReport,
        descent: Descent,
        theta: Array,
        seen: Examples,
        watched: Examples | None,
    ) -> EpochReport:
        # By themselves, too: a sign makes a plain number of infinity.
        if not all_finite(self.backend.xp, theta):
            raise descent.spoiled("infinity or NaN in the parameters")
        loss, accuracy = self._figures(descent, theta, seen)
        report = replace(report, loss=loss, accuracy=accuracy)
        if watched is None:
            return report
        loss, accuracy = self._figures(descent, theta, watched)
        return replace(report, held_out_loss=loss, held_out_accuracy=accuracy)

    def _figures(self, descent: Descent, theta: Array, examples: Examples) -> tuple[float, float]:
        """Return (log-loss, share right)."""
        chunks = examples.chunks(self.config.precision)
        opinions = [self._opinion(descent, theta, x) for x in chunks]
        probabilities = np.concatenate(opinions)
        right = probabilities.argmax(axis=1) == examples.y
        return log_loss(examples.y, probabilities), float(right.mean())

    def _opinion(self, descent: Descent, theta: Array, x: Array) -> NDArray[np.floating]:
        """Return the probabilities (n, classes) of inputs, which are known to be right."""
        try:
            with np.errstate(all="ignore"):  # what comes of it is looked at
                return self.objective.probabilities(theta, x, backend=self.backend)
        except (InputError, FloatingPointError) as error:
            network = self.objective.network
            own, x = theta[: network.n_parameters], self.backend.asarray(x, theta.dtype)
            place = network.first_overflow(own, x, backend=self.backend)
            raise descent.spoiled(f"infinity or NaN in {place}") from error


def _walk(descent: Descent, batches: Batches, picks: Iterable[NDArray[np.int64]]) -> Iterator[None]:
    """Make a step on each batch, yielding after it."""
    for rows in picks:
        descent.step(*batches.pick(rows))
        yield
