"""The way back to the weights, in direct loops; only winners are touched."""

from __future__ import annotations

from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.blocks import BLOCK, ROOM, skip_to_line
from tinyclf.nn.kernels.compiled.jit import jit
from tinyclf.nn.kernels.compiled.patches import quarters_of, take_patches
from tinyclf.nn.kernels.compiled.window_size import ThreeByThree
from tinyclf.nn.kernels.conv_relu_pool import CUT_OFF
from tinyclf.nn.kernels.conv_relu_pool_weights import conv_relu_pool_weights as formula


@jit
def _loops(x: Array, dz: Array, winner: Array, dW: Array, db: Array) -> None:
    """Make dW and db; see :mod:`tinyclf.nn.kernels.conv_relu_pool_weights`."""
    outputs, rows, columns, n = dz.shape
    zero = dz.dtype.type(0)
    patches = np.empty((x.shape[0], 16, ROOM), x.dtype)
    patches = patches[:, :, skip_to_line(patches) :]
    dW[:] = 0
    db[:] = 0
    for first in range(0, n, BLOCK):
        m = min(BLOCK, n - first)
        for row in range(rows):
            for column in range(columns):
                take_patches(x, row, column, first, m, patches)
                for o in range(outputs):
                    slope = dz[o, row, column, first : first + m]
                    best = winner[o, row, column, first : first + m]
                    for c in range(x.shape[0]):
                        patch = patches[c]
                        s0 = s1 = s2 = s3 = s4 = s5 = s6 = s7 = s8 = zero
                        for image in range(m):
                            dy = quarters_of(slope[image], best[image], zero)
                            s0 += _pixel(dy, patch, 0, image)
                            s1 += _pixel(dy, patch, 1, image)
                            s2 += _pixel(dy, patch, 2, image)
                            s3 += _pixel(dy, patch, 4, image)
                            s4 += _pixel(dy, patch, 5, image)
                            s5 += _pixel(dy, patch, 6, image)
                            s6 += _pixel(dy, patch, 8, image)
                            s7 += _pixel(dy, patch, 9, image)
                            s8 += _pixel(dy, patch, 10, image)
                        _add((s0, s1, s2, s3, s4, s5, s6, s7, s8), dW[o, c])
                    db[o] += _passed(slope, best)


@jit
def _pixel(dy: tuple[Any, Any, Any, Any], patch: Array, corner: int, image: int) -> Any:
    """Return what one place of a kernel gets: each window's gradient times what it sees there."""
    return (
        dy[0] * patch[corner, image]
        + dy[1] * patch[corner + 1, image]
        + dy[2] * patch[corner + 4, image]
        + dy[3] * patch[corner + 5, image]
    )


@jit
def _add(sums: tuple[Any, ...], kernel: Array) -> None:
    """Add nine sums to a kernel (3, 3)."""
    kernel[0, 0] += sums[0]
    kernel[0, 1] += sums[1]
    kernel[0, 2] += sums[2]
    kernel[1, 0] += sums[3]
    kernel[1, 1] += sums[4]
    kernel[1, 2] += sums[5]
    kernel[2, 0] += sums[6]
    kernel[2, 1] += sums[7]
    kernel[2, 2] += sums[8]


@jit
def _passed(slope: Array, best: Array) -> Any:
    """Return the sum of the slopes (m,) that the rectifier did not cut off."""
    zero = slope.dtype.type(0)
    total = zero
    for image in range(len(slope)):
        total += slope[image] if best[image] < CUT_OFF else zero
    return total


conv_relu_pool_weights = ThreeByThree(_loops, formula, W=3)
