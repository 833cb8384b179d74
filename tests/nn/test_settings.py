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
    ReLU,
    Sign,
)
from tinyclf.nn.losses import LOSSES, Hinge, SoftmaxCrossEntropy
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import SGD, Adam, AdamW
from tinyclf.nn.schedules import Constant, Cosine, OneCycle
from tinyclf.nn.stability import Stability

EIGHT = np.uint8(8)


@pytest.mark.parametrize(
    ("of_numpy", "plain"),
    [
        (BatchNorm(EIGHT, np.float32(0.5), np.float64(0.5)), BatchNorm(8, 0.5, 0.5)),
        (BatchNorm(8, 1, 0), BatchNorm(8, 1.0, 0.0)),
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
        (SGD(np.float32(0.5), False, np.int8(0)), SGD(0.5, False, 0.0)),
        (Adam(*[np.float32(0.5)] * 3), Adam(0.5, 0.5, 0.5)),
        (AdamW(0.5, 0.5, 0.5, np.float32(0.5), ()), AdamW(0.5, 0.5, 0.5, 0.5, ())),
        (Constant(np.float32(0.5)), Constant(0.5)),
        (Cosine(np.float32(0.5), EIGHT, 0), Cosine(0.5, 8, 0.0)),
        (OneCycle(1, EIGHT, *[np.float32(0.5)] * 3), OneCycle(1.0, 8, 0.5, 0.5, 0.5)),
    ],
    ids=str,
)
def test_numbers_of_numpy_become_pythons(of_numpy, plain):
    assert of_numpy == plain
    assert [type(value) for value in astuple(of_numpy)] == [type(value) for value in astuple(plain)]


def test_a_network_of_lists_is_the_one_of_tuples():
    assert Network([3], [Linear(3, 2)]) == Network((3,), (Linear(3, 2),))


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


@pytest.mark.parametrize(
    ("shape", "layers", "words"),
    [
        (
            (1, 1000, 1000),
            (Conv2d(1, 100_000, kernel=1),),
            r"Layer 1 .*: The output of Conv2d .* shape \(100000, 1000, 1000\): 100,000,000,000",
        ),
        (
            (50_000, 1, 1),
            (ReLU(), Conv2d(50_000, 1, kernel=99, stride=99, padding=99)),
            r"Layer 2 .*: The padded image of Conv2d .* have shape \(50000, 199, 199\)",
        ),
        (
            (1, 1500, 2500),
            (Conv2d(1, 1, kernel=1000),),
            r"Layer 1 .*: What one row of windows of Conv2d .* shape \(1, 1000, 1000, 1501\)",
        ),
        (
            (100_000, 100_000),
            (Flatten(), Linear(10, 1)),
            r"An input of the network would have shape \(100000, 100000\)",
        ),
    ],
    ids=["output", "padding", "windows", "input"],
)
def test_more_numbers_of_one_example_than_memory_holds_are_refused(shape, layers, words):
    with pytest.raises(ConfigError, match=words + r".* at most 1,000,000,000 are possible\. Make"):
        Network(shape, layers)


@pytest.mark.parametrize("schedule", [Cosine(0.1, 1), OneCycle(0.1, 1)], ids=["Cosine", "OneCycle"])
@pytest.mark.parametrize("step", [-1, float("nan")])
def test_a_schedule_knows_no_step_before_the_first(schedule, step):
    with pytest.raises(ConfigError, match="Steps are counted from 0"):
        schedule(step)
