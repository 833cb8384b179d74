"""One step of gradient descent with momentum, in one pass over the three vectors."""

from __future__ import annotations

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit


@jit
def sgd_step(
    θ: Array, g: Array, v: Array, scratch: Array, α: float, μ: float, nesterov: bool
) -> None:
    """Move the parameters; see :mod:`tinyclf.nn.kernels.sgd_step`."""
    number = θ.dtype.type
    α, μ = number(α), number(μ)
    for i in range(θ.size):
        v[i] = μ * v[i] + g[i]
        θ[i] -= α * (g[i] + μ * v[i] if nesterov else v[i])
