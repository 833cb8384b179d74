"""A predictor gives what its network gives, in whatever precision its weights are kept."""

import numpy as np
import pytest

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.architecture import cnn, mlp
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.forward_error import stabilized
from tinyclf.nn.inference import STORAGES, predictor
from tinyclf.nn.inference.chains import FloatChain
from tinyclf.nn.inference.dense import Dense, DenseNetwork
from tinyclf.nn.layers import (
    GELU,
    LAYERS,
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
from tinyclf.nn.network import Network
from tinyclf.nn.stability import Stability

NETWORKS = {
    "linear": mlp(5, [], 3),
    "relu": mlp(7, [9, 4], 2, dropout=0.5),
    "tanh": mlp(3, [600, 5], 2, activation="tanh"),
    "sigmoid": mlp(4, [8, 8, 8], 1, activation="sigmoid"),
    "sigmoid to the end": Network((6,), (Linear(6, 5), Sigmoid(), Linear(5, 4), Sigmoid())),
    "batch norm": Network((6,), (Linear(6, 5), BatchNorm(5), ReLU(), Dropout(0.1), Linear(5, 2))),
    "stable sigmoid": stabilized(mlp(4, [8, 8, 8], 2, activation="sigmoid"), Stability(4e-6, 1e-7)),
    "stable tanh": stabilized(mlp(4, [8, 8], 2, activation="tanh"), Stability(1e-2, 1e-4)),
    "picture": Network((2, 3, 4), (Flatten(), Linear(24, 5), Tanh(), Linear(5, 2))),
    "curved": Network((6,), (Linear(6, 5), GELU(), Linear(5, 4), LeakyReLU(0.1), Linear(4, 2))),
    "activation first": Network((4,), (ReLU(), Linear(4, 3))),
    "activations in a row": Network((4,), (Linear(4, 3), Tanh(), ReLU(), Linear(3, 2))),
    "nothing to fold": Network((4,), (Tanh(),)),
    "flattened again": Network((6,), (Linear(6, 5), Flatten(), ReLU(), Flatten(), Linear(5, 2))),
    "images": Network(
        (2, 8, 7),
        (Conv2d(2, 3), BatchNorm(3), ReLU(), MaxPool2d(2), Flatten(), Linear(18, 4), Linear(4, 2)),
    ),
    "cnn": cnn((1, 10, 10), (3, 2), (5,), 4),
    "attention": Network((20,), (AttentionPool(5, 3, 4), Linear(3, 2))),
    "side by side": Network((7,), (Parallel(4, (Linear(4, 3), ReLU()), (Linear(3, 2), Tanh())),)),
    "bits": Network((9,), (Sign(), BinaryLinear(9, 5), Sign(), BinaryLinear(5, 3))),
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


def test_every_layer_is_among_them():
    assert {type(layer) for network in NETWORKS.values() for layer in network.layers} == set(LAYERS)


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


def test_it_keeps_its_own_copy(backend, network, theta):
    theta = theta.astype(np.float32)
    predict = predictor(network, theta, backend=backend)
    x = inputs(network, 2)
    before = backend.to_numpy(predict(x))

    theta[:] = 0

    np.testing.assert_array_equal(backend.to_numpy(predict(x)), before)


@pytest.mark.parametrize("precision", STORAGES)
def test_the_smallest_weight_keeps_its_sign_where_only_that_counts(backend, precision):
    network = Network((3,), (BinaryLinear(3, 1),))
    theta = np.array([1.0, 1e-50, -1e-50, 0.0])

    y = predictor(network, theta, backend=backend, precision=precision)(np.array([[1.0, 2.0, 4.0]]))

    np.testing.assert_allclose(backend.to_numpy(y), [[-1 / 3**0.5]], rtol=1e-6)


@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.parametrize("layer", [Linear, Conv2d])
@pytest.mark.parametrize("size", [1e-30, 1e-12, 1e6, 1e30])
def test_weights_beyond_half_precision_keep_their_digits(backend, layer, size, n):
    shape = (1,) if layer is Linear else (1, 3, 3)
    network = Network(shape, (layer(1, 1),))
    theta = np.full(network.n_parameters, size)

    y = predictor(network, theta, backend=backend, precision="f2")(np.ones((n, *shape)))

    wanted = size * (2 if layer is Linear else 10)
    np.testing.assert_allclose(backend.to_numpy(y).ravel(), [wanted] * n, rtol=2.0**-11)


@pytest.mark.parametrize("n", [1, 2])
def test_half_precision_takes_inputs_of_any_size(backend, n):
    network = Network((2,), (Linear(2, 2), ReLU(), Linear(2, 1)))
    predict = predictor(network, np.ones(9), backend=backend, precision="f2")

    y = backend.to_numpy(predict(np.full((n, 2), 1e30)))

    np.testing.assert_allclose(y, np.full((n, 1), 4e30), rtol=1e-6)


@pytest.mark.parametrize("precision", ["f4", "f2", "int8"])
def test_what_folding_makes_too_large_for_the_arithmetic_is_refused(precision):
    network = Network((2,), (Linear(2, 1), BatchNorm(1, 1e-12), ReLU()))
    theta = np.array([1e36, 1e36, 0.0, 1.0, 0.0, 0.0, 0.0])

    with pytest.raises(InputError, match=r"become infinite or NaN in float32.* choose f8"):
        predictor(network, theta, backend=NumpyBackend(), precision=precision)
    network = Network((2,), (Linear(2, 1), LeakyReLU()))
    with pytest.raises(InputError, match=r"become infinite or NaN in float32.* choose f8"):
        predictor(network, np.array([1.0, 1e39, 0.0]), backend=NumpyBackend(), precision=precision)


@pytest.mark.parametrize("precision", ["f16", np.dtype("f4"), None])
def test_no_such_precision_is_refused(precision):
    with pytest.raises(ConfigError, match="precision must be one of f4, f8, f2, int8, not"):
        predictor(NETWORKS["linear"], np.zeros(18), backend=NumpyBackend(), precision=precision)


@pytest.mark.parametrize("n", [1, 3])
def test_lists_are_no_arrays(backend, n):
    network = NETWORKS["linear"]
    predict = predictor(network, np.zeros(18), backend=backend)

    with pytest.raises(InputError, match="The inputs must be an array, not a list"):
        predict([[0.0] * 5] * n)
    with pytest.raises(InputError, match="The parameters must be an array, not a list"):
        predictor(network, [0.0] * 18, backend=NumpyBackend())


@pytest.mark.parametrize("precision", STORAGES)
def test_a_copy_predicts_the_same(backend, network, theta, precision, copied):
    predict = predictor(network, theta, backend=backend, precision=precision)
    x = inputs(network, 2)

    again = copied(predict)

    for rows in (x, x[:1]):
        one, other = (backend.to_numpy(p(rows)) for p in (predict, again))
        np.testing.assert_array_equal(one, other)


def test_parameters_that_do_not_fit_are_refused():
    with pytest.raises(InputError, match=r"has 18 parameters.* shape \(17,\)"):
        predictor(NETWORKS["linear"], np.zeros(17), backend=NumpyBackend())
    with pytest.raises(InputError, match=r"parameters are not all finite. Train again"):
        predictor(NETWORKS["linear"], np.full(18, np.nan), backend=NumpyBackend())


@pytest.mark.parametrize("n", [1, 3])
def test_an_offset_that_stands_alone_is_added(n):
    identity = Dense(np.eye(2), np.zeros(2))
    chain = FloatChain(DenseNetwork((identity,), offset=0.5), np.dtype("f8"), NumpyBackend())

    np.testing.assert_array_equal(chain(np.ones((n, 2))), np.full((n, 2), 1.5))


@pytest.mark.parametrize("n", [1, 3])
def test_inputs_of_another_shape_are_refused(n, backend):
    predict = predictor(NETWORKS["relu"], np.ones(122), backend=backend)

    with pytest.raises(InputError, match=r"network takes inputs \(n, 7\), but is given"):
        predict(np.ones((n, 6)))


@pytest.mark.parametrize("spoiled", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("row", [0, 1030])
def test_inputs_that_are_not_finite_are_refused_by_their_row(backend, network, theta, spoiled, row):
    predict = predictor(network, theta, backend=backend)
    x = inputs(network, row + 1)
    x[row].flat[-1] = spoiled

    with pytest.raises(InputError, match=rf"Row {row} of the inputs.* in the inputs. Mend the row"):
        predict(x)


@pytest.mark.parametrize("n", [1, 3])
def test_outputs_that_are_not_finite_are_refused_by_their_row(backend, n):
    network = Network((2,), (Linear(2, 1),))
    predict = predictor(network, np.array([3e38, 3e38, 0.0]), backend=backend)
    x = np.ones((n, 2), np.float32)
    x[: n - 1] = 0

    with (
        np.errstate(over="ignore"),
        pytest.raises(InputError, match=rf"Row {n - 1} .* in its layer"),
    ):
        predict(x)


def test_inputs_whose_squares_overflow_are_taken(backend):
    network = Network((2,), (Linear(2, 1),))
    predict = predictor(network, np.array([1.0, 1.0, 0.0]), backend=backend)

    assert backend.to_numpy(predict(np.full((1, 2), 1e30))).tolist() == [[np.float32(2e30)]]


@pytest.mark.parametrize("precision", STORAGES)
@pytest.mark.parametrize("n", [1, 2])
def test_outputs_are_a_new_array_where_nothing_is_computed(backend, precision, n):
    network, x = Network((4,), (Dropout(0.5), Flatten())), backend.xp.ones((n, 4), np.float32)

    y = predictor(network, np.empty(0), backend=backend, precision=precision)(x)
    y[:] = 7

    assert (x == 1).all()


def test_a_variance_less_than_nothing_is_refused(backend):
    dense = Network((2,), (Linear(2, 2), BatchNorm(2), ReLU()))
    theta = np.ones(dense.n_parameters)
    theta[-1] = -0.5

    with pytest.raises(InputError, match="become infinite or NaN in float32"):
        predictor(dense, theta, backend=backend)

    alone = Network((2,), (BatchNorm(2), Sign()))
    with pytest.raises(InputError, match="Row 0 of the inputs has no finite output"):
        predictor(alone, np.array([1, 1, 1, 1, 0, 0, 1, -1.0]), backend=backend)(np.ones((1, 2)))


def test_outputs_for_which_there_is_no_memory_are_refused_with_their_size(backend):
    network = Network((1,), (Linear(1, 1_000_000),))
    predict = predictor(network, np.ones(2_000_000), backend=backend)

    with pytest.raises(InputError, match=r"\(100000000, 1000000\) would take 400,000.0 GB, more"):
        predict(np.broadcast_to(np.ones(1), (10**8, 1)))


@pytest.mark.parametrize("dtype", [complex, object, str])
def test_what_is_no_real_number_is_refused(backend, dtype):
    network = NETWORKS["linear"]
    predict = predictor(network, np.zeros(18), backend=backend)

    with pytest.raises(InputError, match="inputs must be real numbers, not"):
        predict(np.ones((2, *network.input_shape), dtype))
    with pytest.raises(InputError, match="parameters must be real numbers, not"):
        predictor(network, np.ones(18, dtype), backend=NumpyBackend())


@pytest.mark.parametrize("precision", STORAGES)
def test_the_tiniest_weights_of_layers_that_are_not_folded_do_no_harm(backend, precision):
    network = Network((3,), (Linear(3, 2), LeakyReLU(0.1)))

    y = predictor(network, np.full(8, 1e-44, np.float32), backend=backend, precision=precision)

    np.testing.assert_allclose(backend.to_numpy(y(np.ones((2, 3)))), 0, atol=1e-40)
