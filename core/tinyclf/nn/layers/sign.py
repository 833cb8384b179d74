"""The sign: what makes the inputs of a 1-bit layer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.layers.elementwise import Elementwise
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.ranges import require, settle

WINDOW = 1.0
"""How far from the step the gradient still passes, to either side."""

LARGEST_THRESHOLD = 1e6


@dataclass(frozen=True)
class Sign(Elementwise):
    """y = +1 where x > threshold, else −1, element by element.

    At the threshold itself it is −1, so that pixels of {0, 1} become {−1, +1}, and those of
    {−1, +1} stay as they are. NaN and infinity become NaN: a sign would hide them.

    The slope of a step is 0 wherever it exists, and would teach nothing. Instead the way back is
    that of a hard tanh, y = clip(x − threshold, −1, 1): dy where |x − threshold| ≤ 1, else 0. This
    is the straight-through estimator (Bengio et al. 2013), cut off where the unit is saturated
    (Hubara et al. 2016).

    Attributes:
        threshold: Where the step is, −1,000,000 to 1,000,000.
    """

    threshold: float = 0.0

    def __post_init__(self) -> None:
        largest = LARGEST_THRESHOLD
        threshold = require("The threshold of a sign", self.threshold, -largest, largest)
        settle(self, threshold=threshold)

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return y of the shape of x, and the way back."""
        xp = backend.xp

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            dx: Array = dy * (xp.abs(x - self.threshold) <= WINDOW)
            return dx

        return signs(x, self.threshold), backward


def signs(x: Array, threshold: float = 0.0) -> Array:
    """Return +1 where x > threshold, else −1, of the shape and the dtype of ``x``.

    It is NaN where x is NaN or infinite. Infinity raises FloatingPointError within
    ``backend.raising()``.
    """
    y: Array = x - x  # 0 of every finite number
    y += x > threshold  # a tenth of the time of choosing between two numbers
    y *= 2
    y -= 1
    return y
