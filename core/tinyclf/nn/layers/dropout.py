"""Dropout."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.kernels.drop import drop
from tinyclf.nn.layers.elementwise import Elementwise
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.ranges import require_share, settle

LEVELS = 65_536
"""How many values the noise has that decides: 16 random bits are quicker drawn than a float."""


@dataclass(frozen=True)
class Dropout(Elementwise):
    """y = x · mask / (1 − rate), where each number of the mask is 0 with probability ``rate``.

    While training, so that no output can lean on a single input (Srivastava et al. 2014). Scaled
    up then, so that inference, which drops nothing, sees the same expectation.

    Attributes:
        rate: The share that is dropped, at least 0 and less than 1, rounded to 1 / 65,536; the
            mean is kept for the rounded rate.

    Raises:
        ConfigError: the rate is out of its range, or rounds to 1.
    """

    rate: float

    def __post_init__(self) -> None:
        settle(self, rate=require_share("The rate of dropout", self.rate))
        require_share(f"The rate of dropout, rounded to 1 / {LEVELS:,},", self.least / LEVELS)

    def __str__(self) -> str:
        return f"Dropout {self.rate:g}"

    @property
    def least(self) -> int:
        """The least noise that keeps a number: how many of the :data:`LEVELS` drop it."""
        return round(self.rate * LEVELS)

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return y of the shape of x, and the way back; without ``rng``, x itself."""
        if rng is None or self.least == 0:
            return x, _unchanged
        xp, keep = backend.xp, backend.kernel(drop)
        noise = backend.noise(rng, x.shape)
        least, scale = self.least, LEVELS / (LEVELS - self.least)
        y = xp.empty_like(x, order="C")
        keep(xp.ascontiguousarray(x), noise, least, scale, y)

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            dx: Array = xp.empty_like(y)
            keep(xp.ascontiguousarray(dy), noise, least, scale, dx)
            return dx

        return y, backward


def _unchanged(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
    return dy
