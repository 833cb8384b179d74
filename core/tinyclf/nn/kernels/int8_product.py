"""A product with weights of one byte each."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.kernel import COMPILED, Kernel


def _int8_product(xp: Any, W: Array, scale: Array, b: Array, x: Array, y: Array) -> None:
    """Make y ← scale · (W x) + b, the weights unpacked on the way.

    Args:
        xp: The array module.
        W: Weights (outputs, inputs), int8, C order.
        scale: What a step of each row's weights is worth (outputs,).
        b: Biases (outputs,).
        x: One input (inputs,).
        y: Receives the outputs (outputs,).
    """
    xp.matmul(W.astype(x.dtype), x, out=y)
    y *= scale
    y += b


int8_product = Kernel("int8_product", _int8_product, frozenset({COMPILED}))
