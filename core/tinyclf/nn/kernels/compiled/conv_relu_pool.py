"""Convolution, rectifier and pooling in direct loops: nothing is unfolded in memory.

The innermost loops run over images, which lie side by side: each instruction works on many of them.
A patch of 4 × 4 pixels is all that the four windows of one output see. Loops over patches stand
where the patches are allocated, for only there the compiler knows their strides.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.blocks import BLOCK, ROOM, skip_to_line
from tinyclf.nn.kernels.compiled.jit import jit
from tinyclf.nn.kernels.compiled.patches import take_patches, taps
from tinyclf.nn.kernels.compiled.window_size import ThreeByThree
from tinyclf.nn.kernels.conv_relu_pool import CUT_OFF
from tinyclf.nn.kernels.conv_relu_pool import conv_relu_pool as formula


@jit
def _loops(x: Array, W: Array, b: Array, z: Array, winner: Array) -> None:
    """Make z and winner; see :mod:`tinyclf.nn.kernels.conv_relu_pool`."""
    outputs, rows, columns, n = z.shape
    zero = z.dtype.type(0)
    patches = np.empty((x.shape[0], 16, ROOM), x.dtype)
    patches = patches[:, :, skip_to_line(patches) :]
    sums = np.empty((4, ROOM), x.dtype)
    sums = sums[:, skip_to_line(sums) :]
    for first in range(0, n, BLOCK):
        m = min(BLOCK, n - first)
        for row in range(rows):
            for column in range(columns):
                take_patches(x, row, column, first, m, patches)
                for o in range(outputs):
                    sums[:] = zero
                    for c in range(x.shape[0]):
                        w, patch = taps(W[o, c]), patches[c]
                        for image in range(m):
                            sums[0, image] += _sum(w, patch, 0, image)
                            sums[1, image] += _sum(w, patch, 1, image)
                            sums[2, image] += _sum(w, patch, 4, image)
                            sums[3, image] += _sum(w, patch, 5, image)
                    top = z[o, row, column, first : first + m]
                    best = winner[o, row, column, first : first + m]
                    for image in range(m):
                        top[image], best[image] = _largest(sums, image, b[o], zero)


@jit
def _sum(w: tuple[Any, ...], patch: Array, corner: int, image: int) -> Any:
    """Return what a kernel makes of the window of a patch with that upper left corner."""
    return (
        w[0] * patch[corner, image]
        + w[1] * patch[corner + 1, image]
        + w[2] * patch[corner + 2, image]
        + w[3] * patch[corner + 4, image]
        + w[4] * patch[corner + 5, image]
        + w[5] * patch[corner + 6, image]
        + w[6] * patch[corner + 8, image]
        + w[7] * patch[corner + 9, image]
        + w[8] * patch[corner + 10, image]
    )


@jit
def _largest(sums: Array, image: int, bias: Any, zero: Any) -> tuple[Any, Any]:
    """Return the largest of an image's sums (4, images), with bias and rectifier, and which."""
    top, best = sums[0, image], np.uint8(0)
    top, best = _larger(top, best, sums[1, image], np.uint8(1))
    top, best = _larger(top, best, sums[2, image], np.uint8(2))
    top, best = _larger(top, best, sums[3, image], np.uint8(3))
    top += bias
    cut_off = top <= zero
    return (zero if cut_off else top), (np.uint8(CUT_OFF) if cut_off else best)


@jit
def _larger(top: Any, best: Any, rival: Any, number: Any) -> tuple[Any, Any]:
    """Return the rival and its number if it is larger; NaN is, and stays."""
    better = (rival > top) | (rival != rival)
    return (rival if better else top), (number if better else best)


conv_relu_pool = ThreeByThree(_loops, formula, W=1)
