"""Weights in fewer bytes are near what they were, however small they are."""

import numpy as np
import pytest

from tinyclf.nn.inference.rounding import as_half, as_int8


@pytest.mark.parametrize("largest", [0.0, 5e-324, 1e-300, 1e-40, 1e-3, 1e30])
def test_bytes_are_half_a_step_off_at_most(largest):
    weights = np.random.default_rng(0).uniform(-1, 1, (4, 30)) * largest

    steps, scale = as_int8(weights, outputs=0)

    assert scale.shape == (4, 1)
    assert (scale.astype(np.float32) > 0).all()
    assert (np.abs(steps * scale - weights) <= scale * 0.5000001).all()


@pytest.mark.parametrize("largest", [0.0, 1e-40, 1e-12, 1.0, 65504.0, 1e6, 3e38, 1e60])
def test_halves_keep_eleven_bits_whatever_their_size(largest):
    weights = np.random.default_rng(0).uniform(0.001, 1, (4, 30)) * largest

    halves, scale = as_half(weights, outputs=0)

    assert scale.shape == (4, 1)
    np.testing.assert_allclose(halves * scale, weights, rtol=2.0**-11, atol=1e-45)


def test_halves_of_an_output_do_not_suffer_from_another_s():
    weights = np.array([[1e9, 1e-9], [10.0, 1e-15]])

    halves, scale = as_half(weights, outputs=1)

    np.testing.assert_allclose(halves * scale, weights, rtol=2.0**-11)
