"""Batches picked by compiled loops are the formula's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.kernels.gather_rows import gather_rows


@pytest.mark.parametrize("source", [np.uint8, np.int16, np.float32, np.float64])
@pytest.mark.parametrize(("out", "tolerance"), [(np.float64, 1e-15), (np.float32, 1e-6)])
@settings(deadline=None, derandomize=True, max_examples=10)
@given(n=st.integers(0, 9), width=st.integers(1, 33))
def test_rows_are_the_formula_s(agrees, source, out, tolerance, n, width):
    rng = np.random.default_rng(n)
    examples = rng.integers(0, 255, (5, width)).astype(source)
    rows = rng.integers(0, 5, n)

    agrees(gather_rows, examples, rows, 1 / 255, np.empty((n, width), out), tolerance=tolerance)
