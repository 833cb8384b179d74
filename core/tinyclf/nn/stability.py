"""Two settings that keep curved activations away from the ends of floating point, at a small error.

The plain forms in :mod:`.formulas` already neither overflow nor cancel. What they cannot prevent
is that a confident sigmoid rounds to exactly 0 or 1, where its slope is lost and no training
brings it back, nor that a deep chain of small numbers sinks into the denormal range, where
processors compute many times slower. Both are cut off here; :mod:`.forward_error` measures what it
costs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.ranges import require, settle

LARGEST_EPSILON = 0.1


@dataclass(frozen=True)
class Stability:
    """What a sigmoid or a hyperbolic tangent rounds off; 0 stands for nothing, the exact form.

    The gradient is exact for the function that is so computed: 0 wherever it was made flat.

    Attributes:
        epsilon_exp: ε, 0 to 0.1: no exponential leaves [ε, 1 / ε], so arguments of exp stop at
            ±ln(1 / ε). A sigmoid then lies between about ε and 1 − ε; as long as ε is well above
            the rounding of the precision (6e-8 in f4, 1e-16 in f8), it never becomes 0 or 1. It
            moves each activation by at most 2 ε. A usual value is 4e-6.
        epsilon_square: ε, 0 to 0.1: an activation whose square is less than ε counts as zero. It
            moves each activation by less than √ε. A usual value is 1e-7. At a sigmoid's low end
            it overrules ``epsilon_exp``: 4e-6 there keeps the sigmoid from falling below 4e-6, but
            1e-7 here makes it 0, and its slope 0, wherever it is below 3.2e-4.
    """

    epsilon_exp: float = 0.0
    epsilon_square: float = 0.0

    def __post_init__(self) -> None:
        settle(
            self,
            epsilon_exp=require("epsilon_exp", self.epsilon_exp, 0.0, LARGEST_EPSILON),
            epsilon_square=require("epsilon_square", self.epsilon_square, 0.0, LARGEST_EPSILON),
        )

    @property
    def largest_exponent(self) -> float:
        """ln(1 / epsilon_exp): where arguments of exp stop; infinite when it is off."""
        return -math.log(self.epsilon_exp) if self.epsilon_exp else math.inf

    def limit(self, xp: Any, x: Array, times: int) -> Array:
        """Return x (any shape) with ``times`` · x held within ±ln(1 / ε).

        Args:
            xp: The array module.
            x: What an activation is given; not written to.
            times: How often x stands in its exponential: exp(−x) 1, exp(−2x) 2.
        """
        if not self.epsilon_exp:
            return x
        largest = self.largest_exponent / times
        limited: Array = xp.clip(x, -largest, largest)
        return limited

    def flush(self, y: Array) -> Array:
        """Return activations y (any shape), in place, 0 where their square is less than ε."""
        if self.epsilon_square:
            y *= y * y >= self.epsilon_square
        return y

    def moving(self, x: Array, y: Array, times: int) -> Array | None:
        """Return where an activation still moves with its input: None for everywhere.

        Args:
            x: What it was given.
            y: What :meth:`flush` made of it, of the same shape.
            times: As for :meth:`limit`.

        Returns:
            True and False of the same shape; False where the slope is 0.
        """
        moving: Array | None = None
        if self.epsilon_exp:
            moving = abs(x) <= self.largest_exponent / times
        if self.epsilon_square:
            left = y != 0
            moving = left if moving is None else moving & left
        return moving


EXACT = Stability()
"""Nothing is rounded off."""
