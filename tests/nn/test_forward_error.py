import numpy as np
import pytest

from tinyclf.errors import InputError
from tinyclf.nn.architecture import mlp
from tinyclf.nn.forward_error import forward_error, stabilized
from tinyclf.nn.layers import Linear, Sigmoid, Tanh
from tinyclf.nn.network import Network
from tinyclf.nn.stability import Stability

CUT = Stability(0.1, 0.01)


def deep(activation, depth=5):
    return mlp(8, (8,) * depth, 3, activation=activation, last_gain=1)


def start(network, dtype, backend):
    theta = network.initialize(np.random.default_rng(0), dtype, backend=backend)
    return theta, np.random.default_rng(1).standard_normal((20, 8))


def test_every_sigmoid_and_tanh_is_stabilized_and_nothing_else():
    network = Network((2,), (Linear(2, 2), Sigmoid(), Linear(2, 2), Tanh()))

    layers = stabilized(network, CUT).layers

    assert layers == (Linear(2, 2), Sigmoid(CUT), Linear(2, 2), Tanh(CUT))
    assert stabilized(stabilized(network, CUT), Stability()) == network


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_the_exact_form_in_double_precision_has_no_error(backend, activation):
    theta, x = start(deep(activation), np.float64, backend)

    error = forward_error(deep(activation), theta, x, backend=backend)

    assert error.largest <= 1e-14
    assert error.root_mean_square <= error.largest


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_it_is_the_distance_to_the_formula(backend, activation):
    network = stabilized(deep(activation), CUT)
    theta, x = start(network, np.float64, backend)
    y = x
    for part in network.layout.views(backend.to_numpy(theta)):
        if part:
            z = y @ part["W"] + part["b"]
            y = np.tanh(z) if activation == "tanh" else 1 / (1 + np.exp(-z))
    distance = backend.to_numpy(network.predict(theta, x, backend=backend)) - z

    error = forward_error(network, theta, x, backend=backend)

    assert error.largest == pytest.approx(np.abs(distance).max(), rel=1e-9)
    assert error.root_mean_square == pytest.approx(np.sqrt((distance**2).mean()), rel=1e-9)
    assert error.largest > 0


def test_single_precision_costs_its_rounding(backend):
    theta, x = start(deep("tanh"), np.float32, backend)

    error = forward_error(deep("tanh"), theta, x, backend=backend)

    assert 1e-9 < error.root_mean_square <= error.largest < 1e-5


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_larger_epsilons_cost_more(backend, activation):
    theta, x = start(deep(activation, 1), np.float64, backend)
    settings = [Stability(), Stability(4e-6, 1e-7), Stability(1e-2, 1e-2), Stability(0.1, 0.1)]

    errors = [
        forward_error(stabilized(deep(activation, 1), each), theta, 4 * x, backend=backend).largest
        for each in settings
    ]

    assert errors == sorted(errors)
    assert errors[-1] > errors[0]


def test_no_inputs_are_refused(backend):
    theta, x = start(deep("tanh"), np.float64, backend)

    with pytest.raises(InputError, match="at least one input"):
        forward_error(deep("tanh"), theta, x[:0], backend=backend)


def test_a_single_number_and_a_list_are_refused(backend):
    network = deep("tanh")
    theta, x = start(network, np.float32, backend)

    with pytest.raises(InputError, match="at least one input"):
        forward_error(network, theta, x[0, 0], backend=backend)
    with pytest.raises(InputError, match="parameters must be an array, not a list"):
        forward_error(network, theta.tolist(), x, backend=backend)
