"""What every training step is: a batch in, all parameters moved by it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import StartedOptimizer


@dataclass(eq=False)
class TrainingStep(ABC):
    """One step after the other on one vector of parameters: ``step(x, targets, rate)``.

    Each within :func:`tinyclf.nn.divergence.guarded`, which has NumPy raise on infinity.

    Attributes:
        immediate: Whether infinity is found at the very step that ran into it, else some later.
        objective: What is made small.
        optimizer: At work on ``theta``.
        theta: All parameters (n_parameters,), changed in place.
        limit: The longest gradient allowed.
        noise: Randomness for dropout, of the backend.
        backend: Where everything is.
    """

    immediate: ClassVar[bool]

    objective: Objective
    optimizer: StartedOptimizer
    theta: Array
    _: KW_ONLY
    limit: float
    noise: np.random.Generator
    backend: Backend

    def __post_init__(self) -> None:
        self._gradient = self.backend.xp.empty_like(self.theta)

    @abstractmethod
    def __call__(self, x: Array, targets: Array, rate: float) -> None:
        """Move the parameters by one batch.

        Args:
            x: Inputs (n, *input_shape), of the dtype of the parameters.
            targets: Rows of shares (n, classes), likewise.
            rate: The learning rate.

        Raises:
            FloatingPointError: a loss or a gradient was infinite or NaN.
        """

    @abstractmethod
    def check(self) -> None:
        """Raise FloatingPointError if a step not yet checked ran into infinity or NaN."""
