"""Batches made more varied than the examples are, anew for every step.

An augmentation is frozen; the randomness is an argument. A training applies those it is given in
their order, to inputs that are already scaled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from tinyclf.errors import InputError
from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.ranges import require, require_whole, settle

LEAST_ALPHA, MOST_ALPHA = 1e-3, 10.0
"""Of mixup: with less nothing is blended, with more everything is nearly the mean of two."""

LARGEST_DEVIATION = 100.0
FARTHEST = 64


class Augmentation(Protocol):
    """Makes another batch of a batch."""

    def __call__(
        self, x: Array, targets: Array, rng: np.random.Generator, *, backend: Backend
    ) -> tuple[Array, Array]:
        """Return new inputs and targets of the same shapes; those given may be overwritten.

        Args:
            x: Inputs (n, *input_shape).
            targets: Rows of shares (n, classes).
            rng: NumPy's generator.
            backend: Whose arrays these are.
        """


@dataclass(frozen=True)
class Mixup:
    """Blends every example into another, inputs and targets alike (Zhang et al. 2018).

    Attributes:
        alpha: Of the Beta distribution of the shares, 0.001 to 10; small ones blend little.
    """

    alpha: float

    def __post_init__(self) -> None:
        settle(self, alpha=require("The alpha of mixup", self.alpha, LEAST_ALPHA, MOST_ALPHA))

    def __call__(
        self, x: Array, targets: Array, rng: np.random.Generator, *, backend: Backend
    ) -> tuple[Array, Array]:
        """Return the blended batch; the larger share is always the example's own."""
        share = rng.beta(self.alpha, self.alpha, len(x))
        own = backend.asarray(np.maximum(share, 1 - share), x.dtype)
        other = backend.asarray(rng.permutation(len(x)))
        return _blend(x, own, other), _blend(targets, own, other)


@dataclass(frozen=True)
class Noise:
    """Adds normal noise to every input.

    Attributes:
        deviation: Its standard deviation, in the units of the scaled inputs, 0 to 100.
    """

    deviation: float

    def __post_init__(self) -> None:
        deviation = require("The deviation of noise", self.deviation, 0.0, LARGEST_DEVIATION)
        settle(self, deviation=deviation)

    def __call__(
        self, x: Array, targets: Array, rng: np.random.Generator, *, backend: Backend
    ) -> tuple[Array, Array]:
        """Return the noisy batch."""
        noise = rng.standard_normal(x.shape, np.float32)
        return x + self.deviation * backend.asarray(noise, x.dtype), targets


@dataclass(frozen=True)
class Shift:
    """Moves every picture by whole pixels, each by its own; what comes in is zero.

    Attributes:
        pixels: How far at most, in each direction, 0 to 64.
    """

    pixels: int

    def __post_init__(self) -> None:
        settle(self, pixels=require_whole("The pixels of a shift", self.pixels, 0, FARTHEST))

    def __call__(
        self, x: Array, targets: Array, rng: np.random.Generator, *, backend: Backend
    ) -> tuple[Array, Array]:
        """Return the moved batch.

        Raises:
            InputError: the inputs are no pictures (n, channels, height, width).
        """
        if x.ndim != 4:
            raise InputError(
                f"Only pictures (n, channels, height, width) can be shifted, not {x.shape}."
            )
        n, channels, height, width = x.shape
        xp, reach = backend.xp, self.pixels
        framed = xp.zeros((n, channels, height + 2 * reach, width + 2 * reach), x.dtype)
        framed[:, :, reach : reach + height, reach : reach + width] = x
        windows = xp.lib.stride_tricks.sliding_window_view(framed, (height, width), axis=(2, 3))
        down, right = backend.asarray(rng.integers(0, 2 * reach + 1, (2, n)))
        moved: Array = windows[xp.arange(n), :, down, right]
        return moved, targets


def _blend(rows: Array, own: Array, other: Array) -> Array:
    own = own.reshape(-1, *[1] * (rows.ndim - 1))
    blended: Array = rows * own + rows[other] * (1 - own)
    return blended
