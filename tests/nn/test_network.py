import numpy as np
import pytest

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.layers import Dropout, Linear, ReLU, Tanh
from tinyclf.nn.network import Network

CPU = NumpyBackend()
NETWORK = Network((4,), (Dropout(0.2), Linear(4, 6), ReLU(), Dropout(0.5), Linear(6, 3)))


def start(backend, dtype=np.float64, seed=0):
    return NETWORK.initialize(np.random.default_rng(seed), dtype, backend=backend)


def test_layers_work_one_after_the_other(backend):
    theta, x = start(backend), np.random.default_rng(1).standard_normal((5, 4))
    _, first, _, _, last = NETWORK.layout.views(backend.to_numpy(theta))

    y, _ = NETWORK.forward(theta, backend.asarray(x), backend=backend)

    by_hand = np.maximum(x @ first["W"] + first["b"], 0) @ last["W"] + last["b"]
    np.testing.assert_allclose(backend.to_numpy(y), by_hand, rtol=1e-12)


def test_the_way_back_agrees_with_measured_slopes(backend, slope):
    rng = np.random.default_rng(2)
    theta, x, dy = backend.to_numpy(start(backend)), rng.random((5, 4)), rng.random((5, 3))

    def run(theta):
        return NETWORK.forward(
            backend.asarray(theta), backend.asarray(x), backend=backend, rng=backend.generator(3)
        )

    gradient = backend.xp.full(theta.shape, np.nan)
    run(theta)[1](backend.asarray(dy), gradient)

    measured = slope(lambda theta: float((backend.to_numpy(run(theta)[0]) * dy).sum()), theta)
    np.testing.assert_allclose(backend.to_numpy(gradient), measured, rtol=1e-6, atol=1e-8)


def test_a_seed_gives_the_same_bits(backend):
    first, again, other = (backend.to_numpy(start(backend, seed=seed)) for seed in (5, 5, 6))

    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


def test_float32_starts_as_the_rounded_float64(backend):
    in_f4, in_f8 = (backend.to_numpy(start(backend, dtype)) for dtype in (np.float32, np.float64))

    assert in_f4.tobytes() == in_f8.astype(np.float32).tobytes()


def test_predictions_do_not_depend_on_the_batch_size(backend):
    theta = start(backend, np.float32)
    x = np.random.default_rng(1).random((10, 4), dtype=np.float32)

    whole, by_threes = (
        backend.to_numpy(NETWORK.predict(theta, x, backend=backend, batch_size=size))
        for size in (100, 3)
    )

    np.testing.assert_allclose(whole, by_threes, rtol=1e-5)


def test_predicting_takes_bytes_and_no_rows_at_all(backend):
    theta = start(backend, np.float32)

    assert NETWORK.predict(theta, np.full((2, 4), 255, np.uint8), backend=backend).shape == (2, 3)
    assert NETWORK.predict(theta, np.empty((0, 4)), backend=backend).shape == (0, 3)


def test_what_no_parameter_comes_before_is_not_gone_back_through():
    network = Network((2,), (Tanh(), Linear(2, 1)))
    theta = network.initialize(np.random.default_rng(0), np.float64, backend=CPU)
    _, backward = network.forward(theta, np.ones((1, 2)), backend=CPU)

    assert backward(np.ones((1, 1)), np.empty(3)) is None


def test_a_network_without_parameters_has_nothing_to_learn():
    network = Network((2,), (Tanh(),))
    y, backward = network.forward(np.empty(0), np.zeros((1, 2)), backend=CPU)

    backward(y, np.empty(0))

    assert network.n_parameters == 0


def test_layers_that_do_not_fit_are_refused_with_both_shapes():
    with pytest.raises(ConfigError, match=r"Layer 3 .*Linear 7 → 2 takes shape \(7,\).*\(6,\)"):
        Network((4,), (Linear(4, 6), ReLU(), Linear(7, 2)))


def test_no_layers_are_refused():
    with pytest.raises(ConfigError, match="layers of a network must be from 1 to"):
        Network((4,), ())


def test_more_parameters_than_memory_are_refused_before_any_is_made():
    with pytest.raises(ConfigError, match="parameters of a network must be from 0 to"):
        Network((1_000_000,), (Linear(1_000_000, 1_000_000),))


@pytest.mark.parametrize("shape", [(5,), (5, 3), (5, 4, 1), ()])
def test_inputs_of_another_shape_are_refused_with_both_shapes(shape):
    with pytest.raises(InputError, match=r"takes inputs \(n, 4\), but is given") as error:
        NETWORK.forward(start(CPU), np.zeros(shape), backend=CPU)

    assert str(error.value).endswith(f"an array of shape {shape}.")


def test_inputs_of_another_precision_are_refused():
    with pytest.raises(InputError, match="inputs are float32, but the parameters are float64"):
        NETWORK.forward(start(CPU), np.zeros((1, 4), np.float32), backend=CPU)


def test_parameters_of_another_network_are_refused():
    with pytest.raises(InputError, match=r"has 51 parameters, but .* shape \(50,\)"):
        NETWORK.forward(np.zeros(50), np.zeros((1, 4)), backend=CPU)


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_an_input_that_is_no_number_is_named(backend, wrong):
    x = np.zeros((5, 4))
    x[3, 1] = wrong

    with pytest.raises(InputError, match="Row 3 of the inputs"), np.errstate(invalid="ignore"):
        NETWORK.predict(start(backend), x, backend=backend)


def test_an_overflow_names_the_layer():
    theta = np.full(NETWORK.n_parameters, 1e30, np.float32)

    words = r"layer 5 of 5 \(Linear 6 → 3\), going forward"
    with CPU.raising(), pytest.raises(FloatingPointError, match=words):
        NETWORK.forward(theta, np.ones((2, 4), np.float32), backend=CPU)


def test_an_overflow_on_the_way_back_names_the_layer():
    theta = np.full(NETWORK.n_parameters, 1e10, np.float32)
    _, backward = NETWORK.forward(theta, np.full((2, 4), 1e10, np.float32), backend=CPU)

    words = r"layer 5 of 5 \(Linear 6 → 3\), going back"
    with CPU.raising(), pytest.raises(FloatingPointError, match=words):
        backward(np.full((2, 3), 1e20, np.float32), np.empty_like(theta))


@pytest.mark.parametrize("n", [0, 2])
def test_rows_of_another_width_are_not_predicted_even_if_there_are_none(n):
    with pytest.raises(InputError, match=r"takes inputs \(n, 4\), but .* shape \(\d, 7\)"):
        NETWORK.predict(start(CPU), np.zeros((n, 7)), backend=CPU)


@pytest.mark.parametrize("size", [0, -1, 2.5, True])
def test_a_batch_holds_at_least_one_row(size):
    with pytest.raises(ConfigError, match="batch size must be a whole number from 1"):
        NETWORK.predict(start(CPU), np.zeros((3, 4)), backend=CPU, batch_size=size)


@pytest.mark.parametrize("dtype", [int, np.float16, ">f4", np.complex64])
def test_parameters_of_no_precision_of_ours_are_refused(dtype):
    with pytest.raises(InputError, match="in float32 or float64: convert"):
        NETWORK.predict(np.zeros(51, dtype), np.zeros((3, 4)), backend=CPU)
    with pytest.raises(InputError, match="in float32 or float64: convert"):
        start(CPU, dtype)


@pytest.mark.parametrize("dtype", [complex, object, str])
def test_inputs_that_are_no_numbers_are_refused(dtype):
    with pytest.raises(InputError, match="inputs must be real numbers"):
        NETWORK.predict(start(CPU), np.zeros((3, 4), dtype), backend=CPU)
