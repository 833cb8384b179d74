"""Which training step pays: recorded for small nets on a card, launched for all others."""

from __future__ import annotations

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend, CupyBackend
from tinyclf.nn.layers import Linear
from tinyclf.nn.layers.elementwise import Elementwise
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import StartedOptimizer
from tinyclf.nn.steps.captured import CapturedStep
from tinyclf.nn.steps.launched import LaunchedStep
from tinyclf.nn.steps.step import TrainingStep

MOST_PRODUCTS = 2**24
"""Multiplications of a batch by all parameters up to which a net is small: beyond, launching takes
little of the time, and cuBLAS is much faster than a product that can be recorded."""


def choose_step(
    objective: Objective,
    optimizer: StartedOptimizer,
    theta: Array,
    *,
    examples: int,
    limit: float,
    noise: np.random.Generator,
    backend: Backend,
) -> TrainingStep:
    """Return the step that is fastest here.

    Recording is of use on a card, for small nets of linear layers and what goes element by element,
    dropout included.

    Args:
        objective: What is made small.
        optimizer: At work on ``theta``.
        theta: All parameters (n_parameters,), changed in place.
        examples: In a batch at most.
        limit: The longest gradient allowed.
        noise: Randomness for dropout, of the backend.
        backend: Where everything is.
    """
    if isinstance(backend, CupyBackend) and _is_small(objective, examples):
        return CapturedStep(objective, optimizer, theta, limit=limit, noise=noise, backend=backend)
    return LaunchedStep(objective, optimizer, theta, limit=limit, noise=noise, backend=backend)


def _is_small(objective: Objective, examples: int) -> bool:
    if not all(isinstance(layer, Linear | Elementwise) for layer in objective.network.layers):
        return False
    return 0 < objective.n_parameters * examples <= MOST_PRODUCTS
