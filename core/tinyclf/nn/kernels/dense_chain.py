"""One input through a row of fully connected layers: what a single prediction costs."""

from __future__ import annotations

import functools
from collections.abc import Callable
from itertools import groupby
from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.kernel import COMPILED, Kernel

NONE, RELU, TANH = 0, 1, 2
"""What follows a layer."""

LONG = 512
"""Rows from which on a sum of products a row is faster than a product of matrix and vector."""


def _dense_chain(xp: Any, weights: Array, widths: Array, activations: Array, x: Array) -> Array:
    """Return a(W x + b) for the last layer, where x is what the layer before gave.

    A bias is one more column of its matrix, which a constant 1 feeds: no pass of its own.

    Args:
        xp: The array module.
        weights: The matrices [W b] (outputs, inputs + 1) of all layers, one after the other, C
            order, in one vector.
        widths: How many inputs the first layer takes, then how many outputs each gives; int64.
        activations: What follows each layer: NONE, RELU or TANH; int64.
        x: One input (widths[0],).

    Returns:
        Outputs (widths[-1],), a new array.
    """
    y, room = xp.ones((2, max(widths) + 1), x.dtype)
    y[: widths[0]] = x
    start = 0
    for (inputs, outputs, activation), run in groupby(
        zip(widths, widths[1:], activations, strict=False)
    ):
        layers = len(list(run))
        stop = start + layers * outputs * (inputs + 1)
        matrices = weights[start:stop].reshape(layers, outputs, inputs + 1)
        _same_layers(xp, matrices, activation, y, room)
        if layers % 2:
            y, room = room, y
        start = stop
    outputs_: Array = y[: widths[-1]].copy()
    return outputs_


def _same_layers(xp: Any, matrices: Array, activation: int, y: Array, room: Array) -> None:
    """Take y through layers of one shape; each leaves its outputs in the other of two rooms."""
    _, outputs, columns = matrices.shape
    by_rows = columns > LONG and hasattr(xp, "vecdot")
    after = _activation(xp, activation)
    room[outputs] = 1
    v, z = y[:columns], room[:outputs]
    next_v, next_z = room[:columns], y[:outputs]
    for W in matrices:
        if by_rows:
            xp.vecdot(W, v, z)
        else:
            W.dot(v, z)
        if after:
            after(z, out=z)
        v, z, next_v, next_z = next_v, next_z, v, z


def _activation(xp: Any, number: int) -> Callable[..., Array] | None:
    if number == RELU:
        return functools.partial(xp.maximum, 0)
    return xp.tanh if number == TANH else None


dense_chain = Kernel("dense_chain", _dense_chain, frozenset({COMPILED}))
