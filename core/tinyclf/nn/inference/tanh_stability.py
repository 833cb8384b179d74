"""The settings of :mod:`tinyclf.nn.stability`, where sigmoids are computed as tanh."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.stability import EXACT, Stability


@dataclass(frozen=True)
class TanhStability:
    """What is rounded off behind a plain tanh t.

    Attributes:
        largest: t is held within ±largest, as its argument would be; 1 for nothing.
        least: Where t, or of a tanh its size, is less than this, it becomes ``zero``.
        zero: What t is where the activation is 0: 0 of a tanh, −1 of a sigmoid.
    """

    largest: float
    least: float
    zero: float

    @classmethod
    def of_tanh(cls, stability: Stability) -> TanhStability | None:
        """Return what a hyperbolic tangent with these settings rounds off."""
        if stability == EXACT:
            return None
        largest = math.tanh(stability.largest_exponent / 2)
        return cls(largest, math.sqrt(stability.epsilon_square), 0.0)

    @classmethod
    def of_sigmoid(cls, stability: Stability) -> TanhStability | None:
        """Return what a sigmoid with these settings rounds off, y = ½ + ½ t."""
        if stability == EXACT:
            return None
        largest = math.tanh(stability.largest_exponent / 2)
        return cls(largest, 2 * math.sqrt(stability.epsilon_square) - 1, -1.0)

    def apply(self, xp: Any, t: Array) -> None:
        """Round t off, in place."""
        if self.largest < 1:
            xp.minimum(t, self.largest, out=t)
            xp.maximum(t, -self.largest, out=t)
        if self.least > self.zero:
            xp.copyto(t, self.zero, where=(t if self.zero else abs(t)) < self.least)
