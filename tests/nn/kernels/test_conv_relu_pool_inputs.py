"""The way back to the inputs, in compiled loops, is the formula's."""

import numpy as np
import pytest
from hypothesis import given, settings

from tests.nn.kernels.examples import CONVOLUTIONS
from tinyclf.nn.kernels.conv_relu_pool_inputs import conv_relu_pool_inputs


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-14), (np.float32, 1e-6)])
@settings(deadline=None, derandomize=True, max_examples=25)
@given(**CONVOLUTIONS)
def test_gradients_are_the_formula_s(agrees, dtype, tolerance, n, channels, outputs, k, h, w):
    rng = np.random.default_rng(h)
    W = rng.standard_normal((outputs, channels, k, k)).astype(dtype)
    dz = rng.standard_normal((outputs, (h - k + 1) // 2, (w - k + 1) // 2, n)).astype(dtype)
    winner = rng.integers(0, 5, dz.shape).astype(np.uint8)
    dx = np.full((channels, h, w, n), np.nan, dtype)

    agrees(conv_relu_pool_inputs, W, dz, winner, dx, tolerance=tolerance)
