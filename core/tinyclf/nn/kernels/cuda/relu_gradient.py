"""The way back through the rectifier and the bias before it, in one launch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.cuda.raw import raw_kernels
from tinyclf.nn.kernels.relu_gradient import relu_gradient as formula

MANY_ROWS = 4096
"""From so many rows on, CuPy's own sums, which spread over the whole card, are quicker."""

COLUMNS, ROWS = 32, 8
"""A block takes so many columns; its rows of threads share the rows of the matrix among them."""

SOURCE = """
extern "C" __global__ void relu_gradient(
    const real* dy, const real* y, real* dz, real* db, long long n, long long k)
{
    __shared__ real sums[ROWS][COLUMNS];
    const long long column = (long long)blockIdx.x * COLUMNS + threadIdx.x;
    real sum = 0;
    if (column < k) {
        for (long long row = threadIdx.y; row < n; row += ROWS) {
            const long long place = row * k + column;
            const real slope = y[place] > 0 ? dy[place] : real(0);
            dz[place] = slope;
            sum += slope;
        }
    }
    sums[threadIdx.y][threadIdx.x] = sum;
    __syncthreads();
    if (threadIdx.y == 0 && column < k) {
        for (int row = 1; row < ROWS; ++row) sum += sums[row][threadIdx.x];
        db[column] = sum;
    }
}
"""


def build(cupy: Any) -> Callable[..., None]:
    """Return the function; see :mod:`tinyclf.nn.kernels.relu_gradient`."""
    kernel_of = raw_kernels(cupy, "relu_gradient", SOURCE, COLUMNS=COLUMNS, ROWS=ROWS)

    def relu_gradient(dy: Array, y: Array, dz: Array, db: Array) -> None:
        n, k = y.shape
        if n > MANY_ROWS or not dz.flags.c_contiguous:
            formula.plain(cupy, dy, y, dz, db)
            return
        dy, y = cupy.ascontiguousarray(dy), cupy.ascontiguousarray(y)
        blocks = max(1, -(-k // COLUMNS))
        kernel_of(y)((blocks,), (COLUMNS, ROWS), (dy, y, dz, db, n, k))

    return relu_gradient
