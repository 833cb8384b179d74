"""What onnxruntime makes of an exported network is what the network itself says."""

import json
import math

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nn.kinds import LAYERS, LOSSES
from tinyclf.errors import ModelError
from tinyclf.nn.architecture import mlp
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.layers import (
    GELU,
    BatchNorm,
    BinaryLinear,
    Conv2d,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    MaxPool2d,
    ReLU,
    Sigmoid,
    Sign,
    Tanh,
)
from tinyclf.nn.losses import Corn, CumulativeLink, SoftmaxCrossEntropy, SquaredError
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.onnx_model import Standardize, layers, to_onnx

PLAIN = NumpyBackend(compiled=False)

small = settings(deadline=None, derandomize=True, max_examples=15)


def with_a_linear_end(input_shape, layer):
    width = math.prod(layer.output_shape(input_shape))
    return Network(input_shape, (layer, Flatten(), Linear(width, 3)))


def assert_parity(run, bag, x):
    scores, probabilities = run(to_onnx(bag), x)
    objective = Objective(bag.network, bag.loss)
    own = [bag.network.predict(net(bag, theta), x, backend=PLAIN) for theta in bag.thetas]
    opinions = [objective.probabilities(theta, x, backend=PLAIN) for theta in bag.thetas]
    assert scores.dtype == probabilities.dtype == bag.thetas.dtype
    np.testing.assert_allclose(scores, np.mean(own, axis=0), rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(probabilities, np.mean(opinions, axis=0), rtol=0, atol=1e-5)


def net(bag, theta):
    return theta[: bag.network.n_parameters]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("kind", LAYERS)
@small
@given(
    n=st.sampled_from([0, 1, 2, 7]),
    width=st.integers(1, 9),
    outputs=st.integers(1, 4),
    seed=st.integers(0, 2**32),
)
def test_every_layer_is_the_same(run, random_bag, kind, dtype, n, width, outputs, seed):
    rng = np.random.default_rng(seed)
    shape, layer = LAYERS[kind](width, outputs)
    network = with_a_linear_end(shape, layer)
    bag = random_bag(network, SoftmaxCrossEntropy(3), dtype, 1, rng)
    assert_parity(run, bag, rng.normal(0, 3, (n, *network.input_shape)).astype(dtype))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("kind", LOSSES)
@small
@given(
    n=st.sampled_from([0, 1, 5]),
    classes=st.integers(2, 7),
    members=st.integers(1, 3),
    spread=st.sampled_from([0.1, 1.0, 30.0, 1000.0]),
    seed=st.integers(0, 2**32),
)
def test_every_loss_means_the_same(run, random_bag, kind, dtype, n, classes, members, spread, seed):
    rng, loss = np.random.default_rng(seed), LOSSES[kind](classes)
    network = mlp(4, (3,), loss.n_outputs)
    bag = random_bag(network, loss, dtype, members, rng)
    assert_parity(run, bag, rng.normal(0, spread, (n, 4)).astype(dtype))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_squared_errors_of_the_largest_scores_are_the_same(run, random_bag, dtype):
    network, rng = Network((1,), (Linear(1, 3),)), np.random.default_rng(0)
    bag = random_bag(network, SquaredError(3), dtype, 1, rng)
    bag.thetas[:] = [1, 1, -1, 0, 0, 0]
    assert_parity(run, bag, np.array([[np.finfo(dtype).max], [np.finfo(dtype).min]]))


def test_a_deep_network_of_everything_is_the_same(run, random_bag):
    rng = np.random.default_rng(1)
    layers = [Conv2d(3, 4, padding=1), BatchNorm(4), ReLU(), MaxPool2d(), Flatten(), Linear(16, 17)]
    for activation in (GELU(), Tanh(), LeakyReLU(), Sigmoid()):
        layers += [Linear(17, 17), BatchNorm(17), activation, Dropout(0.3)]
    network = Network((3, 4, 5), (*layers, Linear(17, 4)))
    bag = random_bag(network, Corn(5), np.float32, 2, rng)
    assert_parity(run, bag, rng.normal(size=(50, 3, 4, 5)).astype(np.float32))


def test_a_network_of_bits_is_the_same(run, random_bag):
    rng = np.random.default_rng(2)
    bits = (BatchNorm(33), Sign(), BinaryLinear(33, 33))
    network = Network((9,), (Linear(9, 33), *bits, *bits, BatchNorm(33), Linear(33, 1)))
    bag = random_bag(network, CumulativeLink(5), np.float64, 2, rng)
    assert_parity(run, bag, rng.normal(size=(50, 9)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("temperature", [0.3, 1.0, 4.0])
def test_what_stands_around_the_networks_is_inside(run, random_bag, dtype, temperature):
    rng = np.random.default_rng(2)
    mean, scale = rng.normal(size=(2, 3, 6)).astype(np.float32)
    scale[:, 4] = 0
    network, loss = mlp(6, (5,), 1), CumulativeLink(5)
    bag = random_bag(network, loss, dtype, 3, rng, arrays={"mean": mean, "scale": scale})
    x = rng.normal(0, 8, (40, 6)).astype(dtype)

    _, probabilities = run(
        to_onnx(bag, standardize=Standardize(clip=2.0), temperature=temperature), x
    )

    objective = Objective(network, loss)
    opinions = []
    for member in range(3):
        y = np.clip((x - mean[member]) * scale[member], -2, 2) / np.sqrt(6)
        p = objective.probabilities(bag.thetas[member], y.astype(dtype), backend=PLAIN)
        p = np.maximum(p, 1e-12) ** (1 / temperature)
        opinions.append(p / p.sum(axis=1, keepdims=True))
    np.testing.assert_allclose(probabilities, np.mean(opinions, axis=0), rtol=0, atol=1e-5)


def test_equal_bags_give_equal_files_which_the_checker_passes(random_bag):
    blobs = []
    for _ in range(2):
        rng = np.random.default_rng(3)
        blobs.append(to_onnx(random_bag(mlp(4, (3,), 1), CumulativeLink(3), np.float32, 2, rng)))
    onnx.checker.check_model(blobs[0], full_check=True)
    assert blobs[0] == blobs[1]


@pytest.mark.parametrize("loss", [Corn, CumulativeLink])
def test_sums_that_go_on_run_along_one_axis_as_the_standard_has_it(random_bag, loss):
    network = mlp(4, (3,), loss(4).n_outputs)
    bag = random_bag(network, loss(4), np.float32, 1, np.random.default_rng(6))
    graph = onnx.load_model_from_string(to_onnx(bag)).graph
    axes = {node.input[1] for node in graph.node if node.op_type == "CumSum"}

    assert [list(one.dims) for one in graph.initializer if one.name in axes] == [[]]


def test_the_runtime_has_nothing_to_warn_of(run, random_bag, capfd):
    bag = random_bag(
        mlp(4, (3,), 1, dropout=0.1), CumulativeLink(2), np.float32, 2, np.random.default_rng(4)
    )
    run(to_onnx(bag), np.ones((2, 4), np.float32))
    assert capfd.readouterr() == ("", "")


def test_other_programs_find_shapes_and_classes(random_bag):
    bag = random_bag(mlp(4, (3,), 1), CumulativeLink(3), np.float32, 2, np.random.default_rng(5))
    model = onnx.load_model_from_string(to_onnx(bag))
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    told = {
        value.name: [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]
        for value in (*model.graph.input, *model.graph.output)
    }
    assert told == {"inputs": ["n", 4], "scores": ["n", 1], "probabilities": ["n", 3]}
    assert json.loads(metadata["classes"]) == ["class 0 · ü", "class 1 · ü", "class 2 · ü"]
    weights = [t.name for t in model.graph.initializer if t.name.startswith("member.1.")]
    assert weights == [
        *("member.1.layer.1.W", "member.1.layer.1.b", "member.1.layer.3.W", "member.1.layer.3.b"),
        *("member.1.loss.first", "member.1.loss.steps"),
    ]


@pytest.mark.parametrize(
    ("arrays", "reason"),
    [
        ({}, "needs an array 'mean' of shape \\(2, 4\\), but has none"),
        ({"mean": np.zeros((2, 4)), "scale": np.zeros(4)}, "'scale' .* has one of shape \\(4,\\)"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(random_bag, arrays, reason):
    rng = np.random.default_rng(6)
    bag = random_bag(mlp(4, (), 1), CumulativeLink(3), np.float32, 2, rng, arrays=arrays)
    with pytest.raises(ModelError, match=reason):
        to_onnx(bag, standardize=Standardize(6.0))


def test_what_is_too_large_or_empty_is_refused(random_bag, monkeypatch):
    rng = np.random.default_rng(7)
    nothing = random_bag(Network((3,), (ReLU(),)), SoftmaxCrossEntropy(3), np.float32, 1, rng)
    with pytest.raises(ModelError, match="without parameters"):
        to_onnx(nothing)
    monkeypatch.setattr("tinyclf.nn.onnx_model.writing.LARGEST", 100)
    with pytest.raises(ModelError, match="too large"):
        to_onnx(random_bag(mlp(9, (9,), 1), CumulativeLink(3), np.float32, 1, rng))


def test_a_layer_nobody_wrote_for_onnx_is_named(random_bag, monkeypatch):
    monkeypatch.delitem(layers.WRITERS, ReLU)
    bag = random_bag(mlp(4, (3,), 1), CumulativeLink(3), np.float32, 1, np.random.default_rng(8))
    with pytest.raises(ModelError, match="with the layer ReLU cannot"):
        to_onnx(bag)
