"""Every backend that a training can happen on, and a classifier of every loss."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.nn.card.stand_in import card_backend
from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.training.bag import train_classifier
from tinyclf.training.classifier import Classifier
from tinyclf.training.config import CHOICES, TrainingConfig

BACKENDS: dict[str, Callable[[], Backend]] = {
    "numpy": lambda: NumpyBackend(compiled=False),
    "compiled": lambda: NumpyBackend(compiled=True),
    "card": lambda: card_backend("stand-in"),
}


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> Backend:
    """The processor in plain NumPy and in compiled loops, and a stand-in for a card."""
    if request.param == "compiled":
        pytest.importorskip("numba", reason="compiled loops need numba")
    return BACKENDS[request.param]()


@pytest.fixture(params=CHOICES["loss"])
def classifier(
    finish: Callable[..., Any],
    graded: Callable[..., Any],
    quick: TrainingConfig,
    request: pytest.FixtureRequest,
) -> Classifier:
    """A classifier for sixty photos, trained in a moment."""
    config = replace(quick, loss=request.param)
    trained: Classifier = finish(train_classifier(*graded(), config, 0)).classifier("eye-1", 1.7)
    return trained
