"""One step of Adam."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.kernel import COMPILED, CUDA, Kernel


def _adam_step(
    xp: Any,
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
    """Move the parameters by θ ← θ − α m / (√v + ε), after m and v took in the gradient.

    Args:
        xp: The array module.
        θ: Parameters (n,), changed in place.
        g: Their gradient (n,).
        m: Running mean of the gradient (n,), changed in place.
        v: Running mean of its square (n,), changed in place.
        scratch: Room for this formula to work in (n,), which loops and cards do without;
            afterwards it holds anything.
        α: The rate, corrected for the means' start at zero.
        β1: How slowly m forgets.
        β2: How slowly v forgets.
        ε: Added to the root, corrected likewise.
    """
    # m ← β₁ m + (1 − β₁) g
    m *= β1
    m += xp.multiply(g, 1 - β1, out=scratch)
    # v ← β₂ v + (1 − β₂) g²
    v *= β2
    xp.multiply(g, g, out=scratch)
    scratch *= 1 - β2
    v += scratch
    # θ ← θ − α m / (√v + ε)
    xp.sqrt(v, out=scratch)
    scratch += ε
    xp.divide(m, scratch, out=scratch)
    scratch *= α
    θ -= scratch


adam_step = Kernel("adam_step", _adam_step, frozenset({COMPILED, CUDA}))
