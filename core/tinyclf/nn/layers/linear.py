"""The fully connected layer."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tinyclf.errors import ConfigError
from tinyclf.nn.arrays import Array, Shape, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.initializers import He, Initializer
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.ranges import require_whole

WIDEST = 1_000_000


@dataclass(frozen=True)
class Linear:
    """Y = X W + b: each output a weighted sum of all inputs.

    Attributes:
        inputs: Numbers in a row of X, 1 to 1,000,000.
        outputs: Numbers in a row of Y, likewise.
        initializer: How W (inputs, outputs) begins; b (outputs,) begins at zero.
    """

    inputs: int
    outputs: int
    initializer: Initializer = field(default=He())

    def __post_init__(self) -> None:
        inputs = require_whole("The number of inputs of a linear layer", self.inputs, 1, WIDEST)
        object.__setattr__(self, "inputs", inputs)
        outputs = require_whole("The number of outputs of a linear layer", self.outputs, 1, WIDEST)
        object.__setattr__(self, "outputs", outputs)

    def __str__(self) -> str:
        return f"Linear {self.inputs} → {self.outputs}"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (outputs,) for (inputs,), else raise ConfigError."""
        if input_shape != (self.inputs,):
            raise ConfigError(f"{self} takes shape {(self.inputs,)}, but is given {input_shape}.")
        return (self.outputs,)

    def shapes(self) -> dict[str, Shape]:
        """Return the shapes of W and b."""
        return {"W": (self.inputs, self.outputs), "b": (self.outputs,)}

    def initialize(self, parameters: Views, rng: np.random.Generator) -> None:
        """Draw W, clear b."""
        W = parameters["W"]
        W[:] = self.initializer.draw(W.shape, self.inputs, self.outputs, rng)
        parameters["b"][:] = 0

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
