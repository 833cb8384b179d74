"""Products with weights of one byte, compiled, are the formula's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.kernels.int8_product import int8_product


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-13), (np.float32, 1e-5)])
@settings(deadline=None, derandomize=True, max_examples=20)
@given(inputs=st.integers(1, 70), outputs=st.integers(1, 9))
def test_outputs_are_the_formula_s(agrees, dtype, tolerance, inputs, outputs):
    rng = np.random.default_rng(inputs)
    W = rng.integers(-127, 128, (outputs, inputs)).astype(np.int8)
    scale, b, x = rng.random(outputs), rng.random(outputs), rng.standard_normal(inputs)

    agrees(
        int8_product,
        W,
        *(array.astype(dtype) for array in (scale, b, x)),
        np.empty(outputs, dtype),
        tolerance=tolerance,
    )
