"""One input through layers whose weights are a byte each."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.activations import activation
from tinyclf.nn.kernels.kernel import COMPILED, Kernel
from tinyclf.nn.kernels.places import places


def _int8_chain(
    xp: Any,
    weights: Array,
    scales: Array,
    biases: Array,
    widths: Array,
    activations: Array,
    x: Array,
) -> Array:
    """Return a(scale · (W x) + b) for the last layer, where x is what the layer before gave.

    Args:
        xp: The array module.
        weights: The matrices (outputs, inputs) of all layers, one after the other, int8.
        scales: What a step of each output's weights is worth, layer after layer.
        biases: Of each output, likewise.
        widths: How many inputs the first layer takes, then how many outputs each gives; int64.
        activations: What follows each layer (layers, 4): the numbers of
            :class:`~.activations.Activation`; float64.
        x: One input (widths[0],).

    Returns:
        Outputs (widths[-1],), a new array.
    """
    shapes = list(pairwise(widths.tolist()))
    for (inputs, outputs), (matrix, units), row in zip(
        shapes, places(shapes), activations.tolist(), strict=True
    ):
        x = weights[matrix].reshape(outputs, inputs).astype(x.dtype) @ x
        x *= scales[units]
        x += biases[units]
        activation(xp, row)(x, x)
    return x


int8_chain = Kernel("int8_chain", _int8_chain, frozenset({COMPILED}))
