"""Activations by their numbers, in loops."""

from __future__ import annotations

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.activations import RELU, TANH
from tinyclf.nn.kernels.compiled.jit import jit
from tinyclf.nn.kernels.compiled.tanh import tanh


@jit
def activate(y: Array, row: Array) -> None:
    """Apply an activation in place; NaN stays NaN.

    Args:
        y: What it is given, and what it makes.
        row: The numbers of an :class:`~tinyclf.nn.kernels.activations.Activation`.
    """
    if row[0] == RELU:
        zero = y.dtype.type(0)
        for i in range(y.size):
            y[i] = zero if y[i] < zero else y[i]
    elif row[0] == TANH:
        tanh(y)
        if row[1] < 1:
            _hold(y, y.dtype.type(row[1]))
        if row[2] > row[3]:
            _flush(y, y.dtype.type(row[2]), y.dtype.type(row[3]))


@jit
def _hold(y: Array, largest: float) -> None:
    """Hold y within ±largest."""
    for i in range(y.size):
        # Not min() and max(): NaN must stay NaN.
        y[i] = largest if y[i] > largest else y[i]
        y[i] = -largest if y[i] < -largest else y[i]


@jit
def _flush(y: Array, least: float, zero: float) -> None:
    """Make y zero where it, or if zero is 0 its size, is less than the least."""
    for i in range(y.size):
        small = y[i] < least and (zero != 0 or y[i] > -least)
        y[i] = zero if small else y[i]
