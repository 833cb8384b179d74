"""Convolution, rectifier and pooling in compiled loops are the formula's, winners and all."""

import numpy as np
import pytest
from hypothesis import given, settings

from tests.nn.kernels.examples import CONVOLUTIONS
from tinyclf.nn.kernels.conv_relu_pool import conv_relu_pool


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@settings(deadline=None, derandomize=True, max_examples=25)
@given(**CONVOLUTIONS)
def test_outputs_and_winners_are_the_formula_s(agrees, dtype, n, channels, outputs, k, h, w):
    rng = np.random.default_rng(h)
    # Whole numbers: both precisions are exact, and many windows are equal.
    x = rng.integers(-2, 3, (channels, h, w, n)).astype(dtype)
    W = rng.integers(-2, 3, (outputs, channels, k, k)).astype(dtype)
    b = rng.integers(-2, 3, outputs).astype(dtype)
    z = np.full((outputs, (h - k + 1) // 2, (w - k + 1) // 2, n), np.nan, dtype)

    agrees(conv_relu_pool, x, W, b, z, np.full(z.shape, 9, np.uint8), tolerance=0)


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-14), (np.float32, 1e-6)])
def test_rounding_is_the_formula_s(agrees, dtype, tolerance):
    rng = np.random.default_rng(0)
    x = rng.standard_normal((3, 9, 8, 20)).astype(dtype)
    W = rng.standard_normal((4, 3, 3, 3)).astype(dtype)
    b = rng.standard_normal(4).astype(dtype)
    z = np.empty((4, 3, 3, 20), dtype)

    agrees(conv_relu_pool, x, W, b, z, np.empty(z.shape, np.uint8), tolerance=tolerance)
