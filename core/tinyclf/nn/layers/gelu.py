"""The Gaussian error linear unit."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.layers.elementwise import Elementwise
from tinyclf.nn.layers.layer import Backward

ROOT = math.sqrt(2 / math.pi)
CUBIC = 0.044715

SATURATED = 10.0
"""Beyond ±10 the tanh is ±1 to the last bit in float64, so its argument need not grow."""


@dataclass(frozen=True)
class GELU(Elementwise):
    """y = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))), element by element.

    The tanh form of Hendrycks & Gimpel (2016) is the definition here, not an approximation of one:
    array modules have no error function in common. It is within 5e-4 of x Φ(x), and what PyTorch
    calls ``GELU(approximate="tanh")``.
    """

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return y of the shape of x, and the way back."""
        xp = backend.xp
        # c is x where it matters; the cube of a huge x would overflow.
        c = xp.clip(x, -SATURATED, SATURATED)
        t = xp.tanh(ROOT * (c + CUBIC * (c * c * c)))

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            # y' = ½ (1 + t) + ½ x (1 − t²) √(2/π) (1 + 3 · 0.044715 x²)
            bend = ROOT * (1 + 3 * CUBIC * (c * c))
            dx: Array = dy * (0.5 * (1 + t) + 0.5 * c * (1 - t * t) * bend)
            return dx

        return 0.5 * x * (1 + t), backward
