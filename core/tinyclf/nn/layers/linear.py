"""The fully connected layer."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.initializers import He, Initializer
from tinyclf.nn.layers.fully_connected import FullyConnected
from tinyclf.nn.layers.layer import Backward


@dataclass(frozen=True)
class Linear(FullyConnected):
    """Y = X W + b: each output a weighted sum of all inputs.

    Attributes:
        inputs: Numbers in a row of X, 1 to 1,000,000.
        outputs: Numbers in a row of Y, likewise.
        initializer: How W (inputs, outputs) begins; b (outputs,) begins at zero.
    """

    initializer: Initializer = field(default=He())

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return Y (n, outputs) for X (n, inputs), and the way back."""
        xp = backend.xp
        W, b = parameters["W"], parameters["b"]
        # xp.matmul, not @: a recorded step (nn/steps) brings one of its own.
        y = xp.matmul(x, W)
        y += b

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            xp.matmul(x.T, dy, out=gradient["W"])
            xp.sum(dy, axis=0, out=gradient["b"])
            return xp.matmul(dy, W.T) if wants_dx else None

        return y, backward
