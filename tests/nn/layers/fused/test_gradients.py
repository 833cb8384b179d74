"""The ways back through layers in one agree with slopes measured by central differences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.layers import Conv2d, Linear, MaxPool2d
from tinyclf.nn.layers.fused.conv_relu_pool import ConvReLUPool
from tinyclf.nn.layers.fused.linear_relu import LinearReLU


def convolution(channels, outputs, **settings):
    conv = Conv2d(channels, outputs, **settings)
    return (channels, 6, 5), ConvReLUPool(conv, MaxPool2d()), conv.shapes()


def rows(inputs, outputs):
    linear = Linear(inputs, outputs)
    return (inputs,), LinearReLU(linear), linear.shapes()


LAYERS = {
    "convolution": convolution,
    "convolution, padded": lambda *sizes: convolution(*sizes, padding=1),
    "convolution, by the formula": lambda *sizes: convolution(*sizes, kernel=2),
    "linear": rows,
}
"""The shape of an input, the layer and the shapes of its parameters, for two widths."""


@pytest.mark.parametrize("kind", LAYERS)
@settings(deadline=None, derandomize=True, max_examples=8)
@given(
    n=st.integers(0, 3), inputs=st.integers(1, 5), outputs=st.integers(1, 4), seed=st.integers(0)
)
def test_the_way_back_agrees_with_measured_slopes(follows_slopes, kind, n, inputs, outputs, seed):
    shape, layer, shapes = LAYERS[kind](inputs, outputs)
    x = np.random.default_rng(seed).standard_normal((n, *shape))

    follows_slopes(layer, shapes, x, seed)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("kind", LAYERS)
def test_precision_stays_and_what_is_given_is_never_written_to(backend, kind, dtype):
    shape, layer, shapes = LAYERS[kind](3, 2)
    rng = np.random.default_rng(0)
    before = rng.standard_normal((4, *shape)).astype(dtype)
    x = backend.asarray(before.copy())
    parameters = {name: backend.xp.ones(shape, dtype) for name, shape in shapes.items()}
    gradient = {name: backend.xp.zeros_like(array) for name, array in parameters.items()}

    y, backward = layer.forward(parameters, x, backend=backend, rng=backend.generator(0))
    dy = backend.xp.ones_like(y)
    dx = backward(dy, gradient)

    assert y.dtype == dx.dtype == dtype
    np.testing.assert_array_equal(backend.to_numpy(x), before)
    assert (backend.to_numpy(dy) == 1).all()
