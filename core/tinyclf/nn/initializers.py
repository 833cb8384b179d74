"""How weights begin: normal noise whose size keeps signals alive through many layers.

Noise is always drawn in float64 by NumPy's generator and rounded afterwards: a seed gives the same
network on every backend, and in float32 the rounded one of float64.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from tinyclf.nn.arrays import Array, Shape
from tinyclf.nn.ranges import require, require_kind, settle

LARGEST_GAIN = 100.0


@runtime_checkable
class Initializer(Protocol):
    """Draws the first weights of a layer."""

    def draw(self, shape: Shape, fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
        """Return weights of ``shape`` in float64.

        Args:
            shape: The weights' shape.
            fan_in: How many inputs feed one output.
            fan_out: How many outputs one input feeds.
            rng: Where the noise comes from.
        """


def require_initializer(initializer: Initializer) -> None:
    """Check that a layer's initializer is one.

    Raises:
        ConfigError: it is none.
    """
    require_kind("An initializer", initializer, Initializer, "such as He() or Glorot()")


@dataclass(frozen=True)
class He:
    """Variance 2 / fan in, for layers before a ReLU, which halves it (He et al. 2015).

    Attributes:
        gain: Factor on the standard deviation, 0 to 100.
    """

    gain: float = 1.0

    def __post_init__(self) -> None:
        settle(self, gain=require("The gain of an initializer", self.gain, 0.0, LARGEST_GAIN))

    def draw(self, shape: Shape, fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
        """Return gain · √(2 / fan in) · normal noise."""
        return self.gain * math.sqrt(2 / fan_in) * rng.standard_normal(shape)


@dataclass(frozen=True)
class Glorot:
    """Variance 2 / (fan in + fan out), for tanh, sigmoid and plain scores (Glorot & Bengio 2010).

    Attributes:
        gain: Factor on the standard deviation, 0 to 100.
    """

    gain: float = 1.0

    def __post_init__(self) -> None:
        settle(self, gain=require("The gain of an initializer", self.gain, 0.0, LARGEST_GAIN))

    def draw(self, shape: Shape, fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
        """Return gain · √(2 / (fan in + fan out)) · normal noise."""
        return self.gain * math.sqrt(2 / (fan_in + fan_out)) * rng.standard_normal(shape)
