"""A fully connected layer and its rectifier, in one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.kernels.add_bias_relu import add_bias_relu
from tinyclf.nn.kernels.relu_gradient import relu_gradient
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.layers.linear import Linear


@dataclass(frozen=True)
class LinearReLU:
    """Y = max(X W + b, 0), with the parameters of its linear layer.

    Attributes:
        linear: The linear layer.
    """

    linear: Linear

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return Y (n, outputs) for X (n, inputs), and the way back."""
        xp = backend.xp
        W, b = parameters["W"], parameters["b"]
        y = xp.matmul(x, W)
        backend.kernel(add_bias_relu)(y, b)

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            dz = xp.empty_like(y)
            backend.kernel(relu_gradient)(dy, y, dz, gradient["b"])
            xp.matmul(x.T, dz, out=gradient["W"])
            return xp.matmul(dz, W.T) if wants_dx else None

        return y, backward
