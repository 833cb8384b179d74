"""One input through layers of a byte a weight, compiled, is the formula's."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nn.kernels.examples import ACTIVATIONS
from tinyclf.nn.kernels.int8_chain import int8_chain


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-13), (np.float32, 5e-6)])
@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    widths=st.lists(st.sampled_from([1, 2, 7, 33, 520]), min_size=2, max_size=5),
    activation=st.sampled_from(ACTIVATIONS),
)
def test_outputs_are_the_formula_s(agrees, dtype, tolerance, widths, activation):
    rng = np.random.default_rng(len(widths))
    size = sum(inputs * outputs for inputs, outputs in pairwise(widths))
    scales, biases = rng.random((2, sum(widths[1:]))) / 1000
    x = rng.standard_normal(widths[0])

    agrees(
        int8_chain,
        rng.integers(-127, 128, size).astype(np.int8),
        *(array.astype(dtype) for array in (scales, biases)),
        np.array(widths),
        np.array([activation] * (len(widths) - 1)),
        x.astype(dtype),
        tolerance=tolerance,
    )
