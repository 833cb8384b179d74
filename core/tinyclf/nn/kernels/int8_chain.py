"""One input through layers whose weights are a byte each."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.dense_chain import RELU, TANH
from tinyclf.nn.kernels.kernel import COMPILED, Kernel


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
        activations: What follows each layer: NONE, RELU or TANH; int64.
        x: One input (widths[0],).

    Returns:
        Outputs (widths[-1],), a new array.
    """
    start = first = 0
    for (inputs, outputs), activation in zip(
        pairwise(widths.tolist()), activations.tolist(), strict=True
    ):
        stop, last = start + inputs * outputs, first + outputs
        x = weights[start:stop].reshape(outputs, inputs).astype(x.dtype) @ x
        x *= scales[first:last]
        x += biases[first:last]
        if activation == RELU:
            xp.maximum(x, 0, out=x)
        elif activation == TANH:
            xp.tanh(x, out=x)
        start, first = stop, last
    return x


int8_chain = Kernel("int8_chain", _int8_chain, frozenset({COMPILED}))
