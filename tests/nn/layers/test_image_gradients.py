"""The ways back through layers on images agree with slopes measured by central differences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.layers import Conv2d, MaxPool2d
from tinyclf.nn.layers.fused.conv_relu_pool import ConvReLUPool

LAYERS = {
    "convolution": lambda channels, outputs: Conv2d(channels, outputs),
    "striding": lambda channels, outputs: Conv2d(channels, outputs, 3, stride=2, padding=1),
    "pixel by pixel": lambda channels, outputs: Conv2d(channels, outputs, 1),
    "pooling": lambda channels, outputs: MaxPool2d(2),
    "overlapping": lambda channels, outputs: MaxPool2d(3, stride=2),
    "in one": lambda channels, outputs: ConvReLUPool(Conv2d(channels, outputs), MaxPool2d()),
    "in one, padded": lambda channels, outputs: ConvReLUPool(
        Conv2d(channels, outputs, padding=1), MaxPool2d()
    ),
    "in one, by the formula": lambda channels, outputs: ConvReLUPool(
        Conv2d(channels, outputs, 2), MaxPool2d()
    ),
}


@pytest.mark.parametrize("kind", LAYERS)
@settings(deadline=None, derandomize=True, max_examples=8)
@given(
    n=st.integers(0, 2),
    channels=st.integers(1, 5),
    outputs=st.integers(1, 2),
    h=st.integers(4, 6),
    w=st.integers(4, 5),
    seed=st.integers(0, 99),
)
def test_the_way_back_agrees_with_measured_slopes(
    backend, slope, kind, n, channels, outputs, h, w, seed
):
    rng = np.random.default_rng(seed)
    layer = LAYERS[kind](channels, outputs)
    shapes = layer.conv.shapes() if isinstance(layer, ConvReLUPool) else layer.shapes()
    x = rng.standard_normal((n, channels, h, w))
    parameters = {name: rng.standard_normal(shape) for name, shape in shapes.items()}

    def run(x, parameters):
        moved = {name: backend.asarray(array) for name, array in parameters.items()}
        return layer.forward(moved, backend.asarray(x), backend=backend, rng=None)

    y, backward = run(x, parameters)
    dy = rng.standard_normal(y.shape)
    gradient = {name: backend.xp.full(shape, np.nan) for name, shape in shapes.items()}
    dx = backend.to_numpy(backward(backend.asarray(dy), gradient))

    def loss(x, parameters):
        return float((backend.to_numpy(run(x, parameters)[0]) * dy).sum())

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
def test_precision_stays_and_inputs_are_never_written_to(backend, kind, dtype):
    layer = LAYERS[kind](2, 2)
    shapes = layer.conv.shapes() if isinstance(layer, ConvReLUPool) else layer.shapes()
    before = np.linspace(-2, 2, 3 * 2 * 5 * 5).reshape(3, 2, 5, 5).astype(dtype)
    x = backend.asarray(before.copy())
    parameters = {name: backend.xp.ones(shape, dtype) for name, shape in shapes.items()}
    gradient = {name: backend.xp.zeros_like(array) for name, array in parameters.items()}

    y, backward = layer.forward(parameters, x, backend=backend, rng=backend.generator(0))
    dx = backward(y, gradient)

    assert y.dtype == dx.dtype == dtype
    np.testing.assert_array_equal(backend.to_numpy(x), before)
