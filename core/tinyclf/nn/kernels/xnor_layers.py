"""1-bit layers in a row: from packed inputs to the sums of the last layer."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.kernel import COMPILED, Kernel
from tinyclf.nn.kernels.places import places

ROOM = 1 << 17
"""Words worked on at a time, here: 1 MiB, which a cache holds."""

MANY = 128
"""Batch size from which unpacking and multiplying is faster."""

ROWS = 2048
"""Inputs unpacked at a time: a float takes 32 times the room of a bit."""

HALF = 12
BASE = 1 << HALF
"""Two counts of at most 4,095 in one float32: a + 4096 b is exact."""


def _xnor_layers(
    xp: Any, words: Array, widths: Array, weights: Array, limits: Array, sums: Array
) -> None:
    """Compute s = Σ ±1 ±1 of each output of the last layer, in whole numbers throughout.

    A bit 1 stands for +1, a bit 0 for −1: two signs have the product −1 where their bits differ.
    So a sum over ``inputs`` products is inputs − 2 d, where d counts the bits that differ. A unit
    between two layers is +1 where d is less than its limit.

    Padding, up to the next multiple of 64, is 0 everywhere: in the inputs and the weights of a
    unit, where it never differs; and in the limits, so that units that do not exist are never on.

    Args:
        xp: The array module.
        words: Inputs, uint64 (n, ⌈widths[0] / 64⌉): bit i % 64 of word i // 64 is input i.
        widths: Inputs of the first layer and outputs of each, int64, each at most 65,534.
        weights: Layer after layer, uint64 (⌈inputs / 64⌉, outputs + padding), flat: word k of all
            outputs stands together, so that one instruction serves many of them.
        limits: Of each layer but the last, uint16 (outputs + padding,), one after the other.
        sums: Receives s (n, widths[-1]), of any dtype that holds such numbers.
    """
    pairs = list(pairwise(widths.tolist()))
    shapes = [(-(-inputs // 64), -(-outputs // 64) * 64) for inputs, outputs in pairs]
    by_products = len(words) >= MANY and max(inputs for inputs, _ in pairs) < BASE
    count = _ones_apart if by_products else _bits_apart
    largest = max(rows * columns for rows, columns in shapes)
    step = ROWS if by_products else max(1, ROOM // largest)
    for first in range(0, len(words), step):
        x = words[first : first + step]
        for shape, (matrix, units) in zip(shapes, places(shapes), strict=True):
            differing = count(xp, x, weights[matrix].reshape(shape))
            if matrix.stop < weights.size:
                on = differing < limits[units]
                x = xp.packbits(on, axis=1, bitorder="little").view(xp.uint64)
        inputs, outputs = pairs[-1]
        sums[first : first + step] = inputs - 2 * differing[:, :outputs].astype(xp.int64)


def _bits_apart(xp: Any, x: Array, W: Array) -> Array:
    """Return in how many bits each of x (n, words) differs from each column of W: (n, columns)."""
    # Spread out first: contiguous operands are three times as fast as a broadcast one.
    xor = xp.empty((len(x), *W.shape), xp.uint64)
    xor[:] = x[:, :, None]
    xp.bitwise_xor(xor, W, out=xor)
    differing: Array = xp.bitwise_count(xor).sum(axis=1, dtype=xp.uint16)
    return differing


def _ones_apart(xp: Any, x: Array, W: Array) -> Array:
    """Return the same for many x, by products of matrices, which NumPy does fastest.

    Of numbers 0 and 1, Σ |x − w| = Σ x + Σ w − 2 Σ x w. Half the products suffice: two columns of
    W are one of floats, the second times BASE, and so are their sums.
    """
    X, Y = _zeros_and_ones(xp, x), _zeros_and_ones(xp, xp.ascontiguousarray(W.T))
    both = (X @ (Y[0::2] + BASE * Y[1::2]).T).astype(xp.uint32)
    differing: Array = xp.empty((len(x), len(Y)), xp.uint16)
    differing[:, 0::2] = both & (BASE - 1)
    differing[:, 1::2] = both >> HALF
    differing *= 2
    ones_of_x, ones_of_w = (_counted(xp, words) for words in (x, W.T))
    xp.subtract(ones_of_x[:, None] + ones_of_w, differing, out=differing)
    return differing


def _counted(xp: Any, words: Array) -> Array:
    """Return how many bits are 1 in each row of words (rows, words)."""
    counted: Array = xp.bitwise_count(words).sum(axis=1, dtype=xp.uint16)
    return counted


def _zeros_and_ones(xp: Any, words: Array) -> Array:
    """Return the bits of words (rows, words) as float32 (rows, 64 · words)."""
    bits: Array = xp.unpackbits(words.view(xp.uint8), axis=1, bitorder="little")
    return bits.astype(xp.float32)


xnor_layers = Kernel("xnor_layers", _xnor_layers, frozenset({COMPILED}))
