"""A predictor gives what its network gives, in whatever precision its weights are kept."""

import numpy as np
import pytest

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.architecture import mlp
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.inference import predictor
from tinyclf.nn.layers import (
    GELU,
    BatchNorm,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    ReLU,
    Sigmoid,
    Tanh,
)
from tinyclf.nn.network import Network

NETWORKS = {
    "linear": mlp(5, [], 3),
    "relu": mlp(7, [9, 4], 2, dropout=0.5),
    "tanh": mlp(3, [600, 5], 2, activation="tanh"),
    "sigmoid": mlp(4, [8, 8, 8], 1, activation="sigmoid"),
    "sigmoid to the end": Network((6,), (Linear(6, 5), Sigmoid(), Linear(5, 4), Sigmoid())),
    "batch norm": Network((6,), (Linear(6, 5), BatchNorm(5), ReLU(), Dropout(0.1), Linear(5, 2))),
    "picture": Network((2, 3, 4), (Flatten(), Linear(24, 5), Tanh(), Linear(5, 2))),
    "curved": Network((6,), (Linear(6, 5), GELU(), Linear(5, 4), LeakyReLU(0.1), Linear(4, 2))),
    "activation first": Network((4,), (ReLU(), Linear(4, 3))),
    "activations in a row": Network((4,), (Linear(4, 3), Tanh(), ReLU(), Linear(3, 2))),
    "nothing to fold": Network((4,), (Tanh(),)),
}


@pytest.fixture(params=NETWORKS)
def network(request):
    return NETWORKS[request.param]


@pytest.fixture
def theta(network):
    """Parameters that are all away from their start, variances positive."""
    rng = np.random.default_rng(1)
    theta = network.initialize(rng, np.float64, backend=NumpyBackend())
    return theta + rng.random(theta.shape) * 0.1


def inputs(network, n, seed=0):
    return np.random.default_rng(seed).standard_normal((n, *network.input_shape))


def exact(network, theta, x):
    return network.predict(theta, x, backend=NumpyBackend(compiled=False))


@pytest.mark.parametrize("n", [0, 1, 2, 5, 1025])
@pytest.mark.parametrize(
    ("precision", "tolerance"), [("f8", 1e-13), ("f4", 2e-6), ("f2", 3e-3), ("int8", 4e-2)]
)
def test_outputs_are_those_of_the_network(backend, network, theta, precision, tolerance, n):
    x = inputs(network, n)
    predict = predictor(network, theta, backend=backend, precision=precision)

    y = backend.to_numpy(predict(x))

    assert y.shape == (n, *network.output_shape)
    wanted = exact(network, theta, x)
    np.testing.assert_allclose(
        y, wanted, rtol=0, atol=tolerance * max(1, np.abs(wanted).max(initial=0))
    )


def test_one_input_gives_the_same_alone_and_among_others(backend, network, theta):
    x = inputs(network, 3)
    predict = predictor(network, theta, backend=backend)

    together = backend.to_numpy(predict(x))
    alone = np.concatenate([backend.to_numpy(predict(x[i : i + 1])) for i in range(3)])

    np.testing.assert_allclose(alone, together, atol=2e-6 * max(1, np.abs(together).max()))


def test_fewer_bits_take_less_memory(backend):
    network = mlp(300, [300, 300], 10)
    theta = network.initialize(np.random.default_rng(0), np.float64, backend=NumpyBackend())
    sizes = [
        predictor(network, theta, backend=backend, precision=precision).n_bytes
        for precision in ("f8", "f4", "f2", "int8")
    ]

    ratios = [sizes[0] / size for size in sizes]

    np.testing.assert_allclose(ratios, [1, 2, 4, 8], rtol=0.05)


def test_it_keeps_its_own_copy(backend):
    network = mlp(3, [4], 2)
    theta = network.initialize(np.random.default_rng(0), np.float32, backend=NumpyBackend())
    predict = predictor(network, theta, backend=backend)
    x = inputs(network, 2)
    before = backend.to_numpy(predict(x))

    theta[:] = 0

    np.testing.assert_array_equal(backend.to_numpy(predict(x)), before)


def test_weights_beyond_half_precision_are_cut_not_infinite(backend):
    network = Network((1,), (Linear(1, 1),))

    y = predictor(network, np.array([1e6, 0.0]), backend=backend, precision="f2")(np.ones((1, 1)))

    assert backend.to_numpy(y).tolist() == [[65504.0]]


def test_no_such_precision_is_refused():
    with pytest.raises(ConfigError, match="precision 'f16': choose f4, f8, f2, int8"):
        predictor(NETWORKS["linear"], np.zeros(18), backend=NumpyBackend(), precision="f16")


@pytest.mark.parametrize("theta", [np.zeros(17), np.full(18, np.nan)])
def test_parameters_that_do_not_fit_are_refused(theta):
    with pytest.raises(InputError, match="18 finite parameters"):
        predictor(NETWORKS["linear"], theta, backend=NumpyBackend())


@pytest.mark.parametrize("n", [1, 3])
def test_bad_inputs_are_refused(n, backend):
    predict = predictor(NETWORKS["relu"], np.ones(122), backend=backend)

    with pytest.raises(InputError, match=r"shape \(7,\).*given"):
        predict(np.ones((n, 6)))
    with pytest.raises(InputError, match="not all finite"):
        predict(np.full((n, 7), np.nan))
