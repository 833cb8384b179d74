"""Parameters on their way down: the state of one training, moved one batch at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.captured_step import captured_step
from tinyclf.nn.clipping import clip_norm
from tinyclf.nn.divergence import guarded
from tinyclf.nn.objective import Objective
from tinyclf.training.augmentation import Augmentation
from tinyclf.training.config import TrainingConfig
from tinyclf.training.recipe import build_optimizer, build_schedule

LARGEST_NORM = 5.0
"""Length a gradient is cut to: one strange batch must not throw away what was learned."""


class Descent:
    """An optimizer and a schedule at work on one vector of parameters.

    Args:
        objective: What is made small.
        config: Its optimizer and schedule are used.
        theta: Where to begin (n_parameters,); changed in place.
        steps: How many there will be.
        rng: Of the augmentations; dropout gets a generator of its own on the backend.
        backend: Where theta lives.
        augmentations: What every batch goes through first.
    """

    def __init__(
        self,
        objective: Objective,
        config: TrainingConfig,
        theta: Array,
        steps: int,
        rng: np.random.Generator,
        backend: Backend,
        augmentations: Sequence[Augmentation] = (),
    ) -> None:
        self.theta = theta
        self._objective = objective
        self._augmentations = augmentations
        self._backend = backend
        self._rng = rng
        self._noise = backend.generator(int(rng.integers(2**63)))
        self._gradient = backend.xp.empty_like(theta)
        self._schedule = build_schedule(config, steps)
        self._step = build_optimizer(config, objective).start(theta, backend=backend)
        self._captured = captured_step(
            objective,
            self._step,
            theta,
            examples=config.batch_size,
            limit=LARGEST_NORM,
            noise=self._noise,
            backend=backend,
        )
        self._number = 0

    def step(self, x: Array, targets: Array) -> None:
        """Move the parameters by one batch.

        Args:
            x: Inputs (n, *input_shape), scaled; the batch is this step's to overwrite.
            targets: Rows of class shares (n, k), likewise.

        Raises:
            DivergedError: the loss or a parameter ran into infinity.
        """
        for augmentation in self._augmentations:
            x, targets = augmentation(x, targets, self._rng, backend=self._backend)
        rate = self._schedule(self._number)
        with guarded(self._backend, self._number):
            if self._captured is not None:
                self._captured(x, targets, rate)
            else:
                self._objective.value_and_gradient(
                    self.theta, x, targets, self._gradient, backend=self._backend, rng=self._noise
                )
                clip_norm(self._gradient, LARGEST_NORM, backend=self._backend)
                self._step(self.theta, self._gradient, rate)
        self._number += 1

    def look(self) -> None:
        """Raise DivergedError if a step since the last look ran into infinity.

        Only a captured step does not look by itself.
        """
        if self._captured is not None:
            with guarded(self._backend, self._number):
                self._captured.look()
