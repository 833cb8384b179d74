"""Convolution, rectifier and pooling in one give what the three give in a row."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.layers import Conv2d, MaxPool2d, ReLU
from tinyclf.nn.layers.fused.conv_relu_pool import ConvReLUPool

RELU_FIRST, POOL_FIRST = (0, 1, 2), (0, 2, 1)


def in_a_row(layers, parameters, x, gradient, dy, backend):
    backwards = []
    for layer in layers:
        x, backward = layer.forward(parameters, x, backend=backend, rng=None)
        backwards.append(backward)
    y, flow = x, dy(x.shape)
    for backward in reversed(backwards):
        flow = backward(flow, gradient)
    return y, flow


@pytest.fixture(scope="module")
def both(backend):
    """Runs the three in one and in a row; returns y, dx, dW, db of each."""

    def run(conv, x, order=RELU_FIRST, integers=False):
        rng = np.random.default_rng(7)
        draw = (lambda s: rng.integers(-2, 3, s) + 0.0) if integers else rng.standard_normal
        parameters = {n: backend.asarray(draw(s), x.dtype) for n, s in conv.shapes().items()}
        three = [(conv, ReLU(), MaxPool2d())[place] for place in order]
        results = []
        for layers in ([ConvReLUPool(conv, MaxPool2d())], three):
            gradient = {name: backend.xp.full_like(p, np.nan) for name, p in parameters.items()}
            rng = np.random.default_rng(8)
            dy = lambda shape, rng=rng: backend.asarray(rng.standard_normal(shape), x.dtype)
            y, dx = in_a_row(layers, parameters, backend.asarray(x), gradient, dy, backend)
            results.append([backend.to_numpy(a) for a in (y, dx, gradient["W"], gradient["b"])])
        return results

    return run


def close(one, row, rtol=1e-12):
    for got, expected in zip(one, row, strict=True):
        np.testing.assert_allclose(got, expected, rtol=rtol, atol=rtol * 10)


@pytest.mark.parametrize("order", [RELU_FIRST, POOL_FIRST], ids=["relu first", "pool first"])
@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    n=st.integers(0, 3),
    channels=st.integers(1, 5),
    outputs=st.integers(1, 4),
    kernel=st.integers(1, 4),
    padding=st.integers(0, 2),
    more=st.tuples(st.integers(1, 5), st.integers(1, 5)),
)
def test_one_gives_what_three_give(both, order, n, channels, outputs, kernel, padding, more):
    x = np.random.default_rng(n).standard_normal((n, channels, kernel + more[0], kernel + more[1]))

    close(*both(Conv2d(channels, outputs, kernel, padding=padding), x, order))


@pytest.mark.parametrize("n", [127, 128, 129, 300])
def test_batches_of_any_size_fit(both, n):
    x = np.random.default_rng(0).standard_normal((n, 2, 7, 6))

    close(*both(Conv2d(2, 3, padding=1), x), rtol=1e-11)


@pytest.mark.parametrize("order", [RELU_FIRST, POOL_FIRST], ids=["relu first", "pool first"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_of_equal_windows_the_first_gets_the_gradient(both, dtype, order):
    x = np.random.default_rng(0).integers(-1, 2, (40, 2, 8, 8)).astype(dtype)
    x[::4] = 1

    one, row = both(Conv2d(2, 3), x, order, integers=True)

    np.testing.assert_array_equal(one[0], row[0])
    close(one[1:], row[1:], rtol=1e-4 if dtype == np.float32 else 1e-12)


def test_a_flat_image_passes_its_gradient_once(backend):
    one = ConvReLUPool(Conv2d(1, 1), MaxPool2d())
    parameters = {"W": backend.xp.ones((1, 1, 3, 3)), "b": backend.xp.zeros(1)}
    gradient = {name: backend.xp.empty_like(array) for name, array in parameters.items()}
    y, backward = one.forward(parameters, backend.xp.ones((5, 1, 6, 6)), backend=backend, rng=None)

    backward(backend.xp.ones_like(y), gradient)

    assert float(gradient["b"][0]) == y.size
    assert (backend.to_numpy(gradient["W"]) == y.size).all()


@pytest.mark.parametrize("place", [*np.ndindex(4, 4)], ids=str)
def test_nan_does_not_vanish(backend, place):
    parameters = {"W": backend.xp.ones((1, 1, 3, 3)), "b": backend.xp.zeros(1)}
    x = np.ones((20, 1, 4, 4))
    x[13, 0][place] = np.nan

    y, _ = ConvReLUPool(Conv2d(1, 1), MaxPool2d()).forward(
        parameters, backend.asarray(x), backend=backend, rng=None
    )

    assert np.flatnonzero(np.isnan(backend.to_numpy(y))).tolist() == [13]


def test_what_nobody_wants_is_not_computed(backend):
    one = ConvReLUPool(Conv2d(1, 2), MaxPool2d())
    parameters = {name: backend.xp.ones(shape) for name, shape in one.conv.shapes().items()}
    y, backward = one.forward(parameters, backend.xp.ones((2, 1, 6, 6)), backend=backend, rng=None)

    assert backward(y, parameters, wants_dx=False) is None


@pytest.mark.parametrize(
    ("conv", "pool", "fits"),
    [
        (Conv2d(1, 2), MaxPool2d(2), True),
        (Conv2d(3, 2, kernel=5, padding=2), MaxPool2d(2, stride=2), True),
        (Conv2d(1, 2, stride=2), MaxPool2d(2), False),
        (Conv2d(1, 2), MaxPool2d(3), False),
        (Conv2d(1, 2), MaxPool2d(2, stride=1), False),
    ],
    ids=str,
)
def test_only_windows_side_by_side_fit(conv, pool, fits):
    assert ConvReLUPool.fits(conv, pool) is fits
