"""Parameters on their way down: the state of one training, moved one batch at a time."""

from __future__ import annotations

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.clipping import clip_norm
from tinyclf.nn.divergence import guarded
from tinyclf.nn.objective import Objective
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
        rng: Of mixup; dropout gets a generator of its own on the backend.
        backend: Where theta lives.
    """

    def __init__(
        self,
        objective: Objective,
        config: TrainingConfig,
        theta: Array,
        steps: int,
        rng: np.random.Generator,
        backend: Backend,
    ) -> None:
        self.theta = theta
        self._objective = objective
        self._mixup = config.mixup
        self._backend = backend
        self._rng = rng
        self._noise = backend.generator(int(rng.integers(2**63)))
        self._gradient = backend.xp.empty_like(theta)
        self._schedule = build_schedule(config, steps)
        self._step = build_optimizer(config, objective).start(theta, backend=backend)
        self._number = 0

    def step(self, x: Array, targets: Array) -> None:
        """Move the parameters by one batch: x (n, d), rows of class shares (n, k).

        Raises:
            DivergedError: the loss or a parameter ran into infinity.
        """
        x, targets = self._mixed(x, targets)
        with guarded(self._backend, self._number):
            self._objective.value_and_gradient(
                self.theta, x, targets, self._gradient, backend=self._backend, rng=self._noise
            )
            clip_norm(self._gradient, LARGEST_NORM, backend=self._backend)
            self._step(self.theta, self._gradient, self._schedule(self._number))
        self._number += 1

    def _mixed(self, x: Array, targets: Array) -> tuple[Array, Array]:
        """Return the batch with every row blended into another (mixup, Zhang et al. 2018)."""
        if self._mixup == 0:
            return x, targets
        share = self._rng.beta(self._mixup, self._mixup, (len(x), 1))
        share = self._backend.asarray(np.maximum(share, 1 - share), x.dtype)
        other = self._backend.asarray(self._rng.permutation(len(x)))
        return x * share + x[other] * (1 - share), targets * share + targets[other] * (1 - share)
