"""One step of gradient descent with momentum."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.kernel import COMPILED, CUDA, Kernel


def _sgd_step(
    xp: Any, θ: Array, g: Array, v: Array, scratch: Array, α: float, μ: float, nesterov: bool
) -> None:
    """Move the parameters by v ← μ v + g, θ ← θ − α v; Nesterov's: θ ← θ − α (g + μ v).

    Args:
        xp: The array module.
        θ: Parameters (n,), changed in place.
        g: Their gradient (n,).
        v: Running sum of gradients (n,), changed in place.
        scratch: Room for this formula to work in (n,), which loops and cards do without;
            afterwards it holds anything.
        α: The rate.
        μ: The momentum.
        nesterov: Whether to look ahead.
    """
    v *= μ
    v += g
    if nesterov:
        xp.multiply(v, μ, out=scratch)
        scratch += g
        scratch *= α
    else:
        xp.multiply(v, α, out=scratch)
    θ -= scratch


sgd_step = Kernel("sgd_step", _sgd_step, frozenset({COMPILED, CUDA}))
