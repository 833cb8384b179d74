"""Settings of layers, networks and losses: of the right type, or refused in a sentence."""

from dataclasses import astuple

import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.architecture import cnn, mlp
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.checkpoint import Checkpoint, from_bytes, to_bytes
from tinyclf.nn.layers import (
    BatchNorm,
    BinaryLinear,
    Conv2d,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    MaxPool2d,
    Sign,
)
from tinyclf.nn.losses import Corn, CumulativeLink, Hinge, SoftmaxCrossEntropy, SquaredError
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import SGD, Adam
from tinyclf.nn.schedules import Cosine, OneCycle
from tinyclf.nn.stability import Stability

LOSSES = (Corn, CumulativeLink, Hinge, SoftmaxCrossEntropy, SquaredError)
EIGHT = np.uint8(8)


@pytest.mark.parametrize(
    ("of_numpy", "plain"),
    [
        (BatchNorm(EIGHT, np.float32(0.5), np.float64(0.5)), BatchNorm(8, 0.5, 0.5)),
        (BinaryLinear(EIGHT, EIGHT), BinaryLinear(8, 8)),
        (Conv2d(*[EIGHT] * 5), Conv2d(8, 8, 8, 8, 8)),
        (Dropout(np.float32(0.5)), Dropout(0.5)),
        (LeakyReLU(np.float32(0.5)), LeakyReLU(0.5)),
        (Linear(EIGHT, EIGHT), Linear(8, 8)),
        (MaxPool2d(EIGHT, EIGHT), MaxPool2d(8, 8)),
        (Sign(np.float32(0.5)), Sign(0.5)),
        (Stability(np.float32(0.0), np.float64(0.0)), Stability()),
        (Hinge(EIGHT, None, np.float32(1)), Hinge(8)),
        (SoftmaxCrossEntropy(EIGHT, tuple(np.ones(8))), SoftmaxCrossEntropy(8, (1.0,) * 8)),
    ],
    ids=str,
)
def test_numbers_of_numpy_become_pythons(of_numpy, plain):
    assert of_numpy == plain
    assert [type(value) for value in astuple(of_numpy)] == [type(value) for value in astuple(plain)]


def test_a_network_of_numpys_integers_is_saved_and_read_again():
    network = mlp(np.int64(300), (np.uint8(128),), np.uint8(3))
    objective = Objective(network, SoftmaxCrossEntropy(np.uint8(3)))
    start = {"dtype": np.float32, "backend": NumpyBackend()}
    theta = objective.initialize(np.arange(3), np.random.default_rng(0), **start)

    blob = to_bytes(Checkpoint(network, objective.loss, theta[None], ("a", "b", "c")))

    assert from_bytes(blob).network == network == mlp(300, (128,), 3)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Linear(2.5, 200),
        lambda: Linear(True, 2),
        lambda: Linear("3", 2),
        lambda: mlp(5, (2.5,), 2),
        lambda: Network((-5,), (Flatten(),)),
        lambda: Network((2.0,), (Flatten(),)),
        lambda: Network(5, (Flatten(),)),
        lambda: cnn((1, 8, 8), (2,), (), 2, pool=-1),
        lambda: cnn((1, 8, 8), (2,), (), 2, pool=None),
        lambda: MaxPool2d(2, False),
        lambda: Dropout("0.5"),
        lambda: Adam(beta1=None),
        lambda: SGD(momentum=True),
        lambda: Cosine(0.1, 2.5),
        lambda: Cosine("0.1", 2),
        lambda: SoftmaxCrossEntropy(3, ("1", 1, 1)),
        *(lambda loss=loss: loss(2.5) for loss in LOSSES),
    ],
)
def test_settings_of_the_wrong_type_are_refused(make):
    with pytest.raises(ConfigError, match="must be"):
        make()


def test_more_numbers_than_memory_in_one_output_are_refused_with_layer_and_shapes():
    words = (
        r"Layer 1 .*Conv2d 1 → 100000, 1 × 1\) makes \(100000, 1000, 1000\) of \(1, 1000, 1000\)"
    )
    with pytest.raises(ConfigError, match=words):
        Network((1, 1000, 1000), (Conv2d(1, 100_000, kernel=1),))


@pytest.mark.parametrize("schedule", [Cosine(0.1, 1), OneCycle(0.1, 1)], ids=["Cosine", "OneCycle"])
@pytest.mark.parametrize("step", [-1, float("nan")])
def test_a_schedule_knows_no_step_before_the_first(schedule, step):
    with pytest.raises(ConfigError, match="Steps are counted from 0"):
        schedule(step)
