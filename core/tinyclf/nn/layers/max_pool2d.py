"""The largest of each window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.errors import ConfigError
from tinyclf.nn.arrays import Array, Shape, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.images import images_of, planes_of, seen, windows_in
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.ranges import require

LARGEST_WINDOW = 1_000


@dataclass(frozen=True)
class MaxPool2d:
    """y = the largest x in each window, channel by channel.

    Of several that are largest, as on flat backgrounds, the first in reading order gets all of the
    gradient. Rows and columns at the end that fill no window are dropped. NaN is larger than all.

    Attributes:
        size: Height and width of the windows, 1 to 1,000 pixels.
        stride: From a window to the next, both ways, 1 to 1,000 pixels; None for ``size``.
    """

    size: int = 2
    stride: int | None = None

    def __post_init__(self) -> None:
        require("The size of a pooling window", self.size, 1, LARGEST_WINDOW)
        require("The stride of a pooling window", self.step, 1, LARGEST_WINDOW)

    def __str__(self) -> str:
        stride = f", stride {self.stride}" if self.step != self.size else ""
        return f"MaxPool2d {self.size} × {self.size}{stride}"

    @property
    def step(self) -> int:
        """From a window to the next, in pixels."""
        return self.size if self.stride is None else self.stride

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (channels, rows, columns) for (channels, height, width); else ConfigError."""
        if len(input_shape) != 3:
            raise ConfigError(
                f"{self} takes shape (channels, height, width), but is given {input_shape}."
            )
        return input_shape[0], *windows_in(self, input_shape[1:], self.size, self.step)

    def shapes(self) -> dict[str, Shape]:
        """Return nothing: it has no parameters."""
        return {}

    def initialize(self, parameters: Views, rng: np.random.Generator) -> None:
        """Do nothing: it has no parameters."""

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return y (n, channels, rows, columns) for x (n, channels, height, width), and back."""
        xp = backend.xp
        image = planes_of(xp, x)
        windows = windows_in(self, x.shape[2:], self.size, self.step)
        places = [(i, j) for i in range(self.size) for j in range(self.size)]
        y = seen(image, 0, 0, self.step, windows).copy()
        for i, j in places[1:]:
            xp.maximum(y, seen(image, i, j, self.step, windows), out=y)

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            if not wants_dx:
                return None
            dy = planes_of(xp, dy)
            dx = xp.zeros_like(image)
            unpaid = xp.ones(y.shape, bool)  # the windows whose largest was not met yet
            for i, j in places:
                less = seen(image, i, j, self.step, windows) < y
                pixels = seen(dx, i, j, self.step, windows)
                pixels += dy * (unpaid > less)
                unpaid &= less
            return images_of(dx)

        return images_of(y), backward
