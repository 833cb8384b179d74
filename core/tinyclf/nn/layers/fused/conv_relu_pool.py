"""A convolution, the rectifier and the pooling behind it, in one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.images import images_of, planes_of
from tinyclf.nn.kernels.conv_relu_pool import conv_relu_pool
from tinyclf.nn.kernels.conv_relu_pool_inputs import conv_relu_pool_inputs
from tinyclf.nn.kernels.conv_relu_pool_weights import conv_relu_pool_weights
from tinyclf.nn.layers.conv2d import Conv2d
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.layers.max_pool2d import MaxPool2d


@dataclass(frozen=True)
class ConvReLUPool:
    """The largest of max(W ∗ x + b, 0) in each 2 × 2, with the parameters of its convolution.

    Rectifier and pooling may stand either way round: they commute.

    Attributes:
        conv: The convolution.
        pool: The pooling.
    """

    conv: Conv2d
    pool: MaxPool2d

    @staticmethod
    def fits(conv: Conv2d, pool: MaxPool2d) -> bool:
        """Return whether these two, with a rectifier between or behind, can be fused."""
        return (conv.stride, pool.size, pool.effective_stride) == (1, 2, 2)

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return z (n, outputs, rows, columns) for x (n, channels, height, width), and back."""
        xp = backend.xp
        W, b = parameters["W"], parameters["b"]
        image = planes_of(xp, x, self.conv.padding)
        y_shape = self.conv.outputs, *self.conv.windows(x.shape[2:])
        outputs, rows, columns = self.pool.output_shape(y_shape)
        z = xp.empty((outputs, rows, columns, len(x)), x.dtype)
        winner = xp.empty(z.shape, xp.uint8)
        backend.kernel(conv_relu_pool)(image, W, b, z, winner)

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            dz = planes_of(xp, dy)
            dW, db = gradient["W"], gradient["b"]
            backend.kernel(conv_relu_pool_weights)(image, dz, winner, dW, db)
            if not wants_dx:
                return None
            dx = xp.empty_like(image)
            backend.kernel(conv_relu_pool_inputs)(W, dz, winner, dx)
            return images_of(dx, self.conv.padding)

        return images_of(z), backward
