"""Dropping, compiled and on a card, is the formula's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.kernels.drop import drop


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 0), (np.float32, 1e-6)])
@settings(deadline=None, derandomize=True, max_examples=20)
@given(
    shape=st.sampled_from([(0,), (1,), (7, 5), (2, 3, 4, 5)]),
    least=st.sampled_from([0, 1, 30_000, 65_535, 65_536]),
)
def test_numbers_are_the_formula_s(agrees, dtype, tolerance, shape, least):
    rng = np.random.default_rng(least)
    x = rng.standard_normal(shape).astype(dtype)
    noise = rng.integers(0, 65_536, shape, np.uint16)

    agrees(drop, x, noise, least, 1.5, np.empty_like(x), tolerance=tolerance)
