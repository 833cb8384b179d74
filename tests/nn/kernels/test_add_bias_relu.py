"""Bias and rectifier, compiled and on a card, are the formula's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.kernels.add_bias_relu import add_bias_relu


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 0), (np.float32, 1e-6)])
@settings(deadline=None, derandomize=True, max_examples=20)
@given(n=st.integers(0, 9), outputs=st.integers(1, 33))
def test_outputs_are_the_formula_s(agrees, dtype, tolerance, n, outputs):
    rng = np.random.default_rng(n)
    y, b = rng.standard_normal((n, outputs)), rng.standard_normal(outputs)

    agrees(add_bias_relu, y.astype(dtype), b.astype(dtype), tolerance=tolerance)


def test_nan_stays_in_sight(fast_backend):
    y = fast_backend.asarray(np.array([[np.nan, -1.0]]))

    fast_backend.kernel(add_bias_relu)(y, fast_backend.asarray(np.zeros(2)))

    np.testing.assert_array_equal(fast_backend.to_numpy(y), [[np.nan, 0.0]])
