"""One step of Adam, in one pass over the five vectors."""

from __future__ import annotations

import math

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit


@jit
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
    """Move the parameters; see :mod:`tinyclf.nn.kernels.adam_step`."""
    number = θ.dtype.type
    # 1 − β before it is narrowed: of β = 0.999 in float32 it is wrong in the fifth digit.
    rest1, rest2 = number(1 - β1), number(1 - β2)
    α, β1, β2, ε = number(α), number(β1), number(β2), number(ε)
    for i in range(θ.size):
        m[i] = β1 * m[i] + rest1 * g[i]
        v[i] = β2 * v[i] + rest2 * g[i] * g[i]
        θ[i] -= α * m[i] / (math.sqrt(v[i]) + ε)
