"""The way back through convolution, rectifier and pooling, to the inputs."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.images import band_of, bands, fold
from tinyclf.nn.kernels.conv_relu_pool import quarter_of, spread
from tinyclf.nn.kernels.kernel import COMPILED, Kernel


def _conv_relu_pool_inputs(xp: Any, W: Array, dz: Array, winner: Array, dx: Array) -> None:
    """Make dx ← Σ W · dz, summed over the windows that saw a pixel and won.

    Args:
        xp: The array module.
        W: Kernels (outputs, channels, k, k).
        dz: Gradient by the outputs (outputs, rows, columns, n).
        winner: As noted on the way forward.
        dx: Receives the gradient by the inputs, planes (channels, h, w, n).
    """
    outputs, channels, k, _ = W.shape
    _, rows, columns, n = dz.shape
    kernels = W.reshape(outputs, channels * k * k)
    dx[:] = 0
    for band in bands(rows, channels * (k + 1) ** 2 * columns * n):
        dy = spread(xp, band_of(dz, band), band_of(winner, band))
        patches = xp.zeros((channels, k + 1, k + 1, dy.shape[2]), dx.dtype)
        for q in range(4):
            pixels = quarter_of(patches, q, k)
            pixels += (kernels.T @ dy[q]).reshape(pixels.shape)
        fold(patches, dx[:, 2 * band.start :], 2, (band.stop - band.start, columns))


conv_relu_pool_inputs = Kernel(
    "conv_relu_pool_inputs", _conv_relu_pool_inputs, frozenset({COMPILED})
)
