"""The sign, and the hard tanh that stands in for its slope.

A step's slope is 0 wherever it can be measured, so the way back cannot be held against measured
slopes of the step; it is held against those of the function that defines it.
"""

import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.layers import Sign


def run(layer, x, backend):
    return layer.forward({}, backend.asarray(x), backend=backend, rng=None)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_is_plus_or_minus_one_and_minus_one_at_the_threshold(backend, dtype):
    y, _ = run(Sign(0.5), np.array([[-3, 0.5, 0.6], [0, 1, 9]], dtype), backend)

    assert y.dtype == dtype
    assert backend.to_numpy(y).tolist() == [[-1, -1, 1], [-1, 1, 1]]


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_has_no_sign(backend, number):
    with np.errstate(invalid="ignore"):
        y, _ = run(Sign(), np.array([2.0, number, -2.0]), backend)

    np.testing.assert_array_equal(backend.to_numpy(y), [1, np.nan, -1])


@pytest.mark.parametrize("pixels", [[0.0, 1.0], [-1.0, 1.0]])
def test_pixels_of_either_kind_become_signs(backend, pixels):
    y, _ = run(Sign(), np.array(pixels), backend)

    assert backend.to_numpy(y).tolist() == [-1, 1]


@pytest.mark.parametrize("threshold", [0.0, 0.3])
def test_the_way_back_is_that_of_a_hard_tanh(backend, slope, threshold):
    rng = np.random.default_rng(0)
    x, dy = rng.normal(size=(7, 5)) * 2, rng.normal(size=(7, 5))

    def hard_tanh(x):
        return float((np.clip(x - threshold, -1, 1) * dy).sum())

    _, backward = run(Sign(threshold), x, backend)
    dx = backend.to_numpy(backward(backend.asarray(dy), {}))

    np.testing.assert_allclose(dx, slope(hard_tanh, x), atol=1e-8)


def test_an_absurd_threshold_is_refused():
    with pytest.raises(ConfigError, match="threshold of a sign must be from"):
        Sign(float("nan"))
