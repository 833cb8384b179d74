"""Optimizers: each turns a gradient into a step of the flat parameter vector.

An optimizer is frozen; ``start`` returns a step function that keeps what it must remember, in
vectors allocated once. The names are the papers': θ parameters, g gradient, α rate, m and v
running means, μ momentum, λ weight decay.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.ranges import require, require_share

Step: TypeAlias = Callable[[Array, Array, float], None]
"""``step(theta, gradient, rate)`` changes ``theta`` in place and leaves ``gradient`` as it is."""

EVERYTHING = (slice(None),)


class Optimizer(Protocol):
    """A rule for steps."""

    def start(self, theta: Array, *, backend: Backend) -> Step:
        """Return a step function for vectors like ``theta`` (n,), its memory empty."""


@dataclass(frozen=True)
class SGD:
    """Stochastic gradient descent, plain, with momentum, or Nesterov's (Sutskever et al. 2013).

    v ← μ v + g, then θ ← θ − α v; Nesterov's looks ahead: θ ← θ − α (g + μ v).

    Attributes:
        momentum: μ, at least 0 and less than 1; 0 is plain descent.
        nesterov: Whether to look ahead.
        weight_decay: λ, 0 to 1: before a step, θ ← θ − α λ θ.
        decayed: The parts of theta that decay; see :attr:`.objective.Objective.weights`.
    """

    momentum: float = 0.0
    nesterov: bool = False
    weight_decay: float = 0.0
    decayed: tuple[slice, ...] = EVERYTHING

    def __post_init__(self) -> None:
        require_share("The momentum", self.momentum)
        require("The weight decay", self.weight_decay, 0.0, 1.0)

    def start(self, theta: Array, *, backend: Backend) -> Step:
        """Return a step function for vectors like ``theta``."""
        xp, μ = backend.xp, self.momentum
        v, scratch = xp.zeros_like(theta), xp.empty_like(theta)

        def step(θ: Array, g: Array, α: float) -> None:
            nonlocal v
            _decay(θ, α * self.weight_decay, self.decayed)
            v *= μ
            v += g
            if self.nesterov:
                xp.multiply(v, μ, out=scratch)
                xp.add(scratch, g, out=scratch)
                xp.multiply(scratch, α, out=scratch)
            else:
                xp.multiply(v, α, out=scratch)
            θ -= scratch

        return step


@dataclass(frozen=True)
class Adam:
    """Adaptive moments (Kingma & Ba 2015): each parameter's step is scaled by its own history.

    Attributes:
        beta1: β₁, how slowly the mean of the gradient forgets, at least 0 and less than 1.
        beta2: β₂, likewise for the mean of its square.
        epsilon: ε, added to the root, 1e-16 to 1.
    """

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        require_share("β₁", self.beta1)
        require_share("β₂", self.beta2)
        require("ε", self.epsilon, 1e-16, 1.0)

    def start(self, theta: Array, *, backend: Backend) -> Step:
        """Return a step function for vectors like ``theta``."""
        xp, β1, β2, ε = backend.xp, self.beta1, self.beta2, self.epsilon
        m, v, scratch = xp.zeros_like(theta), xp.zeros_like(theta), xp.empty_like(theta)
        t = 0

        def step(θ: Array, g: Array, α: float) -> None:
            nonlocal m, v, t, scratch
            t += 1
            # m ← β₁ m + (1 − β₁) g
            m *= β1
            m += xp.multiply(g, 1 - β1, out=scratch)
            # v ← β₂ v + (1 − β₂) g²
            v *= β2
            xp.multiply(g, g, out=scratch)
            scratch *= 1 - β2
            v += scratch
            # θ ← θ − α m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ)
            xp.sqrt(v, out=scratch)
            scratch /= math.sqrt(1 - β2**t)
            scratch += ε
            xp.divide(m, scratch, out=scratch)
            scratch *= α / (1 - β1**t)
            θ -= scratch

        return step


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam with weight decay beside the gradient, not inside it (Loshchilov & Hutter 2019).

    Attributes:
        beta1: As in :class:`Adam`.
        beta2: As in :class:`Adam`.
        epsilon: As in :class:`Adam`.
        weight_decay: λ, 0 to 1: before a step, θ ← θ − α λ θ.
        decayed: The parts of theta that decay; see :attr:`.objective.Objective.weights`.
    """

    weight_decay: float = 1e-2
    decayed: tuple[slice, ...] = EVERYTHING

    def __post_init__(self) -> None:
        super().__post_init__()
        require("The weight decay", self.weight_decay, 0.0, 1.0)

    def start(self, theta: Array, *, backend: Backend) -> Step:
        """Return a step function for vectors like ``theta``."""
        adam = super().start(theta, backend=backend)

        def step(θ: Array, g: Array, α: float) -> None:
            _decay(θ, α * self.weight_decay, self.decayed)
            adam(θ, g, α)

        return step


def _decay(θ: Array, share: float, parts: tuple[slice, ...]) -> None:
    if share:
        for part in parts:
            θ[part] *= 1 - share
