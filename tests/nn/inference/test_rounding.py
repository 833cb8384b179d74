"""Weights in fewer bytes are near what they were, however small they are."""

import numpy as np
import pytest

from tinyclf.nn.inference.rounding import as_int8


@pytest.mark.parametrize("largest", [0.0, 5e-324, 1e-300, 1e-40, 1e-3, 1e30])
def test_bytes_are_half_a_step_off_at_most(largest):
    weights = np.random.default_rng(0).uniform(-1, 1, (4, 30)) * largest

    steps, scale = as_int8(weights, outputs=0)

    assert scale.shape == (4, 1)
    assert (scale.astype(np.float32) > 0).all()
    assert (np.abs(steps * scale - weights) <= scale * 0.5000001).all()
