"""Optimizers: each turns a gradient into a step of the flat parameter vector.

An optimizer is frozen; ``start`` returns it at work on one vector, with what it must remember in
vectors allocated once. The names are the papers': θ parameters, g gradient, α rate, m and v
running means, μ momentum, λ weight decay.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.arrays import Array, check_precision
from tinyclf.nn.backend import Backend
from tinyclf.nn.kernels.adam_step import adam_step
from tinyclf.nn.kernels.sgd_step import sgd_step
from tinyclf.nn.ranges import (
    require,
    require_flag,
    require_kind,
    require_row,
    require_share,
    settle,
)

Parts: TypeAlias = tuple[slice, ...]
"""Parts of theta."""


class StartedOptimizer(ABC):
    """An optimizer at work on vectors like one: ``optimizer(theta, gradient, rate)``.

    In two halves, what is counted and what is computed, because a recorded step
    (:mod:`tinyclf.nn.steps.captured`) is computed over and over, from other numbers each time.

    Args:
        theta: What it begins with (n,), float32 or float64.

    Raises:
        InputError: that is another shape or dtype.
    """

    def __init__(self, theta: Array) -> None:
        check_precision(theta)
        if theta.ndim != 1:
            raise InputError(
                f"An optimizer moves one flat vector, not an array of shape {theta.shape}."
            )
        self._shape, self._dtype = theta.shape, theta.dtype

    def __call__(self, theta: Array, gradient: Array, rate: float) -> None:
        """Change ``theta`` in place by one step of this rate.

        Give it finite gradients no longer than :func:`.clipping.clip_norm` leaves them: compiled
        loops and cards do not tell of infinity, which then is in ``theta``, and the next loss that
        is computed from it raises FloatingPointError.

        Raises:
            InputError: a vector is not of the shape and the dtype that it was started for.
            FloatingPointError: without compiled kernels, within ``backend.raising()``: overflow, as
                of a gradient whose square has none in its precision.
        """
        self._require_alike(theta, gradient)
        with np.errstate(under="ignore"):
            self._move(theta, gradient, self.numbers(rate))

    @abstractmethod
    def numbers(self, rate: float) -> tuple[float, ...]:
        """Count one step, and return the numbers that are this step's own, given its rate."""

    def move(self, theta: Array, gradient: Array, numbers: Sequence[Any]) -> None:
        """Change ``theta`` in place, and leave ``gradient`` as it is.

        Args:
            theta: Parameters (n,).
            gradient: ∂loss/∂theta (n,).
            numbers: As :meth:`numbers` returned them; each may also be an array of a single
                float64 on the backend.

        Raises:
            InputError: a vector is not of the shape and the dtype that it was started for.
        """
        self._require_alike(theta, gradient)
        self._move(theta, gradient, numbers)

    @abstractmethod
    def _move(self, theta: Array, gradient: Array, numbers: Sequence[Any]) -> None:
        """Do as :meth:`move`; the vectors fit."""

    def _require_alike(self, theta: Array, gradient: Array) -> None:
        """Check both vectors: a compiled loop would read and write beyond one that is too short."""
        for what, vector in (("parameters are", theta), ("gradient is", gradient)):
            if vector.shape != self._shape or vector.dtype != self._dtype:
                raise InputError(
                    f"The optimizer was started for {self._dtype} of shape {self._shape}, "
                    f"but the {what} {vector.dtype} of shape {vector.shape}: start one for them."
                )


class Optimizer(Protocol):
    """A rule for steps."""

    def start(self, theta: Array, *, backend: Backend) -> StartedOptimizer:
        """Return the rule at work on vectors like ``theta`` (n,), its memory empty."""


@dataclass(frozen=True)
class SGD:
    """Stochastic gradient descent, plain, with momentum, or Nesterov's (Sutskever et al. 2013).

    v ← μ v + g, then θ ← θ − α v; Nesterov's looks ahead: θ ← θ − α (g + μ v).

    Attributes:
        momentum: μ, at least 0 and less than 1; 0 is plain descent.
        nesterov: Whether to look ahead.
        weight_decay: λ, 0 to 1: before a step, θ ← θ − α λ θ.
        decayed: The parts of theta that decay, such as :attr:`.objective.Objective.weights`; must
            be given where λ is more than 0.

    Raises:
        ConfigError: a setting is out of its range, or the parts that decay are not given.
    """

    momentum: float = 0.0
    nesterov: bool = False
    weight_decay: float = 0.0
    decayed: Parts | None = None

    def __post_init__(self) -> None:
        settle(
            self,
            momentum=require_share("The momentum", self.momentum),
            nesterov=require_flag("Whether SGD looks ahead", self.nesterov),
            weight_decay=_require_decay(self.weight_decay, self.decayed),
        )

    def start(self, theta: Array, *, backend: Backend) -> StartedOptimizer:
        """Return the rule at work on vectors like ``theta``."""
        return _StartedSGD(self, theta, backend)


@dataclass(frozen=True)
class Adam:
    """Adaptive moments (Kingma & Ba 2015): each parameter's step is scaled by its own history.

    Attributes:
        beta1: β₁, how slowly the mean of the gradient forgets, at least 0 and less than 1.
        beta2: β₂, likewise for the mean of its square.
        epsilon: ε, added to the root, 1e-16 to 1.

    Raises:
        ConfigError: a setting is out of its range.
    """

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        settle(
            self,
            beta1=require_share("β₁", self.beta1),
            beta2=require_share("β₂", self.beta2),
            epsilon=require("ε", self.epsilon, 1e-16, 1.0),
        )

    def start(self, theta: Array, *, backend: Backend) -> StartedOptimizer:
        """Return the rule at work on vectors like ``theta``."""
        return _StartedAdam(self, theta, backend)


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam with weight decay beside the gradient, not inside it (Loshchilov & Hutter 2019).

    Attributes:
        beta1: As in :class:`Adam`.
        beta2: As in :class:`Adam`.
        epsilon: As in :class:`Adam`.
        weight_decay: λ, 0 to 1: before a step, θ ← θ − α λ θ.
        decayed: The parts of theta that decay, such as :attr:`.objective.Objective.weights`; must
            be given where λ is more than 0.

    Raises:
        ConfigError: a setting is out of its range, or the parts that decay are not given.
    """

    weight_decay: float = 1e-2
    decayed: Parts | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(self, weight_decay=_require_decay(self.weight_decay, self.decayed))

    def start(self, theta: Array, *, backend: Backend) -> StartedOptimizer:
        """Return the rule at work on vectors like ``theta``."""
        return _StartedAdamW(self, theta, backend)


class _StartedSGD(StartedOptimizer):
    def __init__(self, rule: SGD, theta: Array, backend: Backend) -> None:
        super().__init__(theta)
        xp = backend.xp
        self._μ, self._nesterov = rule.momentum, rule.nesterov
        self._λ, self._decayed = rule.weight_decay, rule.decayed
        self._v, self._scratch = xp.zeros_like(theta), xp.empty_like(theta)
        self._backend = backend

    def numbers(self, rate: float) -> tuple[float, ...]:
        return 1 - rate * self._λ, rate

    def _move(self, theta: Array, gradient: Array, numbers: Sequence[Any]) -> None:
        kept, α = numbers
        if self._λ:
            _decay(theta, kept, self._decayed)
        step = self._backend.kernel(sgd_step)
        step(theta, gradient, self._v, self._scratch, α, self._μ, self._nesterov)


class _StartedAdam(StartedOptimizer):
    def __init__(self, rule: Adam, theta: Array, backend: Backend) -> None:
        super().__init__(theta)
        xp = backend.xp
        self._β1, self._β2, self._ε = rule.beta1, rule.beta2, rule.epsilon
        self._m, self._v = xp.zeros_like(theta), xp.zeros_like(theta)
        self._scratch = xp.empty_like(theta)
        self._t = 0
        self._backend = backend

    def numbers(self, rate: float) -> tuple[float, ...]:
        self._t += 1
        # θ ← θ − α m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ),
        # both sides of the fraction times √(1 − β₂ᵗ)
        root = math.sqrt(1 - self._β2**self._t)
        return rate * root / (1 - self._β1**self._t), self._ε * root

    def _move(self, theta: Array, gradient: Array, numbers: Sequence[Any]) -> None:
        α, ε = numbers
        m, v, scratch = self._m, self._v, self._scratch
        step = self._backend.kernel(adam_step)
        step(theta, gradient, m, v, scratch, α, self._β1, self._β2, ε)


class _StartedAdamW(_StartedAdam):
    def __init__(self, rule: AdamW, theta: Array, backend: Backend) -> None:
        super().__init__(rule, theta, backend)
        self._λ, self._decayed = rule.weight_decay, rule.decayed

    def numbers(self, rate: float) -> tuple[float, ...]:
        return 1 - rate * self._λ, *super().numbers(rate)

    def _move(self, theta: Array, gradient: Array, numbers: Sequence[Any]) -> None:
        kept, *adams = numbers
        if self._λ:
            _decay(theta, kept, self._decayed)
        super()._move(theta, gradient, adams)


def _decay(θ: Array, kept: Any, parts: Parts | None) -> None:
    for part in parts or ():
        θ[part] *= kept


def _require_decay(weight_decay: float, decayed: Parts | None) -> float:
    weight_decay = require("The weight decay", weight_decay, 0.0, 1.0)
    if decayed is not None:
        parts = require_row("The parts that decay", decayed, "objective.weights")
        for part in parts:
            require_kind("Each part that decays", part, slice, "a slice, as in objective.weights")
    if weight_decay and decayed is None:
        raise ConfigError(
            "Weight decay must be told which parts of the parameters decay: "
            "give decayed=objective.weights, or a weight decay of 0."
        )
    return weight_decay
