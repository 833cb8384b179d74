import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.errors import ConfigError
from tinyclf.nn.layers import MaxPool2d


@pytest.fixture(scope="module")
def pooled(backend):
    """Runs a pooling there, and back with a gradient of 1, 2, 3, …"""

    def run(layer, x):
        y, backward = layer.forward({}, backend.asarray(x), backend=backend, rng=None)
        dy = backend.asarray(np.arange(1.0, y.size + 1).reshape(y.shape))
        return backend.to_numpy(y), backend.to_numpy(backward(dy, {}))

    return run


@settings(deadline=None, derandomize=True, max_examples=40)
@given(
    n=st.integers(0, 3),
    channels=st.integers(1, 3),
    size=st.integers(1, 3),
    stride=st.none() | st.integers(1, 4),
    more=st.tuples(st.integers(0, 5), st.integers(0, 5)),
    levels=st.integers(1, 4),
)
def test_the_first_largest_of_each_window_is_taken_and_gets_the_gradient(
    pooled, n, channels, size, stride, more, levels
):
    x = np.random.default_rng(n).integers(0, levels, (n, channels, size + more[0], size + more[1]))
    x = x.astype(float)
    layer = MaxPool2d(size, stride)

    y, dx = pooled(layer, x)

    expected, slopes = np.empty_like(y), np.zeros_like(x)
    for number, place in enumerate(np.ndindex(y.shape), start=1):
        top, left = place[2] * layer.effective_stride, place[3] * layer.effective_stride
        window = x[place[:2]][top : top + size, left : left + size]
        expected[place] = window.max()
        i, j = np.unravel_index(window.argmax(), window.shape)
        slopes[(*place[:2], top + i, left + j)] += number
    np.testing.assert_array_equal(y, expected)
    np.testing.assert_array_equal(dx, slopes)


def test_what_fills_no_window_is_dropped(pooled):
    y, dx = pooled(MaxPool2d(2), np.arange(25.0).reshape(1, 1, 5, 5))

    assert y[0, 0].tolist() == [[6, 8], [16, 18]]
    assert (dx[0, 0, 4] == 0).all()
    assert (dx[0, 0, :, 4] == 0).all()


@pytest.mark.parametrize("place", [*np.ndindex(2, 2)], ids=str)
def test_nan_does_not_vanish(pooled, place):
    x = np.ones((1, 1, 2, 2))
    x[0, 0][place] = np.nan

    y, dx = pooled(MaxPool2d(), x)

    assert np.isnan(y).all()
    assert dx.sum() == 1


def test_what_nobody_wants_is_not_computed(backend):
    y, backward = MaxPool2d().forward({}, backend.xp.ones((2, 1, 4, 4)), backend=backend, rng=None)

    assert backward(y, {}, wants_dx=False) is None


@pytest.mark.parametrize(("size", "stride"), [(0, None), (-1, 2), (2, 0), (10**6, 1)])
def test_absurd_settings_are_refused_with_the_range(size, stride):
    with pytest.raises(
        ConfigError, match="of a pooling window must be a whole number from 1 to 1,000"
    ):
        MaxPool2d(size, stride)


def test_inputs_that_do_not_fit_are_refused_by_name():
    with pytest.raises(ConfigError, match=r"MaxPool2d 2 × 2 takes shape .* is given \(8,\)"):
        MaxPool2d().output_shape((8,))
    with pytest.raises(
        ConfigError, match="MaxPool2d 3 × 3, stride 1 needs images of at least 3 × 3"
    ):
        MaxPool2d(3, 1).output_shape((1, 2, 8))
