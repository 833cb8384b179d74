"""The convolutional layer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tinyclf.errors import ConfigError
from tinyclf.nn.arrays import Array, Shape, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.images import (
    LARGEST_WINDOW,
    band_of,
    bands,
    fold,
    images_of,
    planes_of,
    unfold,
    windows_in,
)
from tinyclf.nn.initializers import He, Initializer, require_initializer
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.ranges import require_room, require_whole, settle

MOST_CHANNELS = 100_000


@dataclass(frozen=True)
class Conv2d:
    """y[o, r, s] = Σ W[o, c, i, j] · x[c, stride · r + i, stride · s + j] + b[o], for each image.

    As everywhere in neural networks, this is a correlation: the kernel is not turned round.

    Attributes:
        channels: Channels of an image x, 1 to 100,000.
        outputs: Channels of y, likewise.
        kernel: Height and width of the window that each number of y sees, 1 to 1,000 pixels.
        stride: From a window to the next, both ways, 1 to 1,000 pixels.
        padding: How wide a frame of zeros is put around x, 0 to 1,000 pixels.
        initializer: How W (outputs, channels, kernel, kernel) begins; b (outputs,) begins at zero.
    """

    channels: int
    outputs: int
    kernel: int = 3
    stride: int = 1
    padding: int = 0
    initializer: Initializer = field(default=He())

    def __post_init__(self) -> None:
        require_initializer(self.initializer)
        settle(
            self,
            channels=require_whole(
                "The channels of a convolution", self.channels, 1, MOST_CHANNELS
            ),
            outputs=require_whole("The outputs of a convolution", self.outputs, 1, MOST_CHANNELS),
            kernel=require_whole("The kernel of a convolution", self.kernel, 1, LARGEST_WINDOW),
            stride=require_whole("The stride of a convolution", self.stride, 1, LARGEST_WINDOW),
            padding=require_whole("The padding of a convolution", self.padding, 0, LARGEST_WINDOW),
        )

    def __str__(self) -> str:
        stride = f", stride {self.stride}" if self.stride > 1 else ""
        padding = f", padding {self.padding}" if self.padding else ""
        window = f"{self.kernel} × {self.kernel}"
        return f"Conv2d {self.channels} → {self.outputs}, {window}{stride}{padding}"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (outputs, rows, columns) for (channels, height, width), else raise ConfigError.

        What would unfold into more numbers than any memory holds is refused, too.
        """
        if len(input_shape) != 3 or input_shape[0] != self.channels:
            raise ConfigError(
                f"{self} takes shape ({self.channels}, height, width), but is given {input_shape}."
            )
        down, across = self.windows(input_shape[1:])
        h, w = (side + 2 * self.padding for side in input_shape[1:])
        require_room(f"The padded image of {self}", (self.channels, h, w))
        # A band of windows is unfolded at a time, which is one row of them at least.
        seen = self.channels, self.kernel, self.kernel, across
        require_room(f"What one row of windows of {self} sees", seen)
        return self.outputs, down, across

    def shapes(self) -> dict[str, Shape]:
        """Return the shapes of W and b."""
        W = (self.outputs, self.channels, self.kernel, self.kernel)
        return {"W": W, "b": (self.outputs,)}

    def initialize(self, parameters: Views, rng: np.random.Generator) -> None:
        """Draw W, clear b."""
        W = parameters["W"]
        window = self.kernel**2
        W[:] = self.initializer.draw(W.shape, self.channels * window, self.outputs * window, rng)
        parameters["b"][:] = 0

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return y (n, outputs, rows, columns) for x (n, channels, height, width), and back.

        What the windows see becomes the columns of a matrix, a band of windows at a time, so that
        the sums are one product of matrices (Chellapilla et al. 2006).
        """
        xp = backend.xp
        W, b = parameters["W"].reshape(self.outputs, -1), parameters["b"]
        image = planes_of(xp, x, self.padding)
        down, across = self.windows(x.shape[2:])
        y = xp.empty((self.outputs, down, across, len(x)), x.dtype)
        in_bands = bands(down, W[0].size * across * len(x))
        for band in in_bands:
            xp.matmul(W, self._columns(xp, image, band, across), out=band_of(y, band))
        y += b[:, None, None, None]

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            dy = planes_of(xp, dy)
            xp.sum(dy, axis=(1, 2, 3), out=gradient["b"])
            self._dW(dy, image, in_bands, backend, gradient["W"])
            return self._dx(W, dy, image, in_bands, backend) if wants_dx else None

        return images_of(y), backward

    def windows(self, image: Shape) -> Shape:
        """Return how many windows there are, down and across, in an image (height, width).

        Raises:
            ConfigError: not one fits.
        """
        return windows_in(self, image, self.kernel, self.stride, self.padding)

    def _columns(self, xp: Any, image: Array, band: slice, across: int) -> Array:
        """Return what a band of windows sees: a column (channels · kernel²) for each window."""
        below = image[:, band.start * self.stride :]
        windows = (band.stop - band.start, across)
        unfolded = unfold(xp, below, self.kernel, self.stride, windows)
        return unfolded.reshape(self.channels * self.kernel**2, -1)

    def _dW(
        self, dy: Array, image: Array, in_bands: list[slice], backend: Backend, dW: Array
    ) -> None:
        """Make ∂loss/∂W: each number's gradient times all that its window saw."""
        dW = dW.reshape(self.outputs, -1)
        dW[:] = 0
        for band in in_bands:
            dW += band_of(dy, band) @ self._columns(backend.xp, image, band, dy.shape[2]).T

    def _dx(
        self, W: Array, dy: Array, image: Array, in_bands: list[slice], backend: Backend
    ) -> Array:
        """Return ∂loss/∂x: each number's gradient goes back to all that its window saw."""
        dx = backend.xp.zeros_like(image)
        for band in in_bands:
            windows = (band.stop - band.start, dy.shape[2])
            unfolded = (W.T @ band_of(dy, band)).reshape(
                self.channels, self.kernel, self.kernel, -1
            )
            fold(unfolded, dx[:, band.start * self.stride :], self.stride, windows)
        return images_of(dx, self.padding)
