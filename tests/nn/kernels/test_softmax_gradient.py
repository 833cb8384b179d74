"""The softmax and its slope, compiled and on a card, are the formula's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.kernels.softmax_gradient import softmax_gradient


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-13), (np.float32, 2e-6)])
@settings(deadline=None, derandomize=True, max_examples=20)
@given(n=st.integers(1, 9), classes=st.integers(2, 17), spread=st.sampled_from([1.0, 1e4]))
def test_loss_and_slope_are_the_formula_s(agrees, dtype, tolerance, n, classes, spread):
    rng = np.random.default_rng(n)
    scores = (rng.standard_normal((n, classes)) * spread).astype(dtype)
    T = rng.dirichlet(np.ones(classes), n).astype(dtype)

    agrees(softmax_gradient, scores, T, np.empty_like(scores), tolerance=tolerance)


def test_nan_stays_in_sight(fast_backend):
    scores, T = np.array([[0.0, np.nan, 1.0]]), np.array([[1.0, 0.0, 0.0]])
    moved = [fast_backend.asarray(array) for array in (scores, T, np.zeros((1, 3)))]

    assert np.isnan(float(fast_backend.kernel(softmax_gradient)(*moved)))
