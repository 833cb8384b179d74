"""A step of Adam, compiled and on a card, is the formula's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.kernels.adam_step import adam_step


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-14), (np.float32, 1e-6)])
@settings(deadline=None, derandomize=True, max_examples=20)
@given(n=st.integers(0, 40), seed=st.integers(0, 99))
def test_a_step_is_the_formula_s(agrees, dtype, tolerance, n, seed):
    rng = np.random.default_rng(seed)
    θ, g, m, v, room = rng.random((5, n)).astype(dtype)

    agrees(adam_step, θ, g, m, v, room, 1e-2, 0.9, 0.999, 1e-8, tolerance=tolerance, scratch=(4,))


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-15), (np.float32, 3e-7)])
def test_the_first_step_keeps_all_digits_of_what_the_means_take_in(agrees, dtype, tolerance):
    g = np.random.default_rng(0).random(40).astype(dtype)
    θ, m, v, room = np.zeros((4, 40), dtype)

    agrees(adam_step, θ, g, m, v, room, 1e-2, 0.9, 0.999, 1e-8, tolerance=tolerance, scratch=(4,))
