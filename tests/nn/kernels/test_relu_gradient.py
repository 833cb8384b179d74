"""The way back through the rectifier, compiled and on a card, is the formula's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.kernels.relu_gradient import relu_gradient


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-14), (np.float32, 3e-6)])
@settings(deadline=None, derandomize=True, max_examples=20)
@given(n=st.integers(0, 9), outputs=st.integers(1, 33), turned=st.booleans())
def test_slopes_are_the_formula_s(agrees, dtype, tolerance, n, outputs, turned):
    rng = np.random.default_rng(n)
    dy, y = rng.standard_normal((2, n, outputs)).astype(dtype)
    if turned:
        dy = np.asfortranarray(dy)
    dz, db = np.empty_like(y), np.empty(outputs, dtype)

    agrees(relu_gradient, dy, np.maximum(y, 0), dz, db, tolerance=tolerance)
