"""Softmax and cross-entropy with their slope, in one launch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.cuda.raw import raw_kernels
from tinyclf.nn.kernels.softmax_gradient import softmax_gradient as formula

MANY_NUMBERS = 65536
"""From so many scores on, CuPy's own sums, which spread over the whole card, are quicker."""

THREADS = 256
"""Of the one block, a power of two."""

# Each thread takes every row that many further on; then half the threads add the other half's
# losses, again and again. The largest score is asked for "not below": NaN stays NaN.
SOURCE = """
extern "C" __global__ void softmax_gradient(
    const real* scores, const real* targets, real* slopes, real* value, long long n, long long k)
{
    __shared__ real losses[THREADS];
    real loss = 0;
    for (long long row = threadIdx.x; row < n; row += THREADS) {
        const real* s = scores + row * k;
        const real* t = targets + row * k;
        real* ds = slopes + row * k;
        real top = s[0], sum = 0, weight = 0;
        for (long long j = 1; j < k; ++j)
            if (!(s[j] <= top)) top = s[j];
        for (long long j = 0; j < k; ++j) {
            ds[j] = exp(s[j] - top);
            sum += ds[j];
            weight += t[j];
        }
        const real log_sum = log(sum);
        for (long long j = 0; j < k; ++j) {
            loss += t[j] * (log_sum - (s[j] - top));
            ds[j] = (ds[j] * (weight / sum) - t[j]) / real(n);
        }
    }
    losses[threadIdx.x] = loss;
    for (int half = THREADS / 2; half > 0; half /= 2) {
        __syncthreads();
        if (threadIdx.x < half) losses[threadIdx.x] += losses[threadIdx.x + half];
    }
    if (threadIdx.x == 0) *value = losses[0] / real(n);
}
"""


def build(cupy: Any) -> Callable[..., Array]:
    """Return the function; see :mod:`tinyclf.nn.kernels.softmax_gradient`."""
    kernel_of = raw_kernels(cupy, "softmax_gradient", SOURCE, THREADS=THREADS)

    def softmax_gradient(scores: Array, T: Array, ds: Array) -> Array:
        n, k = scores.shape
        if n * k > MANY_NUMBERS or not ds.flags.c_contiguous:
            value: Array = formula.plain(cupy, scores, T, ds)
            return value
        value = cupy.empty((), ds.dtype)
        scores, T = cupy.ascontiguousarray(scores), cupy.ascontiguousarray(T)
        kernel_of(ds)((1,), (THREADS,), (scores, T, ds, value, n, k))
        return value

    return softmax_gradient
