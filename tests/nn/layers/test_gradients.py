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
def test_the_way_back_agrees_with_measured_slopes(backend, slope, kind, n, inputs, outputs, seed):
    shape, layer = LAYERS[kind](inputs, outputs)
    assume(n > 1 or not isinstance(layer, BatchNorm))
    rng = np.random.default_rng(seed)
    x = away_from_zero(rng, (n, *shape))
    parameters = {name: rng.standard_normal(shape) for name, shape in layer.shapes().items()}
    dy = rng.standard_normal((n, *layer.output_shape(shape)))

    def run(x, parameters):
        moved = {name: backend.asarray(array) for name, array in parameters.items()}
        return layer.forward(
            moved, backend.asarray(x), backend=backend, rng=backend.generator(seed)
        )

    def loss(x, parameters):
        return float((backend.to_numpy(run(x, parameters)[0]) * dy).sum())

    _, backward = run(x, parameters)
    gradient = {name: backend.xp.full(shape, np.nan) for name, shape in layer.shapes().items()}
    dx = backend.to_numpy(backward(backend.asarray(dy), gradient))

    np.testing.assert_allclose(dx, slope(lambda x: loss(x, parameters), x), rtol=1e-6, atol=1e-7)
    for name in parameters:
        np.testing.assert_allclose(
            backend.to_numpy(gradient[name]),
            slope(lambda p, name=name: loss(x, {**parameters, name: p}), parameters[name]),
            rtol=1e-6,
            atol=1e-7,
        )


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
