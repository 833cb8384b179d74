"""One input through layers whose weights are kept in half precision."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.activations import activation
from tinyclf.nn.kernels.kernel import COMPILED, Kernel
from tinyclf.nn.kernels.places import places


def _half_chain(
    xp: Any,
    weights: Array,
    scales: Array,
    biases: Array,
    widths: Array,
    activations: Array,
    x: Array,
) -> Array:
    """Return a((scale · W) x + b) for the last layer, where x is what the layer before gave.

    The sums are in the precision of x.

    Args:
        xp: The array module.
        weights: The matrices (outputs, inputs) of all layers, one after the other: the bits of
            finite float16 as uint16.
        scales: What the weights of each output are multiplied by, layer after layer: powers of two.
        biases: Of each output, likewise.
        widths: How many inputs the first layer takes, then how many outputs each gives; int64.
        activations: What follows each layer (layers, 4): the numbers of
            :class:`~.activations.Activation`; float64.
        x: One input (widths[0],).

    Returns:
        Outputs (widths[-1],), a new array.
    """
    halves = weights.view(xp.float16)
    shapes = list(pairwise(widths.tolist()))
    for (inputs, outputs), (matrix, units), row in zip(
        shapes, places(shapes), activations.tolist(), strict=True
    ):
        W = halves[matrix].reshape(outputs, inputs).astype(x.dtype)
        W *= scales[units, None]
        x = W @ x
        x += biases[units]
        activation(xp, row)(x, x)
    return x


half_chain = Kernel("half_chain", _half_chain, frozenset({COMPILED}))
