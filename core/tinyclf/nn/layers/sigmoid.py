"""The logistic function."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.formulas import sigmoid
from tinyclf.nn.layers.elementwise import Elementwise
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.ranges import require_kind
from tinyclf.nn.stability import EXACT, Stability


@dataclass(frozen=True)
class Sigmoid(Elementwise):
    """y = 1 / (1 + exp(−x)), element by element.

    Attributes:
        stability: What is rounded off; by default nothing.
    """

    stability: Stability = EXACT

    def __post_init__(self) -> None:
        require_kind("The stability of a layer", self.stability, Stability, "a Stability()")

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return y of the shape of x, and the way back."""
        y = sigmoid(backend.xp, self.stability.limit(backend.xp, x, times=1))
        y = self.stability.flush(y)
        moving = self.stability.moving(x, y, times=1)

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            dx: Array = dy * (y * (1 - y))
            if moving is not None:
                dx *= moving
            return dx

        return y, backward
