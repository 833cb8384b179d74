"""The hyperbolic tangent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.layers.elementwise import Elementwise
from tinyclf.nn.layers.layer import Backward


@dataclass(frozen=True)
class Tanh(Elementwise):
    """y = tanh(x), element by element."""

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return y of the shape of x, and the way back."""
        y = backend.xp.tanh(x)

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            dx: Array = dy * (1 - y * y)
            return dx

        return y, backward
