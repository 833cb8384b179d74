"""Every layer's way back agrees with slopes measured by central differences, in float64."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.nn.kinds import LAYERS
from tinyclf.nn.layers import BatchNorm

STRAIGHT_THROUGH = {"binary linear", "sign"}
"""What goes back through these is no slope; their own tests hold them to what it is instead."""


def away_from_zero(rng, shape):
    """Inputs at which no layer has a kink."""
    x = rng.standard_normal(shape) * 2
    return np.where(np.abs(x) < 0.01, 0.5, x)


@pytest.mark.parametrize("kind", [kind for kind in LAYERS if kind not in STRAIGHT_THROUGH])
@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    n=st.integers(0, 5), inputs=st.integers(1, 6), outputs=st.integers(1, 6), seed=st.integers(0)
)
def test_the_way_back_agrees_with_measured_slopes(follows_slopes, kind, n, inputs, outputs, seed):
    shape, layer = LAYERS[kind](inputs, outputs)
    assume(n > 1 or not isinstance(layer, BatchNorm))
    x = away_from_zero(np.random.default_rng(seed), (n, *shape))

    follows_slopes(layer, layer.shapes(), x, seed)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("kind", LAYERS)
def test_precision_stays_what_it_was(backend, kind, dtype):
    shape, layer = LAYERS[kind](3, 2)
    x = backend.asarray(np.ones((4, *shape)), dtype)
    parameters = {name: backend.xp.ones(shape, dtype) for name, shape in layer.shapes().items()}
    gradient = {name: backend.xp.zeros_like(array) for name, array in parameters.items()}

    y, backward = layer.forward(parameters, x, backend=backend, rng=backend.generator(0))
    dx = backward(y, gradient)

    assert y.dtype == dx.dtype == dtype


@pytest.mark.parametrize("kind", LAYERS)
def test_inputs_are_never_written_to(backend, kind):
    shape, layer = LAYERS[kind](3, 2)
    before = np.linspace(-2, 2, 4 * math.prod(shape)).reshape(4, *shape)
    x = backend.asarray(before.copy())
    parameters = {name: backend.xp.ones(shape) for name, shape in layer.shapes().items()}

    y, backward = layer.forward(parameters, x, backend=backend, rng=backend.generator(0))
    backward(y, {name: backend.xp.zeros_like(array) for name, array in parameters.items()})

    np.testing.assert_array_equal(backend.to_numpy(x), before)
