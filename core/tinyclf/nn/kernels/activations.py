"""What follows a layer in the kernels that run many: a row of numbers for each activation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from tinyclf.nn.arrays import Array

NONE, RELU, TANH = 0, 1, 2


class Activation(NamedTuple):
    """An activation; where it is a tanh, it may be rounded off.

    Attributes:
        kind: NONE, RELU or TANH.
        largest: The tanh is held within ±largest; 1 for all of it.
        least: Where the tanh, or with a ``zero`` of 0 its size, is less than this …
        zero: … it becomes ``zero``: 0 or −1. None does if ``least`` is no more than that.
    """

    kind: int
    largest: float = 1.0
    least: float = 0.0
    zero: float = 0.0


PLAIN = Activation(NONE)


def activation(xp: Any, row: Sequence[float]) -> Callable[[Array, Array], object]:
    """Return what makes an activation of its first argument and leaves it in the second.

    Args:
        xp: The array module.
        row: The numbers of an :class:`Activation`.
    """
    kind, largest, least, zero = row
    if kind == RELU:
        return lambda z, y: xp.maximum(z, 0, out=y)
    if kind == NONE:
        return lambda z, y: xp.copyto(y, z)
    if (largest, least, zero) == (1, 0, 0):
        tanh: Callable[[Array, Array], object] = xp.tanh
        return tanh
    return partial(_rounded_tanh, xp, largest, least, zero)


def _rounded_tanh(xp: Any, largest: float, least: float, zero: float, z: Array, y: Array) -> None:
    xp.tanh(z, y)
    xp.minimum(y, largest, out=y)
    xp.maximum(y, -largest, out=y)
    if least > zero:
        xp.copyto(y, zero, where=(y if zero else abs(y)) < least)
