"""A step of descent with momentum, compiled and on a card, is the formula's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.kernels.sgd_step import sgd_step


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-14), (np.float32, 1e-6)])
@settings(deadline=None, derandomize=True, max_examples=20)
@given(n=st.integers(0, 40), momentum=st.sampled_from([0.0, 0.9]), nesterov=st.booleans())
def test_a_step_is_the_formula_s(agrees, dtype, tolerance, n, momentum, nesterov):
    θ, g, v, room = np.random.default_rng(n).standard_normal((4, n)).astype(dtype)

    agrees(sgd_step, θ, g, v, room, 1e-2, momentum, nesterov, tolerance=tolerance, scratch=(3,))
