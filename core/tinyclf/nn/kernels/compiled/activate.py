"""Activations by number, in loops."""

from __future__ import annotations

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.activations import RELU, TANH
from tinyclf.nn.kernels.compiled.jit import jit
from tinyclf.nn.kernels.compiled.tanh import tanh


@jit
def activate(y: Array, number: int) -> None:
    """Apply an activation in place; NaN stays NaN."""
    zero = y.dtype.type(0)
    if number == RELU:
        for i in range(y.size):
            y[i] = zero if y[i] < zero else y[i]
    elif number == TANH:
        tanh(y)
