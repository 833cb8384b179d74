"""The largest of each window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.errors import ConfigError
from tinyclf.nn.arrays import Array, Shape, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.images import LARGEST_WINDOW, images_of, planes_of, window_pixels, windows_in
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.layers.parameterless import Parameterless
from tinyclf.nn.ranges import require_whole, settle


@dataclass(frozen=True)
class MaxPool2d(Parameterless):
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
        size = require_whole("The size of a pooling window", self.size, 1, LARGEST_WINDOW)
        settle(self, size=size)
        if self.stride is not None:
            stride = require_whole("The stride of a pooling window", self.stride, 1, LARGEST_WINDOW)
            settle(self, stride=stride)

    def __str__(self) -> str:
        stride = f", stride {self.stride}" if self.effective_stride != self.size else ""
        return f"MaxPool2d {self.size} × {self.size}{stride}"

    @property
    def effective_stride(self) -> int:
        """From a window to the next, in pixels."""
        return self.size if self.stride is None else self.stride

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (channels, rows, columns) for (channels, height, width); else ConfigError."""
        if len(input_shape) != 3:
            raise ConfigError(
                f"{self} takes shape (channels, height, width), but is given {input_shape}."
            )
        return input_shape[0], *windows_in(self, input_shape[1:], self.size, self.effective_stride)

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return y (n, channels, rows, columns) for x (n, channels, height, width), and back."""
        xp = backend.xp
        image, stride = planes_of(xp, x), self.effective_stride
        windows = windows_in(self, x.shape[2:], self.size, stride)
        places = [(i, j) for i in range(self.size) for j in range(self.size)]
        y = window_pixels(image, 0, 0, stride, windows).copy()
        for i, j in places[1:]:
            xp.maximum(y, window_pixels(image, i, j, stride, windows), out=y)

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            if not wants_dx:
                return None
            dy = planes_of(xp, dy)
            dx = xp.zeros_like(image)
            unpaid = xp.ones(y.shape, bool)  # the windows whose largest was not met yet
            for i, j in places:
                less = window_pixels(image, i, j, stride, windows) < y
                pixels = window_pixels(dx, i, j, stride, windows)
                pixels += dy * (unpaid > less)
                unpaid &= less
            return images_of(dx)

        return images_of(y), backward
