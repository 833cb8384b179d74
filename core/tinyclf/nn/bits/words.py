"""Rows of bits as words of 64, and back.

Bit i of a row is bit i % 64 of its word i // 64. The last word is filled up with zeros: padding
bits are 0 everywhere, so that two of them never differ.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.kernels.pack_signs import pack_signs

Words: TypeAlias = NDArray[np.uint64]

WORD = 64
"""Bits in a word."""


def n_words(width: int) -> int:
    """Return how many words hold a row of ``width`` bits."""
    return -(-width // WORD)


def pack_rows(bits: NDArray[np.bool_]) -> Words:
    """Return rows of bits (n, width) as words (n, ⌈width / 64⌉)."""
    words = np.empty((len(bits), n_words(bits.shape[1])), np.uint64)
    pack_signs.plain(np, bits, 0, words)
    return words


def unpack_rows(words: Words, width: int) -> NDArray[np.bool_]:
    """Return the bits (n, width) of words (n, ⌈width / 64⌉)."""
    as_bytes = np.ascontiguousarray(words).view(np.uint8)
    return np.unpackbits(as_bytes, axis=1, count=width, bitorder="little").astype(np.bool_)


def pack_columns(bits: NDArray[np.bool_]) -> Words:
    """Return columns of bits (height, width) as words (⌈height / 64⌉, width, and padding to 64).

    Word k of all columns stands together: the weights of a layer, as
    :mod:`tinyclf.nn.kernels.xnor_layers` takes them.
    """
    words = np.zeros((n_words(bits.shape[0]), WORD * n_words(bits.shape[1])), np.uint64)
    words[:, : bits.shape[1]] = pack_rows(bits.T).T
    return words


def valid_bits(width: int) -> Words:
    """Return the words (⌈width / 64⌉,) of a row whose bits are all 1, but for the padding."""
    words: Words = pack_rows(np.ones((1, width), np.bool_))[0]
    return words
