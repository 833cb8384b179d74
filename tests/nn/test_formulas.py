"""The stable forms agree with the textbook's where those are safe, and are safe elsewhere."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tinyclf.nn.formulas import log_softmax, sigmoid, softmax, softplus

ANY = st.floats(-(2.0**100), 2.0**100, width=32)
checked = settings(deadline=None, derandomize=True, max_examples=100)


@checked
@given(x=st.floats(-30, 30))
def test_they_agree_with_the_textbook(x):
    point = np.array([x])

    assert sigmoid(np, point)[0] == pytest.approx(1 / (1 + math.exp(-x)), abs=1e-15)
    assert softplus(np, point)[0] == pytest.approx(math.log1p(math.exp(x)), rel=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@checked
@given(data=st.data())
def test_no_finite_input_overflows(dtype, data):
    x = data.draw(arrays(dtype, (3, 4), elements=ANY))

    with np.errstate(over="raise", divide="raise", invalid="raise"):
        results = [f(np, x) for f in (sigmoid, softplus, log_softmax, softmax)]

    assert all(np.isfinite(y).all() and y.dtype == dtype for y in results)


def test_log_softmax_sums_to_one(backend):
    scores = backend.asarray([[1.0, 2.0, 3.0], [-1e4, 0.0, 1e4]])

    p = np.exp(backend.to_numpy(log_softmax(backend.xp, scores)))

    np.testing.assert_allclose(p.sum(axis=1), 1)
    np.testing.assert_allclose(p[0], np.exp([1, 2, 3]) / np.exp([1, 2, 3]).sum())


def test_softmax_is_what_log_softmax_is_the_logarithm_of(backend):
    scores = backend.asarray([[1.0, 2.0, 3.0], [-1e4, 0.0, 1e4]])

    p = backend.to_numpy(softmax(backend.xp, scores))

    np.testing.assert_allclose(p, np.exp(backend.to_numpy(log_softmax(backend.xp, scores))))
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-15)


def test_softplus_keeps_its_small_tail():
    assert softplus(np, np.array([-50.0]))[0] == pytest.approx(math.exp(-50))
