"""Compiled sums are the formula's."""

import numpy as np
import pytest

from tinyclf.nn.kernels.add_up import add_up


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-13), (np.float32, 1e-5)])
@pytest.mark.parametrize("n", [0, 1, 7, 1000])
def test_the_sum_is_the_formula_s(agrees, dtype, tolerance, n):
    agrees(add_up, np.random.default_rng(n).random(n).astype(dtype), tolerance=tolerance)
