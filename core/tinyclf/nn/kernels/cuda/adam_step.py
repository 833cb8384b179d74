"""One step of Adam, in one launch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tinyclf.nn.arrays import Array

STEP = """
    m = T(beta1) * m + T(1.0 - beta1) * g;
    v = T(beta2) * v + T(1.0 - beta2) * g * g;
    theta -= T(rate) * m / (sqrt(v) + T(epsilon));
"""


def build(cupy: Any) -> Callable[..., None]:
    """Return the function; see :mod:`tinyclf.nn.kernels.adam_step`."""
    move = cupy.ElementwiseKernel(
        "T g, float64 rate, float64 beta1, float64 beta2, float64 epsilon",
        "T theta, T m, T v",
        STEP,
        "adam_step",
    )

    def adam_step(
        θ: Array,
        g: Array,
        m: Array,
        v: Array,
        scratch: Array,
        α: float,
        β1: float,
        β2: float,
        ε: float,
    ) -> None:
        move(g, α, β1, β2, ε, θ, m, v)

    return adam_step
