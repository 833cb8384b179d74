"""Optimizers: each turns a gradient into a step of the flat parameter vector.

An optimizer is frozen; ``start`` returns a step function that keeps what it must remember, in
vectors allocated once. The names are the papers': θ parameters, g gradient, α rate, m and v
running means, μ momentum, λ weight decay.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.kernels.adam_step import adam_step
from tinyclf.nn.kernels.sgd_step import sgd_step
from tinyclf.nn.ranges import require, require_share

EVERYTHING = (slice(None),)


@dataclass(frozen=True)
class Step:
    """An optimizer at work on one vector: ``step(theta, gradient, rate)``.

    In two halves, what is counted and what is computed, because a recorded step
    (:mod:`tinyclf.nn.captured_step`) is computed over and over, from other numbers each time.

    Attributes:
        numbers: Counts one step, and returns the numbers that are this step's own, given its rate.
        move: ``move(theta, gradient, numbers)`` changes ``theta`` in place and leaves ``gradient``
            as it is. A number may also be an array of a single float64 on the backend.
    """

    numbers: Callable[[float], tuple[float, ...]]
    move: Callable[[Array, Array, Sequence[Any]], None]

    def __call__(self, theta: Array, gradient: Array, rate: float) -> None:
        """Change ``theta`` in place by one step of this rate."""
        self.move(theta, gradient, self.numbers(rate))


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
        xp, move = backend.xp, backend.kernel(sgd_step)
        v, scratch = xp.zeros_like(theta), xp.empty_like(theta)

        def numbers(α: float) -> tuple[float, ...]:
            return α, 1 - α * self.weight_decay

        def moved(θ: Array, g: Array, numbers: Sequence[Any]) -> None:
            α, kept = numbers
            if self.weight_decay:
                _decay(θ, kept, self.decayed)
            move(θ, g, v, scratch, α, self.momentum, self.nesterov)

        return Step(numbers, moved)


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
        xp, move = backend.xp, backend.kernel(adam_step)
        β1, β2, ε = self.beta1, self.beta2, self.epsilon
        m, v, scratch = xp.zeros_like(theta), xp.zeros_like(theta), xp.empty_like(theta)
        t = 0

        def numbers(α: float) -> tuple[float, ...]:
            nonlocal t
            t += 1
            # θ ← θ − α m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ),
            # both sides of the fraction times √(1 − β₂ᵗ)
            root = math.sqrt(1 - β2**t)
            return α * root / (1 - β1**t), ε * root

        def moved(θ: Array, g: Array, numbers: Sequence[Any]) -> None:
            α, ε = numbers
            move(θ, g, m, v, scratch, α, β1, β2, ε)

        return Step(numbers, moved)


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

        def numbers(α: float) -> tuple[float, ...]:
            return 1 - α * self.weight_decay, *adam.numbers(α)

        def moved(θ: Array, g: Array, numbers: Sequence[Any]) -> None:
            if self.weight_decay:
                _decay(θ, numbers[0], self.decayed)
            adam.move(θ, g, numbers[1:])

        return Step(numbers, moved)


def _decay(θ: Array, kept: Any, parts: tuple[slice, ...]) -> None:
    for part in parts:
        θ[part] *= kept
