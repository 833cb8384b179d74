"""The way back through convolution, rectifier and pooling, to the weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.images import band_of, bands
from tinyclf.nn.kernels.conv_relu_pool import CUT_OFF, quarter_of, spread, unfold_patches
from tinyclf.nn.kernels.kernel import COMPILED, Kernel

FEW_CHANNELS = 3
"""Grey or coloured images, but not what a convolution made of them."""


def _conv_relu_pool_weights(
    xp: Any, x: Array, dz: Array, winner: Array, dW: Array, db: Array
) -> None:
    """Make dW ← Σ dz · what the winner saw, and db ← Σ dz of those that were not cut off.

    Args:
        xp: The array module.
        x: Planes (channels, h, w, n), as on the way forward.
        dz: Gradient by the outputs (outputs, rows, columns, n).
        winner: As noted on the way forward.
        dW: Receives the gradient by the kernels (outputs, channels, k, k).
        db: Receives the gradient by the biases (outputs,).
    """
    _, channels, k, _ = dW.shape
    _, rows, columns, n = dz.shape
    dW[:] = 0
    db[:] = 0
    for band in bands(rows, channels * (k + 1) ** 2 * columns * n):
        patches = unfold_patches(xp, x, k, band, columns)
        dy = spread(xp, band_of(dz, band), band_of(winner, band))
        db += (band_of(dz, band) * (band_of(winner, band) != CUT_OFF)).sum(axis=1)
        for product in _products(dy, patches, k):
            dW += product.reshape(dW.shape)


def _products(dy: Array, patches: Array, k: int) -> Iterator[Array]:
    """Yield Σ dy[q] (outputs, numbers) · what quarter q sees (channels · k², numbers), for each q.

    Products of thin matrices are slow: few channels are better multiplied as whole patches, for all
    quarters at once, though not all of that is needed.
    """
    (_, outputs, numbers), (channels, side, _, _) = dy.shape, patches.shape
    if channels > FEW_CHANNELS:
        for q in range(4):
            yield dy[q] @ quarter_of(patches, q, k).reshape(channels * k * k, numbers).T
    else:
        everything = patches.reshape(channels * side * side, numbers)
        whole = dy.reshape(4 * outputs, numbers) @ everything.T
        for q, product in enumerate(whole.reshape(4, outputs * channels, side, side)):
            yield quarter_of(product, q, k)


conv_relu_pool_weights = Kernel(
    "conv_relu_pool_weights", _conv_relu_pool_weights, frozenset({COMPILED})
)
