"""Products with weights in half precision, compiled, are the formula's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.kernels.half_product import half_product


@settings(deadline=None, derandomize=True, max_examples=20)
@given(inputs=st.sampled_from([1, 3, 70, 511, 512, 513, 1100]), outputs=st.integers(1, 5))
def test_outputs_are_the_formula_s(agrees, inputs, outputs):
    rng = np.random.default_rng(inputs)
    W = rng.standard_normal((outputs, inputs)).astype(np.float16)
    b, x = rng.random(outputs, np.float32), rng.standard_normal(inputs, np.float32)

    agrees(half_product, W.view(np.uint16), b, x, np.empty(outputs, np.float32), tolerance=1e-5)


@pytest.mark.parametrize("weight", [0.0, -0.0, 65504.0, -65504.0, 2.0**-14, 2.0**-24, 3 * 2.0**-24])
def test_every_kind_of_number_is_widened_right(fast_backend, weight):
    W = np.array([[weight]], np.float16).view(np.uint16)
    b, x, y = np.zeros(1, np.float32), np.ones(1, np.float32), np.empty(1, np.float32)
    moved = [fast_backend.asarray(array) for array in (W, b, x, y)]

    fast_backend.kernel(half_product)(*moved)

    assert float(moved[-1][0]) == weight
