"""A training step that is computed operation by operation, on any backend and for any network."""

from __future__ import annotations

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.clipping import clip_norm
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import StartedOptimizer


class LaunchedStep:
    """One step after the other, each checked as it is made: ``step(x, targets, rate)``.

    Args:
        objective: What is made small.
        optimizer: At work on ``theta``.
        theta: All parameters (n_parameters,), changed in place.
        limit: The longest gradient allowed.
        noise: Randomness for dropout, of the backend.
        backend: Where everything is.
    """

    immediate = True

    def __init__(
        self,
        objective: Objective,
        optimizer: StartedOptimizer,
        theta: Array,
        *,
        limit: float,
        noise: np.random.Generator,
        backend: Backend,
    ) -> None:
        self._objective, self._optimizer, self._theta = objective, optimizer, theta
        self._limit, self._noise, self._backend = limit, noise, backend
        self._gradient = backend.xp.empty_like(theta)

    def __call__(self, x: Array, targets: Array, rate: float) -> None:
        """Move the parameters by one batch; see :class:`~.step.TrainingStep`."""
        self._objective.value_and_gradient(
            self._theta, x, targets, self._gradient, backend=self._backend, rng=self._noise
        )
        clip_norm(self._gradient, self._limit, backend=self._backend)
        self._optimizer(self._theta, self._gradient, rate)

    def check(self) -> None:
        """Do nothing: every step was checked as it was made."""
