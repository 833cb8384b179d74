"""1-bit layers in a row, 64 weights an operation, many outputs at once."""

from __future__ import annotations

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit


@jit
def xnor_layers(words: Array, widths: Array, weights: Array, limits: Array, sums: Array) -> None:
    """Compute the sums; see :mod:`tinyclf.nn.kernels.xnor_layers`."""
    n, last = words.shape[0], widths.size - 2
    most = (widths.max() + 63) // 64
    rooms = np.empty((2, n, most), np.uint64)
    differing = np.empty(64 * most, np.uint64)
    rooms[0, :, : words.shape[1]] = words
    start = limit = 0
    for layer in range(last + 1):
        x, y = rooms[layer % 2], rooms[(layer + 1) % 2]
        inputs, outputs = widths[layer], widths[layer + 1]
        rows, columns = (inputs + 63) // 64, (outputs + 63) // 64 * 64
        W = weights[start : start + rows * columns].reshape(rows, columns)
        for i in range(n):
            count_differing(x[i], W, differing)
            if layer < last:
                pack_below(differing, limits[limit : limit + columns], y[i])
            else:
                for j in range(outputs):
                    sums[i, j] = inputs - 2 * np.int64(differing[j])
        start += rows * columns
        limit += columns


@jit
def count_differing(x: Array, W: Array, differing: Array) -> None:
    """Count in how many bits x (words,) differs from each column of W (words, columns)."""
    words, columns = W.shape
    d = differing[:columns]
    for j in range(columns):
        d[j] = 0
    k = 0
    while k + 4 <= words:  # four at a time: the counts are fetched and put back less often
        a0, a1, a2, a3 = x[k], x[k + 1], x[k + 2], x[k + 3]
        W0, W1, W2, W3 = W[k], W[k + 1], W[k + 2], W[k + 3]
        for j in range(columns):
            d[j] += (ones(a0 ^ W0[j]) + ones(a1 ^ W1[j])) + (ones(a2 ^ W2[j]) + ones(a3 ^ W3[j]))
        k += 4
    while k < words:
        a0, W0 = x[k], W[k]
        for j in range(columns):
            d[j] += ones(a0 ^ W0[j])
        k += 1


@jit
def pack_below(differing: Array, limits: Array, words: Array) -> None:
    """Set the bits of ``words`` where a count is less than its limit, 64 counts a word."""
    for word in range(limits.size // 64):
        d, limit = differing[64 * word : 64 * word + 64], limits[64 * word : 64 * word + 64]
        bits = np.uint64(0)
        for j in range(64):
            bits |= np.uint64(d[j] < limit[j]) << np.uint64(j)
        words[word] = bits


@jit
def ones(word: np.uint64) -> np.uint64:
    """Count the ones of a uint64, in halves of growing width (Knuth 7.1.3).

    LLVM knows these lines, and makes them the processor's own instruction, for a whole vector.
    """
    pairs, fours = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
    bytes_, each = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)
    word = word - ((word >> np.uint64(1)) & pairs)
    word = (word & fours) + ((word >> np.uint64(2)) & fours)
    word = (word + (word >> np.uint64(4))) & bytes_
    return (word * each) >> np.uint64(56)
