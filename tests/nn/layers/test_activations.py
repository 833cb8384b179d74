"""What the activations give, at plain and at extreme inputs."""

import math

import numpy as np
import pytest

from tests.nn.kinds import LAYERS
from tinyclf.errors import ConfigError
from tinyclf.nn.layers import GELU, LeakyReLU, ReLU, Sigmoid, Tanh
from tinyclf.nn.layers.elementwise import Elementwise

ACTIVATIONS = {
    kind: layer
    for kind, (_, layer) in ((kind, make(4, 4)) for kind, make in LAYERS.items())
    if isinstance(layer, Elementwise)
}


@pytest.fixture
def outputs(backend):
    def run(layer, x):
        with backend.raising():
            y, _ = layer.forward({}, backend.asarray(x), backend=backend, rng=None)
        return backend.to_numpy(y)

    return run


def test_relu_cuts_off_below_zero(outputs):
    assert outputs(ReLU(), [-3.0, 0.0, 2.0]).tolist() == [0.0, 0.0, 2.0]


def test_leaky_relu_lets_a_little_through_below_zero(outputs):
    assert outputs(LeakyReLU(0.25), [-4.0, 0.0, 2.0]).tolist() == [-1.0, 0.0, 2.0]


@pytest.mark.parametrize("slope", [-0.1, 1.5, float("nan")])
def test_a_slope_out_of_range_is_refused(slope):
    with pytest.raises(ConfigError, match="slope of a leaky ReLU must be from 0"):
        LeakyReLU(slope)


def test_gelu_is_its_formula_and_near_the_exact_one(outputs):
    x = np.linspace(-9, 9, 91)
    formula = 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
    by_erf = [0.5 * x * (1 + math.erf(x / math.sqrt(2))) for x in x.tolist()]

    y = outputs(GELU(), x)

    np.testing.assert_allclose(y, formula, rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(y, by_erf, atol=5e-4)


def test_gelu_is_the_rectifier_far_from_zero(outputs):
    assert outputs(GELU(), [-1e300, -30.0, 30.0, 1e300]).tolist() == [0.0, 0.0, 30.0, 1e300]


def test_sigmoid_is_one_half_at_zero_and_symmetric(outputs):
    x = np.linspace(-8, 8, 33)

    y = outputs(Sigmoid(), x)

    assert y[16] == 0.5
    np.testing.assert_allclose(y, 1 / (1 + np.exp(-x)), rtol=1e-10)
    np.testing.assert_allclose(y + y[::-1], 1, rtol=1e-14)


def test_tanh_is_the_hyperbolic_tangent(outputs):
    x = np.linspace(-3, 3, 13)

    np.testing.assert_allclose(outputs(Tanh(), x), np.tanh(x), rtol=1e-15)


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_huge_inputs_do_not_overflow(outputs, kind):
    y = outputs(ACTIVATIONS[kind], np.array([-3e38, -1e4, 1e4, 3e38], np.float32))

    assert np.isfinite(y).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_huge_inputs_come_back_finite(backend, kind, dtype):
    largest = np.finfo(dtype).max
    x = backend.asarray(np.array([-largest, -1e4, -20, 0, 20, 1e4, largest], dtype))

    with backend.raising():
        _, backward = ACTIVATIONS[kind].forward({}, x, backend=backend, rng=None)
        dx = backend.to_numpy(backward(backend.xp.ones_like(x), {}))

    assert np.isfinite(dx).all()
    assert (dx >= -0.2).all()
    assert (dx <= 1.2).all()
