"""Settings of layers, networks and losses: of the right type, or refused in a sentence."""

from dataclasses import astuple

import numpy as np
import pytest

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.architecture import cnn, mlp
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.checkpoint import Checkpoint, from_bytes, to_bytes
from tinyclf.nn.initializers import He
from tinyclf.nn.layers import (
    AttentionPool,
    BatchNorm,
    BinaryLinear,
    Conv2d,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    MaxPool2d,
    Parallel,
    ReLU,
    Sigmoid,
    Sign,
    Tanh,
)
from tinyclf.nn.losses import LOSSES, Committee, Hinge, SoftmaxCrossEntropy
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import SGD, Adam, AdamW
from tinyclf.nn.schedules import Constant, Cosine, OneCycle
from tinyclf.nn.stability import Stability

EIGHT = np.uint8(8)


@pytest.mark.parametrize(
    ("of_numpy", "plain"),
    [
        (AttentionPool(*[EIGHT] * 3), AttentionPool(8, 8, 8)),
        (BatchNorm(EIGHT, np.float32(0.5), np.float64(0.5)), BatchNorm(8, 0.5, 0.5)),
        (BatchNorm(8, 1, 0), BatchNorm(8, 1.0, 0.0)),
        (
            Parallel(EIGHT, (ReLU(),), [Tanh()], np.float32(0.5), EIGHT),
            Parallel(8, (ReLU(),), (Tanh(),), 0.5, 8.0),
        ),
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


FITTING = Network((3,), (Linear(3, 3),))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Linear(3, 2, "he"), r"initializer must be such as He\(\) .*, not 'he'"),
        (lambda: Linear(3, 2, He), "initializer must be .*, not the class He"),
        (lambda: BinaryLinear(3, 2, None), "initializer must be"),
        (lambda: Conv2d(3, 2, initializer=1), "initializer must be"),
        (lambda: Sigmoid(0.1), r"stability of a layer must be a Stability\(\), not 0.1"),
        (lambda: Tanh(Stability), "stability .* not the class Stability"),
        (lambda: SGD(nesterov="no"), "looks ahead must be True or False, not 'no'"),
        (lambda: AdamW(decayed=5), "parts that decay must be a row .* objective.weights, not 5"),
        (lambda: AdamW(decayed=(5,)), "Each part that decays must be a slice"),
        (lambda: Network((3,), (Linear,)), "Each layer .* not the class Linear"),
        (lambda: Network((3,), ("relu",)), "Each layer of a network must be a layer, such as"),
        (lambda: Network((3,), ReLU()), "layers of a network must be a row of values, .* a ReLU"),
        (lambda: Objective(FITTING, "softmax"), "Its loss must be a loss, .* not 'softmax'"),
        (lambda: Objective("mlp", Hinge(3)), "network of an objective must be a Network"),
        (
            lambda: mlp(3, 5, 2),
            r"hidden widths of a network must be a row .* \(300, 100\), .* not 5",
        ),
        (lambda: mlp(3, "55", 2), "hidden widths .* not '55'"),
        (lambda: mlp(3, (), 2, activation=["relu"]), "activation must be one of relu, .* a list"),
        (lambda: cnn(28, (2,), (), 2), "shape of an image must be a row"),
        (lambda: cnn((1, 8, 8), 2, (), 2), "channels of a network must be a row"),
        (lambda: cnn((1, 8, 8), (2,), 3, 2), "hidden widths of a network must be a row"),
        (lambda: cnn((1, 8, 8), (2,), (), 2, batch_norm="no"), "batch norms must be True or False"),
        (lambda: Cosine(1.0, 3)("1"), "Steps are counted from 0, .* step '1'"),
    ],
)
def test_what_is_of_the_wrong_kind_is_refused_in_a_sentence(make, words):
    with pytest.raises(ConfigError, match=words):
        make()


@pytest.mark.parametrize("loss", [loss for loss in LOSSES if loss is not Committee])
@pytest.mark.parametrize(
    "weights",
    [{0: 5.0, 1: 1.0, 2: 1.0}, {1.0, 2.0, 3.0}, 5, "123", np.ones((3, 1)), np.float64(1)],
    ids=str,
)
def test_class_weights_are_a_row(loss, weights):
    with pytest.raises(ConfigError, match="Class weights must be a row of values, such as"):
        loss(3, weights)


@pytest.mark.parametrize("weights", [[1, 2, 3], np.array([1, 2, 3], np.uint8)])
def test_class_weights_may_be_a_list_or_an_array(weights):
    assert Hinge(3, weights) == Hinge(3, (1.0, 2.0, 3.0))


@pytest.mark.parametrize("schedule", [Cosine(0.1, 3), OneCycle(0.1, 3)], ids=["Cosine", "OneCycle"])
def test_a_schedule_stays_at_its_end_however_late_it_is_asked(schedule):
    assert schedule(10**400) == schedule(3)


@pytest.mark.parametrize("wrong", [[[1.0, 2.0, 3.0]], None, "x"])
def test_lists_are_no_arrays(wrong):
    theta, x = np.zeros(12), np.zeros((1, 3))
    for given in ({"theta": wrong, "x": x}, {"theta": theta, "x": wrong}):
        for compute in (FITTING.predict, FITTING.forward):
            with pytest.raises(InputError, match=r"must be an array, not a .*numpy\.asarray"):
                compute(**given, backend=NumpyBackend())


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
