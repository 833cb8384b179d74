"""Compiled packing gives the formula's bits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.kernels.pack_signs import pack_signs


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@settings(deadline=None, derandomize=True, max_examples=30)
@given(n=st.integers(0, 3), width=st.integers(1, 200), seed=st.integers(0, 99))
def test_the_bits_are_the_formula_s(agrees, dtype, n, width, seed):
    x = np.random.default_rng(seed).integers(-2, 3, (n, width)).astype(dtype)
    words = np.full((n, -(-width // 64)), 2**64 - 1, np.uint64)

    agrees(pack_signs, x, 0.0, words, tolerance=0)


def test_numbers_are_compared_in_their_own_precision():
    pytest.importorskip("numba", reason="there is nothing to compare without numba")
    x, words = np.full((2, 70), 0.1, np.float32), np.ones((2, 2, 2), np.uint64)

    for compiled in (False, True):
        NumpyBackend(compiled=compiled).kernel(pack_signs)(x, 0.1, words[int(compiled)])

    assert not words.any()


def test_rows_need_not_stand_close_together(agrees):
    x = np.random.default_rng(0).normal(size=(5, 200))[::2, ::2]

    agrees(pack_signs, x, 0.0, np.zeros((3, 2), np.uint64), tolerance=0)
