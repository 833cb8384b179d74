"""Bits in words: where each lies, and that what pads them is 0."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.bits.words import n_words, pack_columns, pack_rows, unpack_rows, valid_bits


def bits(n, width, seed):
    return np.random.default_rng(seed).random((n, width)) < 0.5


def test_bit_i_is_bit_i_of_its_word():
    row = np.zeros((1, 130), bool)
    row[0, [0, 5, 64, 129]] = True

    assert pack_rows(row).tolist() == [[1 + 2**5, 1, 2]]


@settings(deadline=None, derandomize=True)
@given(n=st.integers(0, 5), width=st.integers(1, 200), seed=st.integers(0, 99))
def test_packed_rows_come_back_and_their_padding_is_zero(n, width, seed):
    rows = bits(n, width, seed)

    words = pack_rows(rows)

    assert words.shape == (n, n_words(width))
    np.testing.assert_array_equal(unpack_rows(words, width), rows)
    assert np.bitwise_count(words).sum() == rows.sum()


@settings(deadline=None, derandomize=True)
@given(height=st.integers(1, 200), width=st.integers(1, 200), seed=st.integers(0, 99))
def test_packed_columns_are_rows_laid_on_end_and_padded(height, width, seed):
    columns = bits(height, width, seed)

    words = pack_columns(columns)

    assert words.shape == (n_words(height), 64 * n_words(width))
    np.testing.assert_array_equal(words[:, :width].T, pack_rows(columns.T))
    assert not words[:, width:].any()


def test_the_valid_bits_are_those_within_the_width():
    assert valid_bits(67).tolist() == [2**64 - 1, 7]
    assert valid_bits(64).tolist() == [2**64 - 1]
