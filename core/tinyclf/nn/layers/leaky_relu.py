"""The rectifier that lets a little through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.layers.elementwise import Elementwise
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.ranges import require, settle


@dataclass(frozen=True)
class LeakyReLU(Elementwise):
    """y = max(x, slope · x), element by element (Maas et al. 2013): no unit dies below zero.

    At 0 the slope is taken as that below.

    Attributes:
        slope: How steep it is below zero, 0 to 1.
    """

    slope: float = 0.01

    def __post_init__(self) -> None:
        settle(self, slope=require("The slope of a leaky ReLU", self.slope, 0.0, 1.0))

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return y of the shape of x, and the way back."""
        xp = backend.xp
        y = x * self.slope
        xp.maximum(x, y, out=y)

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            dx: Array = dy * self.slope
            xp.copyto(dx, dy, where=x > 0)
            return dx

        return y, backward
