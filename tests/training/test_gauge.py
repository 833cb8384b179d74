"""A gauge measures seldom enough, and says where infinity is."""

from typing import Any

import numpy as np
import pytest

from tinyclf.errors import DivergedError
from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.nn.layers import Linear
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.training.curves import EpochReport
from tinyclf.training.descent import Descent
from tinyclf.training.examples import Examples
from tinyclf.training.gauge import Gauge, stride

LINEAR = Objective(Network((2,), (Linear(2, 2),)), SoftmaxCrossEntropy(2))
REPORT = EpochReport("Training", 3, 9)
RIGHT = Examples(np.eye(2), np.array([0, 1]))
HALF = Examples(np.eye(2), np.array([0, 0]))


def gauge(theta: Any, backend: Backend) -> Gauge:
    unmoved: Any = None
    descent = Descent(unmoved, unmoved, (), np.random.default_rng(0), backend)
    return Gauge(LINEAR, descent, theta, "f8", backend)


def parameters(scale: float) -> np.ndarray:
    """Scores are the inputs, times the scale."""
    return np.concatenate([scale * np.eye(2).ravel(), np.zeros(2)])


@pytest.mark.parametrize(
    ("epochs", "trained_on", "measured", "passes"),
    [
        (400, 10_000, 512, 10),  # forty points of a curve are enough
        (30, 100, 100, 4),  # a pass of measuring takes a third of one of training
        (30, 100, 200, 7),
        (2, 100, 100, 4),
        (1, 10_000, 512, 1),
    ],
)
def test_measuring_takes_a_tenth_of_a_training(
    epochs: int, trained_on: int, measured: int, passes: int
) -> None:
    assert stride(epochs, trained_on, measured) == passes


def test_figures_are_those_of_the_parameters_as_they_have_been_moved(backend: Backend) -> None:
    theta = backend.asarray(np.zeros(6))
    measured = gauge(theta, backend)
    assert measured.figures(HALF)[0] == pytest.approx(np.log(2))

    theta[:] = backend.asarray(parameters(3.0))

    sure = 1 / (1 + np.exp(-3.0))
    assert measured.figures(RIGHT) == pytest.approx((-np.log(sure), 1.0))
    assert measured.figures(HALF) == pytest.approx((-np.log(sure * (1 - sure)) / 2, 0.5))


def test_a_report_has_the_figures_of_those_seen_and_of_those_watched() -> None:
    measured = gauge(parameters(3.0), NumpyBackend())

    both, alone = (measured.report(REPORT, RIGHT, watched) for watched in (HALF, None))

    assert (both.done, both.total) == (3, 9)
    assert (both.loss, both.accuracy) == measured.figures(RIGHT)
    assert (both.held_out_loss, both.held_out_accuracy) == measured.figures(HALF)
    assert (alone.loss, alone.held_out_loss) == (both.loss, None)


@pytest.mark.parametrize(
    ("scale", "place"), [(np.nan, "the parameters"), (1e308, "layer 1 of 1")], ids=str
)
def test_infinity_is_told_with_its_place(scale: float, place: str) -> None:
    large = Examples(np.eye(2) * 100, np.array([0, 1]))

    with pytest.raises(DivergedError, match=f"infinity or NaN in .*{place}"):
        gauge(parameters(scale), NumpyBackend()).report(REPORT, large, None)
