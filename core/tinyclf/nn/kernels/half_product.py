"""A product with weights in half precision."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.kernel import COMPILED, Kernel


def _half_product(xp: Any, W: Array, b: Array, x: Array, y: Array) -> None:
    """Make y ← W x + b, the weights widened on the way; the sums are those of x's precision.

    Args:
        xp: The array module.
        W: Weights (outputs, inputs), the bits of float16 as uint16, C order.
        b: Biases (outputs,).
        x: One input (inputs,).
        y: Receives the outputs (outputs,).
    """
    xp.matmul(W.view(xp.float16).astype(x.dtype), x, out=y)
    y += b


half_product = Kernel("half_product", _half_product, frozenset({COMPILED}))
