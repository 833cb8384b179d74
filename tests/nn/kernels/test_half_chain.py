"""One input through layers in half precision, compiled, is the formula's."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nn.kernels.examples import ACTIVATIONS
from tinyclf.nn.kernels.activations import PLAIN
from tinyclf.nn.kernels.half_chain import half_chain


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-13), (np.float32, 5e-6)])
@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    widths=st.lists(st.sampled_from([1, 3, 70, 511, 512, 513, 1100]), min_size=2, max_size=4),
    activation=st.sampled_from(ACTIVATIONS),
)
def test_outputs_are_the_formula_s(agrees, dtype, tolerance, widths, activation):
    rng = np.random.default_rng(len(widths))
    size = sum(inputs * outputs for inputs, outputs in pairwise(widths))
    weights = (rng.standard_normal(size) / 30).astype(np.float16)
    scales = np.ldexp(1.0, rng.integers(-3, 3, sum(widths[1:])))
    biases, x = rng.random(sum(widths[1:])), rng.standard_normal(widths[0])

    agrees(
        half_chain,
        weights.view(np.uint16),
        scales.astype(dtype),
        biases.astype(dtype),
        np.array(widths),
        np.array([activation] * (len(widths) - 1)),
        x.astype(dtype),
        tolerance=tolerance,
    )


@pytest.mark.parametrize("weight", [0.0, -0.0, 65504.0, -65504.0, 2.0**-14, 2.0**-24, 3 * 2.0**-24])
def test_every_kind_of_number_is_widened_right(fast_backend, weight):
    weights = np.array([weight], np.float16).view(np.uint16)
    b, x = np.zeros(1, np.float32), np.ones(1, np.float32)
    moved = [fast_backend.asarray(array) for array in (weights, x, b)]

    y = fast_backend.kernel(half_chain)(
        *moved, np.array([1, 1]), np.array([PLAIN], np.float64), fast_backend.asarray(x)
    )

    assert float(y[0]) == weight


@pytest.mark.parametrize("scale", [1e-4, 1e-10, 1e-25, 1e-36, 1e10, 1e25, 1e35])
def test_small_inputs_do_not_vanish_nor_large_ones_overflow(agrees, scale):
    rng = np.random.default_rng(0)
    weights = (rng.random(700) / 30).astype(np.float16).view(np.uint16)
    x = (rng.random(700) * scale).astype(np.float32)

    agrees(
        half_chain,
        weights,
        np.ones(1, np.float32),
        np.zeros(1, np.float32),
        np.array([700, 1]),
        np.array([PLAIN], np.float64),
        x,
        tolerance=1e-6,
    )


@pytest.mark.parametrize("exponent", [-126, -100, 100, 112])
def test_scales_of_all_sizes_are_applied_whatever_the_inputs(agrees, exponent):
    weights = (np.arange(-30, 40) * 2.0**9).astype(np.float16).view(np.uint16)
    x = (np.ones(70) * 2.0**-exponent).astype(np.float32)

    agrees(
        half_chain,
        weights,
        np.array([2.0**exponent], np.float32),
        np.ones(1, np.float32),
        np.array([70, 1]),
        np.array([PLAIN], np.float64),
        x,
        tolerance=1e-6,
    )


@pytest.mark.parametrize("spoiled", [np.inf, -np.inf, np.nan])
def test_what_is_not_finite_stays_so(fast_backend, spoiled):
    weights = np.ones(3, np.float16).view(np.uint16)
    one = np.ones(1, np.float32)
    moved = [fast_backend.asarray(array) for array in (weights, one, one)]
    x = fast_backend.asarray(np.array([1, spoiled, 2], np.float32))

    y = fast_backend.kernel(half_chain)(*moved, np.array([3, 1]), np.array([PLAIN], np.float64), x)

    assert not np.isfinite(float(y[0]))
