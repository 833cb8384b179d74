"""The way back to the inputs, in direct loops."""

from __future__ import annotations

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.conv_relu_pool import taps
from tinyclf.nn.kernels.compiled.conv_relu_pool_weights import four
from tinyclf.nn.kernels.compiled.jit import jit
from tinyclf.nn.kernels.compiled.lanes import LANES, ROOM, first_lane


@jit
def conv_relu_pool_inputs(W: Array, dz: Array, winner: Array, dx: Array) -> None:
    """Make dx; see :mod:`tinyclf.nn.kernels.conv_relu_pool_inputs`."""
    outputs, rows, columns, n = dz.shape
    zero = dz.dtype.type(0)
    dy = np.empty((outputs, 4, ROOM), dx.dtype)
    dy = dy[:, :, first_lane(dy) :]
    patch = np.empty((16, ROOM), dx.dtype)
    patch = patch[:, first_lane(patch) :]
    dx[:] = 0
    for first in range(0, n, LANES):
        m = min(LANES, n - first)
        for row in range(rows):
            for column in range(columns):
                for o in range(outputs):
                    slope = dz[o, row, column, first : first + m]
                    best = winner[o, row, column, first : first + m]
                    d = dy[o]
                    for lane in range(m):
                        quarters = four(slope[lane], best[lane], zero)
                        d[0, lane] = quarters[0]
                        d[1, lane] = quarters[1]
                        d[2, lane] = quarters[2]
                        d[3, lane] = quarters[3]
                for c in range(dx.shape[0]):
                    patch[:] = zero
                    for o in range(outputs):
                        w, d = taps(W[o, c]), dy[o]
                        for lane in range(m):
                            d0, d1, d2, d3 = d[0, lane], d[1, lane], d[2, lane], d[3, lane]
                            patch[0, lane] += w[0] * d0
                            patch[1, lane] += w[1] * d0 + w[0] * d1
                            patch[2, lane] += w[2] * d0 + w[1] * d1
                            patch[3, lane] += w[2] * d1
                            patch[4, lane] += w[3] * d0 + w[0] * d2
                            patch[5, lane] += w[4] * d0 + w[3] * d1 + w[1] * d2 + w[0] * d3
                            patch[6, lane] += w[5] * d0 + w[4] * d1 + w[2] * d2 + w[1] * d3
                            patch[7, lane] += w[5] * d1 + w[2] * d3
                            patch[8, lane] += w[6] * d0 + w[3] * d2
                            patch[9, lane] += w[7] * d0 + w[6] * d1 + w[4] * d2 + w[3] * d3
                            patch[10, lane] += w[8] * d0 + w[7] * d1 + w[5] * d2 + w[4] * d3
                            patch[11, lane] += w[8] * d1 + w[5] * d3
                            patch[12, lane] += w[6] * d2
                            patch[13, lane] += w[7] * d2 + w[6] * d3
                            patch[14, lane] += w[8] * d2 + w[7] * d3
                            patch[15, lane] += w[8] * d3
                    _add_patch(patch, row, column, first, m, dx[c])


@jit
def _add_patch(patch: Array, row: int, column: int, first: int, m: int, dx: Array) -> None:
    """Add a patch (16, m) to where it was taken from in dx (h, w, n)."""
    for i in range(4):
        for j in range(4):
            pixels = dx[2 * row + i, 2 * column + j, first : first + m]
            gradient = patch[4 * i + j]
            for lane in range(m):
                pixels[lane] += gradient[lane]
