"""Batches made more varied than the examples are, anew for every step.

An augmentation is frozen; the randomness is an argument. A training applies those it is given in
their order, to inputs that are already scaled.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import InputError
from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.ranges import require, require_whole, settle

LEAST_ALPHA, MOST_ALPHA = 1e-3, 10.0
"""Of mixup: with less nothing is blended, with more everything is nearly the mean of two."""

LARGEST_DEVIATION = 100.0
FARTHEST = 64

WAYS = 16
"""In which the pictures of a batch are warped."""


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
        _require_pictures(x, "shifted")
        n, channels, height, width = x.shape
        xp, reach = backend.xp, self.pixels
        framed = xp.zeros((n, channels, height + 2 * reach, width + 2 * reach), x.dtype)
        framed[:, :, reach : reach + height, reach : reach + width] = x
        windows = xp.lib.stride_tricks.sliding_window_view(framed, (height, width), axis=(2, 3))
        down, right = backend.asarray(rng.integers(0, 2 * reach + 1, (2, n)))
        moved: Array = windows[xp.arange(n), :, down, right]
        return moved, targets


@dataclass(frozen=True)
class Mirror:
    """Turns every other picture, at random, left to right."""

    def __call__(
        self, x: Array, targets: Array, rng: np.random.Generator, *, backend: Backend
    ) -> tuple[Array, Array]:
        """Return the batch, about half of it mirrored.

        Raises:
            InputError: the inputs are no pictures (n, channels, height, width).
        """
        _require_pictures(x, "mirrored")
        turned = backend.asarray(rng.random(len(x)) < 0.5).reshape(-1, 1, 1, 1)
        mirrored: Array = backend.xp.where(turned, x[..., ::-1], x)
        return mirrored, targets


@dataclass(frozen=True)
class Warp:
    """Turns, zooms and moves every picture a little, between its pixels; what comes in is zero.

    Up to 16 ways are drawn for a batch, and every 16th picture goes the same: batches are drawn at
    random, so nobody is always in the same company, and most of the work is done once.

    Attributes:
        degrees: How far it is turned at most, either way, 0 to 180.
        zoom: The share by which it becomes larger or smaller at most, 0 to 0.5.
        pixels: How far it is moved at most, in each direction, 0 to 64.
    """

    degrees: float
    zoom: float = 0.0
    pixels: float = 0.0

    def __post_init__(self) -> None:
        settle(
            self,
            degrees=require("The degrees of a warp", self.degrees, 0.0, 180.0),
            zoom=require("The zoom of a warp", self.zoom, 0.0, 0.5),
            pixels=require("The pixels of a warp", self.pixels, 0.0, float(FARTHEST)),
        )

    def __call__(
        self, x: Array, targets: Array, rng: np.random.Generator, *, backend: Backend
    ) -> tuple[Array, Array]:
        """Return the warped batch.

        Raises:
            InputError: the inputs are no pictures (n, channels, height, width).
        """
        _require_pictures(x, "warped")
        n, channels, height, width = x.shape
        framed = backend.xp.zeros((n, channels, height + 2, width + 2), x.dtype)
        framed[:, :, 1:-1, 1:-1] = x
        framed = framed.reshape(n, channels, -1)
        warped = backend.xp.empty((n, channels, height * width), x.dtype)
        for start in range(min(n, WAYS)):
            alike = slice(start, None, WAYS)
            places, shares = self._way(height, width, rng)
            seen = framed[alike][..., backend.asarray(places)]
            seen *= backend.asarray(shares, x.dtype)
            backend.xp.sum(seen, axis=2, out=warped[alike])
        return warped.reshape(x.shape), targets

    def _way(
        self, height: int, width: int, rng: np.random.Generator
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return which four framed pixels each new one is made of, and how far: (4, h · w) both."""
        angle, zoom = rng.uniform(-1, 1, 2) * (math.radians(self.degrees), self.zoom)
        down, right = rng.uniform(-self.pixels, self.pixels, 2)
        middle_y, middle_x = (height - 1) / 2, (width - 1) / 2
        y, x = np.mgrid[:height, :width].reshape(2, -1) - [[middle_y], [middle_x]]
        cos, sin = math.cos(angle) / (1 + zoom), math.sin(angle) / (1 + zoom)
        # Counted in the frame, whose first pixel stands before the picture's.
        from_y = np.clip(cos * y + sin * x + middle_y + down + 1, 0, height + 1 - 1e-6)
        from_x = np.clip(cos * x - sin * y + middle_x + right + 1, 0, width + 1 - 1e-6)
        top, left = from_y.astype(np.intp), from_x.astype(np.intp)
        below, beside = from_y - top, from_x - left
        first, row = top * (width + 2) + left, width + 2
        places = np.stack([first, first + 1, first + row, first + row + 1])
        shares = np.stack(
            [
                (1 - below) * (1 - beside),
                (1 - below) * beside,
                below * (1 - beside),
                below * beside,
            ]
        )
        return places, shares


def _require_pictures(x: Array, done: str) -> None:
    if x.ndim != 4:
        raise InputError(
            f"Only pictures (n, channels, height, width) can be {done}, not {x.shape}."
        )


def _blend(rows: Array, own: Array, other: Array) -> Array:
    own = own.reshape(-1, *[1] * (rows.ndim - 1))
    blended: Array = rows * own + rows[other] * (1 - own)
    return blended
