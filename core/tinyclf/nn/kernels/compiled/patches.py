"""Patches of 4 × 4 pixels: what four windows of 3 × 3, side by side two by two, see of an image."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit


@jit
def take_patches(x: Array, row: int, column: int, first: int, m: int, patches: Array) -> None:
    """Copy the patch (channels, 16, m) behind one number of z, of m images from the first on."""
    for c in range(x.shape[0]):
        for i in range(4):
            for j in range(4):
                pixels = x[c, 2 * row + i, 2 * column + j, first : first + m]
                into = patches[c, 4 * i + j]
                for image in range(m):
                    into[image] = pixels[image]


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
def quarters_of(slope: Any, best: Any, zero: Any) -> tuple[Any, Any, Any, Any]:
    """Return the gradient in each quarter: that of z for the winner, 0 for the others."""
    return (
        slope if best == 0 else zero,
        slope if best == 1 else zero,
        slope if best == 2 else zero,
        slope if best == 3 else zero,
    )
