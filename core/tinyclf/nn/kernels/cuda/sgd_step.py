"""One step of gradient descent with momentum, in one launch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tinyclf.nn.arrays import Array

STEP = """
    v = T(momentum) * v + g;
    theta -= T(rate) * (nesterov ? g + T(momentum) * v : v);
"""


def build(cupy: Any) -> Callable[..., None]:
    """Return the function; see :mod:`tinyclf.nn.kernels.sgd_step`."""
    move = cupy.ElementwiseKernel(
        "T g, float64 rate, float64 momentum, bool nesterov", "T theta, T v", STEP, "sgd_step"
    )

    def sgd_step(
        θ: Array, g: Array, v: Array, scratch: Array, α: float, μ: float, nesterov: bool
    ) -> None:
        move(g, α, μ, nesterov, θ, v)

    return sgd_step
