"""The bias and the rectifier after a product of matrices, in one launch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tinyclf.nn.arrays import Array

# Asked for "less than 0", a sum that is NaN stays NaN.
RECTIFIED = """
    const T z = product + bias;
    y = z < T(0) ? T(0) : z;
"""


def build(cupy: Any) -> Callable[..., None]:
    """Return the function; see :mod:`tinyclf.nn.kernels.add_bias_relu`."""
    rectify = cupy.ElementwiseKernel("T product, T bias", "T y", RECTIFIED, "add_bias_relu")

    def add_bias_relu(y: Array, b: Array) -> None:
        rectify(y, b, y)

    return add_bias_relu
