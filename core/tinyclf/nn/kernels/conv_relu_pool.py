"""Convolution, rectifier, and the largest of each 2 × 2, in one."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.images import band_of, bands, unfold
from tinyclf.nn.kernels.kernel import COMPILED, Kernel

QUARTERS = ((0, 0), (0, 1), (1, 0), (1, 1))
"""Where the convolution's window may stand in a pooling window: row and column."""

CUT_OFF = len(QUARTERS)
"""The winner of a pooling window of which nothing passes the rectifier."""


def _conv_relu_pool(xp: Any, x: Array, W: Array, b: Array, z: Array, winner: Array) -> None:
    """Make z ← max(W ∗ x + b, 0) in the best quarter of each pooling window, and note which it is.

    Bias and rectifier are the same for all four, and keep their order: they come afterwards, on a
    quarter of the numbers. All arrays are contiguous.

    Args:
        xp: The array module.
        x: Planes (channels, h, w, n), with their frame if there is one.
        W: Kernels (outputs, channels, k, k).
        b: Biases (outputs,).
        z: Receives the outputs (outputs, rows, columns, n), of which there are as many as fit.
        winner: Receives, of the same shape, the number of the first quarter that was the largest,
            or CUT_OFF where the rectifier cut it off; bytes.
    """
    outputs, channels, k, _ = W.shape
    _, rows, columns, n = z.shape
    kernels = W.reshape(outputs, channels * k * k)
    for band in bands(rows, channels * (k + 1) ** 2 * columns * n):
        patches = unfold_patches(xp, x, k, band, columns)
        y = xp.empty((4, outputs, patches.shape[3]), x.dtype)
        for q in range(4):
            seen = quarter_of(patches, q, k).reshape(kernels.shape[1], y.shape[2])
            xp.matmul(kernels, seen, out=y[q])
        top = y.max(axis=0)
        # The first quarter that is not less than the largest has that many before it.
        less = y[0] < top
        first = less.astype(winner.dtype)
        for q in (1, 2):
            less &= y[q] < top
            first += less
        top += b[:, None]
        cut_off = (top <= 0).astype(winner.dtype)
        xp.maximum(first, cut_off * winner.dtype.type(CUT_OFF), out=band_of(winner, band))
        xp.maximum(top, 0, out=band_of(z, band))


def unfold_patches(xp: Any, x: Array, k: int, band: slice, columns: int) -> Array:
    """Return the patch of k + 1 by k + 1 pixels behind each number of a band of z.

    Args:
        xp: The array module.
        x: Planes (channels, h, w, n).
        k: The kernel's height and width.
        band: Rows of z.
        columns: Of z.

    Returns:
        (channels, k + 1, k + 1, numbers in the band).
    """
    return unfold(xp, x[:, 2 * band.start :], k + 1, 2, (band.stop - band.start, columns))


def quarter_of(patches: Array, q: int, k: int) -> Array:
    """Return what the convolution sees of patches in a quarter: a view (channels, k, k, …)."""
    i, j = QUARTERS[q]
    return patches[:, i : i + k, j : j + k]


def spread(xp: Any, dz: Array, winner: Array) -> Array:
    """Return the gradient in each quarter (4, …): that of z for the winner, 0 for the others."""
    dy: Array = xp.empty((4, *dz.shape), dz.dtype)
    for q in range(4):
        xp.multiply(dz, winner == q, out=dy[q])
    return dy


conv_relu_pool = Kernel("conv_relu_pool", _conv_relu_pool, frozenset({COMPILED}))
