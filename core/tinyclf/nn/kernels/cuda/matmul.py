"""A product of two small matrices that may be recorded into a graph.

CuPy's own asks cuBLAS, and refuses to while a stream is recording (its issue 6290). This one is the
textbook's: each block of threads makes one tile of the product, over tiles of the factors in shared
memory (CUDA C++ Programming Guide, "Shared Memory"). It is for small nets only; beyond them cuBLAS
is many times as fast.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.cuda.raw import raw_kernels

TILE = 16
"""Rows and columns of a tile, and of a block of threads."""

# Strides count numbers, not bytes. Neighbouring threads read neighbours in memory, whichever way
# a factor is stored; a tile's rows are one longer than it, so that its columns lie in other banks.
SOURCE = """
extern "C" __global__ void matmul(
    const real* a, long long a_row, long long a_column,
    const real* b, long long b_row, long long b_column,
    real* c, long long c_row, long long c_column, long long m, long long k, long long n)
{
    __shared__ real left[TILE][TILE + 1], right[TILE][TILE + 1];
    const int x = threadIdx.x, y = threadIdx.y;
    const int a_i = a_column == 1 ? y : x, a_j = a_column == 1 ? x : y;
    const int b_i = b_column == 1 ? y : x, b_j = b_column == 1 ? x : y;
    const long long top = (long long)blockIdx.y * TILE, side = (long long)blockIdx.x * TILE;
    real sum = 0;
    for (long long start = 0; start < k; start += TILE) {
        left[a_i][a_j] = top + a_i < m && start + a_j < k
            ? a[(top + a_i) * a_row + (start + a_j) * a_column] : real(0);
        right[b_i][b_j] = start + b_i < k && side + b_j < n
            ? b[(start + b_i) * b_row + (side + b_j) * b_column] : real(0);
        __syncthreads();
        for (int j = 0; j < TILE; ++j) sum += left[y][j] * right[j][x];
        __syncthreads();
    }
    if (top + y < m && side + x < n) c[(top + y) * c_row + (side + x) * c_column] = sum;
}
"""


def build(cupy: Any) -> Callable[..., Array]:
    """Return ``matmul(a, b, out=None)`` for matrices of one precision, of any strides."""
    kernel_of = raw_kernels(cupy, "matmul", SOURCE, TILE=TILE)

    def matmul(a: Array, b: Array, out: Array | None = None) -> Array:
        (m, k), (_, n) = a.shape, b.shape
        c: Array = cupy.empty((m, n), a.dtype) if out is None else out
        if c.size:
            grid = (-(-n // TILE), -(-m // TILE))
            factors = (a, *_strides(a), b, *_strides(b))
            kernel_of(a)(grid, (TILE, TILE), (*factors, c, *_strides(c), m, k, n))
        return c

    return matmul


def _strides(matrix: Array) -> tuple[int, int]:
    row, column = (stride // matrix.itemsize for stride in matrix.strides)
    return row, column
