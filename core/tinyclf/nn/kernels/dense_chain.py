"""One input through a row of fully connected layers: what a single prediction costs."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.activations import activation
from tinyclf.nn.kernels.kernel import COMPILED, Kernel, Lane

LONG = 512
"""Inputs from which on NumPy is faster with sums of products of rows than with sums of scaled
columns; compiled loops always are."""


def fastest_by_outputs_from(lane: Lane) -> int:
    """Return from how many inputs on a layer's matrix should lie by outputs, to be fastest."""
    return 0 if lane.name == COMPILED else LONG


def _dense_chain(
    xp: Any, weights: Array, widths: Array, activations: Array, by_outputs_from: int, x: Array
) -> Array:
    """Return a(W x + b) for the last layer, where x is what the layer before gave.

    A bias is one more input's weights, which a constant 1 feeds: no pass of its own.

    Args:
        xp: The array module.
        weights: The matrices of all layers, one after the other in one vector, each with its
            biases last: by inputs (inputs + 1, outputs), or by outputs (outputs, inputs + 1).
        widths: How many inputs the first layer takes, then how many outputs each gives; int64.
        activations: What follows each layer (layers, 4): the numbers of
            :class:`~.activations.Activation`; float64.
        by_outputs_from: The number of inputs from which on a layer's matrix lies by outputs.
        x: One input (widths[0],).

    Returns:
        Outputs (widths[-1],), a new array.
    """
    sizes = widths.tolist()
    y, room = xp.empty((2, max(sizes) + 1), x.dtype)
    y[: sizes[0]] = x
    start = 0
    layers = zip(sizes, sizes[1:], activations.tolist(), strict=False)
    for (inputs, outputs, row), alike in groupby(layers):
        stop = start + len(list(alike)) * outputs * (inputs + 1)
        by_outputs = inputs >= by_outputs_from
        shape = (outputs, inputs + 1) if by_outputs else (inputs + 1, outputs)
        y[inputs] = 1
        _layers_alike(
            xp,
            weights[start:stop].reshape(-1, *shape),
            by_outputs,
            activation(xp, row),
            y[: inputs + 1],
            room[:outputs],
            y[:outputs],
        )
        start = stop
    outputs_: Array = y[: sizes[-1]].copy()
    return outputs_


def _layers_alike(
    xp: Any,
    matrices: Array,
    by_outputs: bool,
    activate: Callable[[Array, Array], object],
    v: Array,
    z: Array,
    y: Array,
) -> None:
    """Make y of v by layers of one shape; y lies where v lies, z is room for the products."""
    if by_outputs:
        # Where the rows come from memory, vecdot is a little quicker; not every module has it.
        product = xp.vecdot if hasattr(xp, "vecdot") else xp.dot
        for W in matrices:
            product(W, v, out=z)
            activate(z, y)
    else:
        times = v.dot
        for W in matrices:
            times(W, z)
            activate(z, y)


dense_chain = Kernel("dense_chain", _dense_chain, frozenset({COMPILED}))
