"""A packed network gives the trained one's scores, to the last bit."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.bits import pack_network, packing
from tinyclf.nn.layers import (
    GELU,
    BatchNorm,
    BinaryLinear,
    Dropout,
    LeakyReLU,
    Linear,
    ReLU,
    Sigmoid,
    Sign,
    Tanh,
)
from tinyclf.nn.network import Network

BETWEEN = {
    "nothing": lambda width: (),
    "batch-norm": lambda width: (BatchNorm(width),),
    "relu": lambda width: (ReLU(),),
    "leaky-relu": lambda width: (LeakyReLU(0.1),),
    "tanh, dropout": lambda width: (Tanh(), Dropout(0.5)),
    "batch-norm, sigmoid": lambda width: (BatchNorm(width), Sigmoid()),
}


def test_all_that_may_stand_between_does_here():
    between = {type(layer) for make in BETWEEN.values() for layer in make(2)}

    assert between == {*packing.MONOTONE, Dropout}


def network(widths, between, threshold=0.25):
    layers = [Sign(threshold), Dropout(0.1), BinaryLinear(widths[0], widths[1])]
    for inputs, outputs in pairwise(widths[1:]):
        layers += [*BETWEEN[between](inputs), Sign(threshold), BinaryLinear(inputs, outputs)]
    return Network((widths[0],), tuple(layers))


def trained(network, rng, dtype):
    """Parameters as a training might leave them; running variances are positive."""
    theta = rng.normal(size=network.n_parameters).astype(dtype)
    for part in network.layout.views(theta):
        if "variance" in part:
            part["variance"][:] = abs(part["variance"])
    return theta


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("between", BETWEEN)
@settings(deadline=None, derandomize=True, max_examples=15)
@given(
    n=st.integers(0, 20),
    widths=st.lists(st.integers(1, 140), min_size=2, max_size=4),
    seed=st.integers(0, 999),
)
def test_scores_are_the_floats_exactly(cpu, between, dtype, n, widths, seed):
    rng = np.random.default_rng(seed)
    floats = network(widths, between)
    theta = trained(floats, rng, dtype)
    x = rng.normal(size=(n, widths[0])).astype(dtype)

    packed = pack_network(floats, theta, backend=cpu)

    scores = packed.predict(x, backend=cpu)
    assert scores.dtype == dtype
    np.testing.assert_array_equal(scores, floats.predict(theta, x, backend=cpu))


def test_a_large_network_is_folded_in_parts_and_its_scores_are_the_floats_too(cpu, monkeypatch):
    monkeypatch.setattr(packing, "ROOM", 1000)
    rng = np.random.default_rng(0)
    floats = network([784, 300, 200, 10], "batch-norm", threshold=0.5)
    theta = trained(floats, rng, np.float32)
    x = rng.random((300, 784)).astype(np.float32)

    packed = pack_network(floats, theta, backend=cpu)

    scores, expected = packed.predict(x, backend=cpu), floats.predict(theta, x, backend=cpu)
    np.testing.assert_array_equal(scores, expected)
    np.testing.assert_array_equal(scores.argmax(axis=1), expected.argmax(axis=1))
    assert len(np.unique(scores.argmax(axis=1))) > 1


def test_weights_take_a_bit_each(cpu):
    floats = network([784, 800, 800, 10], "nothing")
    theta = trained(floats, np.random.default_rng(0), np.float32)

    packed = pack_network(floats, theta, backend=cpu)

    assert packed.n_bytes < theta.nbytes / 27


@pytest.mark.parametrize(
    "layers",
    [
        (BinaryLinear(4, 2),),
        (Sign(), Linear(4, 2)),
        (Sign(), BinaryLinear(4, 2), Sign()),
        (Sign(), BinaryLinear(4, 2), BatchNorm(2)),
        (Sign(), BinaryLinear(4, 2), BinaryLinear(2, 2)),
        (Sign(), BinaryLinear(4, 2), GELU(), Sign(), BinaryLinear(2, 2)),
    ],
    ids=lambda layers: ", ".join(map(str, layers)),
)
def test_networks_of_other_forms_are_refused_with_their_layers(layers):
    floats = Network((4,), layers)
    theta = np.ones(floats.n_parameters, np.float32)

    with pytest.raises(ConfigError, match=f"can be packed.*: .*{layers[-1]}"):
        pack_network(floats, theta, backend=NumpyBackend(compiled=False))


def test_what_turns_twice_is_refused(monkeypatch):
    monkeypatch.setattr(packing, "MONOTONE", (GELU,))
    floats = Network((9,), (Sign(), BinaryLinear(9, 1), GELU(), Sign(-0.1), BinaryLinear(1, 2)))

    with pytest.raises(ConfigError, match=r"BinaryLinear 9 → 1 cannot be packed: .* monotone"):
        pack_network(
            floats, np.zeros(floats.n_parameters, np.float32), backend=NumpyBackend(compiled=False)
        )


def test_parameters_of_another_network_are_refused(cpu):
    net = Network((4,), (Sign(), BinaryLinear(4, 2)))

    with pytest.raises(InputError, match=r"network has 10 parameters, .* shape \(11,\)"):
        pack_network(net, np.ones(11, np.float32), backend=cpu)


@pytest.mark.parametrize(
    ("name", "number"), [("variance", -1.0), ("scale", 3e38), ("mean", -3.4e38)]
)
def test_what_makes_infinity_or_nan_of_a_sum_is_refused(cpu, name, number):
    net = network([9, 2, 3], "batch-norm")
    theta = trained(net, np.random.default_rng(0), np.float32)
    [norm] = [part for part in net.layout.views(theta) if "variance" in part]
    norm["variance"][:] = 1e-4
    norm[name][:] = number

    with pytest.raises(InputError, match="What follows BinaryLinear 9 → 2 makes infinity or NaN"):
        pack_network(net, theta, backend=cpu)


@pytest.mark.parametrize("spoiled", [np.nan, np.inf])
def test_parameters_that_are_not_finite_are_refused(cpu, spoiled):
    net = Network((4,), (Sign(), BinaryLinear(4, 2)))
    theta = np.ones(net.n_parameters, np.float32)
    theta[3] = spoiled

    with pytest.raises(InputError, match="parameters are not all finite"):
        pack_network(net, theta, backend=cpu)
