"""The way back to the weights, in compiled loops, is the formula's."""

import numpy as np
import pytest
from hypothesis import given, settings

from tests.nn.kernels.examples import CONVOLUTIONS
from tinyclf.nn.kernels.conv_relu_pool_weights import conv_relu_pool_weights


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-13), (np.float32, 1e-5)])
@settings(deadline=None, derandomize=True, max_examples=25)
@given(**CONVOLUTIONS)
def test_gradients_are_the_formula_s(agrees, dtype, tolerance, n, channels, outputs, k, h, w):
    rng = np.random.default_rng(h)
    x = rng.standard_normal((channels, h, w, n)).astype(dtype)
    dz = rng.standard_normal((outputs, (h - k + 1) // 2, (w - k + 1) // 2, n)).astype(dtype)
    winner = rng.integers(0, 5, dz.shape).astype(np.uint8)
    dW = np.full((outputs, channels, k, k), np.nan, dtype)
    db = np.full(outputs, np.nan, dtype)

    agrees(conv_relu_pool_weights, x, dz, winner, dW, db, tolerance=tolerance)
