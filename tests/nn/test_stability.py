"""The epsilon settings: what they cut off, by how much at most, and the gradient of just that."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tinyclf.errors import ConfigError
from tinyclf.nn.layers import Sigmoid, Tanh
from tinyclf.nn.stability import EXACT, Stability

REFERENCE = Stability(4e-6, 1e-7)
ANY = arrays(np.float64, 12, elements=st.floats(-1e300, 1e300))
checked = settings(deadline=None, derandomize=True, max_examples=60)


def run(layer, x, backend):
    y, backward = layer.forward({}, backend.asarray(x), backend=backend, rng=None)
    return backend.to_numpy(y), backend.to_numpy(backward(backend.xp.ones(len(x), y.dtype), {}))


@pytest.mark.parametrize("kind", [Sigmoid, Tanh])
@checked
@given(x=ANY)
def test_off_is_the_exact_form(backend, kind, x):
    for one, other in zip(run(kind(Stability()), x, backend), run(kind(), x, backend), strict=True):
        assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("kind", [Sigmoid, Tanh])
@checked
@given(x=ANY, epsilon=st.floats(1e-12, 0.1))
def test_no_exponential_leaves_its_range(backend, kind, x, epsilon):
    y, slope = run(kind(Stability(epsilon_exp=epsilon)), x, backend)
    exact, exact_slope = run(kind(), x, backend)

    times = 1 if kind is Sigmoid else 2
    inside = times * np.abs(x) <= -math.log(epsilon)
    np.testing.assert_array_equal(y[inside], exact[inside])
    np.testing.assert_array_equal(slope[inside], exact_slope[inside])
    assert (slope[~inside] == 0).all()
    np.testing.assert_allclose(y, exact, rtol=0, atol=2 * epsilon + 1e-15)


@pytest.mark.parametrize("kind", [Sigmoid, Tanh])
@checked
@given(x=ANY, epsilon=st.floats(1e-12, 0.1))
def test_small_activations_count_as_zero(backend, kind, x, epsilon):
    y, slope = run(kind(Stability(epsilon_square=epsilon)), x, backend)
    exact, exact_slope = run(kind(), x, backend)

    kept = exact * exact >= epsilon
    np.testing.assert_array_equal(y, np.where(kept, exact, 0))
    np.testing.assert_array_equal(slope, np.where(kept, exact_slope, 0))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_cut_sigmoid_never_becomes_certain(backend, dtype):
    x = np.array([-np.finfo(dtype).max, -100, 100, np.finfo(dtype).max], dtype)

    with backend.raising():
        y, _ = run(Sigmoid(Stability(epsilon_exp=4e-6)), x, backend)

    assert y.dtype == dtype
    np.testing.assert_allclose(y, [4e-6, 4e-6, 1 - 4e-6, 1 - 4e-6], rtol=0, atol=1.5e-7)
    assert (y * (1 - y) > 0).all()


def test_a_sigmoid_at_its_cut_is_what_the_setting_says():
    assert REFERENCE.largest_exponent == pytest.approx(12.43, abs=0.01)
    assert EXACT.largest_exponent == math.inf


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_chain_of_small_numbers_ends_in_zero_instead_of_denormals(backend, dtype):
    x = backend.asarray(np.array([1e-3, 0.2, -1.0], dtype))
    exact, cut = x, x
    for _ in range(400):
        exact, cut = (
            layer.forward({}, 0.5 * y, backend=backend, rng=None)[0]
            for layer, y in ((Tanh(), exact), (Tanh(REFERENCE), cut))
        )

    tiny = np.finfo(np.float32).tiny
    assert (np.abs(backend.to_numpy(exact)) < tiny).all()
    assert (backend.to_numpy(cut) == 0).all()
    assert cut.dtype == dtype


@pytest.mark.parametrize("name", ["epsilon_exp", "epsilon_square"])
@pytest.mark.parametrize("value", [-1e-9, 0.2, math.nan, math.inf])
def test_an_epsilon_out_of_range_is_refused_with_the_range(name, value):
    with pytest.raises(ConfigError, match=f"{name} must be from 0.0 to 0.1"):
        Stability(**{name: value})
