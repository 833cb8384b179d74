"""The fully connected layer whose weights are signs."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.initializers import Glorot, Initializer
from tinyclf.nn.layers.fully_connected import FullyConnected
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.layers.sign import WINDOW, signs


@dataclass(frozen=True)
class BinaryLinear(FullyConnected):
    """Y = α X sign(W) + b with α = 1 / √inputs: sums of inputs, each taken with + or −.

    After a :class:`~.sign.Sign` the inputs are ±1 too: then a product is one XNOR of bits, and
    :mod:`tinyclf.nn.bits` packs the trained network so. α, which is not trained, gives sums of
    random signs a variance of 1, which the next Sign's window of slopes is made for. The sign of a
    weight is +1 where it is more than 0, else −1.

    W holds real numbers, which small steps can move until a sign turns over; only their signs are
    used. The way back takes the weights for clip(W, −1, 1), a hard tanh, and so passes straight
    through the step: ∂loss/∂W = α Xᵀ dY where |W| ≤ 1, else 0 (Hubara et al. 2016). By X and b the
    gradients are exact.

    Attributes:
        inputs: Numbers in a row of X, 1 to 1,000,000.
        outputs: Numbers in a row of Y, likewise.
        initializer: How W (inputs, outputs) begins; b (outputs,) begins at zero.
    """

    initializer: Initializer = field(default=Glorot())

    @property
    def scale(self) -> float:
        """α."""
        return 1 / math.sqrt(self.inputs)

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return Y (n, outputs) for X (n, inputs), and the way back."""
        xp, α = backend.xp, self.scale
        W, b = parameters["W"], parameters["b"]
        S = signs(W)
        # First the sum, which is a whole number for signs, then α, then b: packed bits do the same.
        y = x @ S
        y *= α
        y += b

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            xp.sum(dy, axis=0, out=gradient["b"])
            dy = α * dy
            xp.matmul(x.T, dy, out=gradient["W"])
            gradient["W"] *= xp.abs(W) <= WINDOW
            return dy @ S.T if wants_dx else None

        return y, backward
