"""The way back through the rectifier and the bias before it."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.kernel import COMPILED, CUDA, Kernel


def _relu_gradient(xp: Any, dy: Array, y: Array, dz: Array, db: Array) -> None:
    """Make dz ← dy where y > 0, else 0; and db the sum of its rows.

    Args:
        xp: The array module.
        dy: Gradient by the rectifier's outputs (n, outputs).
        y: Those outputs, likewise.
        dz: Receives the gradient by its inputs, likewise.
        db: Receives the gradient by the bias (outputs,).
    """
    xp.multiply(dy, y > 0, out=dz)
    xp.sum(dz, axis=0, out=db)


relu_gradient = Kernel("relu_gradient", _relu_gradient, frozenset({COMPILED, CUDA}))
