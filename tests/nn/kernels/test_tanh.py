"""The compiled hyperbolic tangent is as accurate as it says, wherever it is asked."""

import numpy as np
import pytest

pytest.importorskip("numba", reason="there is nothing to compile without numba")

SPACING = 1009
"""Every so manieth float32 is tried: a prime, so that all last bits occur."""


@pytest.fixture(scope="module")
def tanh():
    from tinyclf.nn.kernels.compiled.tanh import tanh

    def copied(x):
        y = x.copy()
        tanh(y)
        return y

    return copied


def finite_floats():
    infinity = np.float32(np.inf).view(np.uint32)
    positive = np.arange(0, infinity, SPACING, np.uint32).view(np.float32)
    around_the_edge = np.linspace(7.9, 8.1, 10_001, dtype=np.float32)
    numbers = np.concatenate([positive, around_the_edge])
    return np.concatenate([numbers, -numbers])


def test_every_float32_is_within_the_error_it_promises(tanh):
    x = finite_floats()

    y = tanh(x)

    assert np.abs(y - np.tanh(x.astype(np.float64))).max() < 4e-7


def test_it_never_leaves_the_range_of_a_hyperbolic_tangent(tanh):
    assert np.abs(tanh(finite_floats())).max() <= 1


def test_float64_is_numpy_s(tanh):
    x = np.linspace(-30, 30, 1001)

    np.testing.assert_allclose(tanh(x), np.tanh(x), rtol=1e-15)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_infinity_gives_one_and_nan_stays(tanh, dtype):
    y = tanh(np.array([np.inf, -np.inf, np.nan, 0.0, -0.0], dtype))

    np.testing.assert_allclose(y, [1, -1, np.nan, 0, 0], atol=4e-7)
    # Among many, too, where loops work on vectors.
    assert np.isnan(tanh(np.full(100, np.nan, dtype))).all()
