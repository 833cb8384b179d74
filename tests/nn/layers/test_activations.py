"""What the activations give, at plain and at extreme inputs."""

import numpy as np
import pytest

from tinyclf.nn.layers import ReLU, Sigmoid, Tanh


@pytest.fixture
def outputs(backend):
    def run(layer, x):
        with backend.raising():
            y, _ = layer.forward({}, backend.asarray(x), backend=backend, rng=None)
        return backend.to_numpy(y)

    return run


def test_relu_cuts_off_below_zero(outputs):
    assert outputs(ReLU(), [-3.0, 0.0, 2.0]).tolist() == [0.0, 0.0, 2.0]


def test_sigmoid_is_one_half_at_zero_and_symmetric(outputs):
    x = np.linspace(-8, 8, 33)

    y = outputs(Sigmoid(), x)

    assert y[16] == 0.5
    np.testing.assert_allclose(y, 1 / (1 + np.exp(-x)), rtol=1e-10)
    np.testing.assert_allclose(y + y[::-1], 1, rtol=1e-14)


def test_tanh_is_the_hyperbolic_tangent(outputs):
    x = np.linspace(-3, 3, 13)

    np.testing.assert_allclose(outputs(Tanh(), x), np.tanh(x), rtol=1e-15)


@pytest.mark.parametrize("layer", [ReLU(), Sigmoid(), Tanh()], ids=str)
def test_huge_inputs_do_not_overflow(outputs, layer):
    y = outputs(layer, np.array([-3e38, -1e4, 1e4, 3e38], np.float32))

    assert np.isfinite(y).all()
