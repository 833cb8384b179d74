"""The way back to the inputs, in direct loops.

Everything that writes to a patch stands in the one long function that allocates it: there the
compiler knows its strides. A function that is handed the patch to add to takes ten times as long.
"""

from __future__ import annotations

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.blocks import BLOCK, ROOM, skip_to_line
from tinyclf.nn.kernels.compiled.jit import jit
from tinyclf.nn.kernels.compiled.patches import quarters_of, taps
from tinyclf.nn.kernels.compiled.window_size import ThreeByThree
from tinyclf.nn.kernels.conv_relu_pool_inputs import conv_relu_pool_inputs as formula


@jit
def _loops(W: Array, dz: Array, winner: Array, dx: Array) -> None:
    """Make dx; see :mod:`tinyclf.nn.kernels.conv_relu_pool_inputs`."""
    outputs, rows, columns, n = dz.shape
    zero = dz.dtype.type(0)
    dy = np.empty((outputs, 4, ROOM), dx.dtype)
    dy = dy[:, :, skip_to_line(dy) :]
    patch = np.empty((16, ROOM), dx.dtype)
    patch = patch[:, skip_to_line(patch) :]
    dx[:] = 0
    for first in range(0, n, BLOCK):
        m = min(BLOCK, n - first)
        for row in range(rows):
            for column in range(columns):
                for o in range(outputs):
                    slope = dz[o, row, column, first : first + m]
                    best = winner[o, row, column, first : first + m]
                    d = dy[o]
                    for image in range(m):
                        quarters = quarters_of(slope[image], best[image], zero)
                        d[0, image], d[1, image], d[2, image], d[3, image] = quarters
                for c in range(dx.shape[0]):
                    patch[:] = zero
                    for o in range(outputs):
                        w, d = taps(W[o, c]), dy[o]
                        for image in range(m):
                            d0, d1, d2, d3 = d[0, image], d[1, image], d[2, image], d[3, image]
                            patch[0, image] += w[0] * d0
                            patch[1, image] += w[1] * d0 + w[0] * d1
                            patch[2, image] += w[2] * d0 + w[1] * d1
                            patch[3, image] += w[2] * d1
                            patch[4, image] += w[3] * d0 + w[0] * d2
                            patch[5, image] += w[4] * d0 + w[3] * d1 + w[1] * d2 + w[0] * d3
                            patch[6, image] += w[5] * d0 + w[4] * d1 + w[2] * d2 + w[1] * d3
                            patch[7, image] += w[5] * d1 + w[2] * d3
                            patch[8, image] += w[6] * d0 + w[3] * d2
                            patch[9, image] += w[7] * d0 + w[6] * d1 + w[4] * d2 + w[3] * d3
                            patch[10, image] += w[8] * d0 + w[7] * d1 + w[5] * d2 + w[4] * d3
                            patch[11, image] += w[8] * d1 + w[5] * d3
                            patch[12, image] += w[6] * d2
                            patch[13, image] += w[7] * d2 + w[6] * d3
                            patch[14, image] += w[8] * d2 + w[7] * d3
                            patch[15, image] += w[8] * d3
                    _add_patch(patch, row, column, first, m, dx[c])


@jit
def _add_patch(patch: Array, row: int, column: int, first: int, m: int, dx: Array) -> None:
    """Add a patch (16, m) to where it was taken from in dx (h, w, n)."""
    for i in range(4):
        for j in range(4):
            pixels = dx[2 * row + i, 2 * column + j, first : first + m]
            gradient = patch[4 * i + j]
            for image in range(m):
                pixels[image] += gradient[image]


conv_relu_pool_inputs = ThreeByThree(_loops, formula, W=0)
