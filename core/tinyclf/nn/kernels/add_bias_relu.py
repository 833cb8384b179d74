"""What follows a product of matrices in a hidden layer: its bias, and the rectifier."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.kernel import COMPILED, CUDA, Kernel


def _add_bias_relu(xp: Any, y: Array, b: Array) -> None:
    """Make y ← max(y + b, 0), in place.

    Args:
        xp: The array module.
        y: Products (n, outputs).
        b: A bias for each column (outputs,).
    """
    y += b
    xp.maximum(y, 0, out=y)


add_bias_relu = Kernel("add_bias_relu", _add_bias_relu, frozenset({COMPILED, CUDA}))
