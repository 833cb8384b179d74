"""What more than one room needs: a job walked to its end, and small graded worlds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.walking import finished
from tinyclf.domain import Job
from tinyclf.training.config import TrainingConfig


@pytest.fixture
def quick() -> TrainingConfig:
    """A configuration that trains in a tenth of a second."""
    return TrainingConfig(
        hidden=(16,), dropout=0.1, input_dropout=0.0, least_steps=100, folds=3, learning_rate=0.03
    )


@pytest.fixture
def finish() -> Callable[[Job[Any]], Any]:
    """Walks a job to its end and returns its result."""
    return finished


@pytest.fixture
def graded() -> Callable[..., tuple[NDArray[Any], NDArray[Any]]]:
    """Makes features (n, d), the first four of which rise with the grade, and classes (n,)."""

    def make(n: int = 60, d: int = 12, noise: float = 0.5, seed: int = 0) -> Any:
        rng = np.random.default_rng(seed)
        y = np.arange(n) % 5
        x = rng.normal(size=(n, d)) * noise
        x[:, :4] += y[:, None]
        return x.astype(np.float32), y

    return make
