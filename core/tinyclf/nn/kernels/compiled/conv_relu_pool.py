"""Convolution, rectifier and pooling in direct loops: nothing is unfolded in memory.

The innermost loops run over images, which lie side by side: each instruction works on many of them.
A patch of 4 × 4 pixels is all that the four windows of one output see. Loops over patches stand
where the patches are allocated, for only there the compiler knows their strides.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit
from tinyclf.nn.kernels.compiled.lanes import LANES, ROOM, first_lane


@jit
def conv_relu_pool(x: Array, W: Array, b: Array, z: Array, winner: Array) -> None:
    """Make z and winner; see :mod:`tinyclf.nn.kernels.conv_relu_pool`."""
    outputs, rows, columns, n = z.shape
    zero = z.dtype.type(0)
    patches = np.empty((x.shape[0], 16, ROOM), x.dtype)
    patches = patches[:, :, first_lane(patches) :]
    sums = np.empty((4, ROOM), x.dtype)
    sums = sums[:, first_lane(sums) :]
    for first in range(0, n, LANES):
        m = min(LANES, n - first)
        for row in range(rows):
            for column in range(columns):
                take_patches(x, row, column, first, m, patches)
                for o in range(outputs):
                    sums[:] = zero
                    for c in range(x.shape[0]):
                        w, patch = taps(W[o, c]), patches[c]
                        for lane in range(m):
                            sums[0, lane] += _sum(w, patch, 0, lane)
                            sums[1, lane] += _sum(w, patch, 1, lane)
                            sums[2, lane] += _sum(w, patch, 4, lane)
                            sums[3, lane] += _sum(w, patch, 5, lane)
                    top = z[o, row, column, first : first + m]
                    best = winner[o, row, column, first : first + m]
                    for lane in range(m):
                        top[lane], best[lane] = _largest(sums, lane, b[o], zero)


@jit
def take_patches(x: Array, row: int, column: int, first: int, m: int, patches: Array) -> None:
    """Copy the patch (channels, 16, m) behind one number of z, of m images from the first on."""
    for c in range(x.shape[0]):
        for i in range(4):
            for j in range(4):
                pixels = x[c, 2 * row + i, 2 * column + j, first : first + m]
                into = patches[c, 4 * i + j]
                for lane in range(m):
                    into[lane] = pixels[lane]


@jit
def taps(kernel: Array) -> tuple[Any, ...]:
    """Return the nine numbers of a kernel (3, 3), to be held in registers."""
    return (
        kernel[0, 0],
        kernel[0, 1],
        kernel[0, 2],
        kernel[1, 0],
        kernel[1, 1],
        kernel[1, 2],
        kernel[2, 0],
        kernel[2, 1],
        kernel[2, 2],
    )


@jit
def _sum(w: tuple[Any, ...], patch: Array, corner: int, lane: int) -> Any:
    """Return what a kernel makes of the window of a patch with that upper left corner."""
    return (
        w[0] * patch[corner, lane]
        + w[1] * patch[corner + 1, lane]
        + w[2] * patch[corner + 2, lane]
        + w[3] * patch[corner + 4, lane]
        + w[4] * patch[corner + 5, lane]
        + w[5] * patch[corner + 6, lane]
        + w[6] * patch[corner + 8, lane]
        + w[7] * patch[corner + 9, lane]
        + w[8] * patch[corner + 10, lane]
    )


@jit
def _largest(sums: Array, lane: int, bias: Any, zero: Any) -> tuple[Any, Any]:
    """Return the largest of the sums (4, lanes) of a lane, with bias and rectifier, and which."""
    top, best = sums[0, lane], np.uint8(0)
    top, best = _larger(top, best, sums[1, lane], np.uint8(1))
    top, best = _larger(top, best, sums[2, lane], np.uint8(2))
    top, best = _larger(top, best, sums[3, lane], np.uint8(3))
    top += bias
    cut_off = top <= zero
    return (zero if cut_off else top), (np.uint8(4) if cut_off else best)


@jit
def _larger(top: Any, best: Any, rival: Any, number: Any) -> tuple[Any, Any]:
    """Return the rival and its number if it is larger; NaN is, and stays."""
    better = (rival > top) | (rival != rival)
    return (rival if better else top), (number if better else best)
