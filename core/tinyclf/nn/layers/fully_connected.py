"""What all layers share in which each output is made from all inputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.errors import ConfigError
from tinyclf.nn.arrays import Shape, Views
from tinyclf.nn.initializers import Initializer, require_initializer
from tinyclf.nn.ranges import require_whole, settle

WIDEST = 1_000_000


@dataclass(frozen=True)
class FullyConnected:
    """A layer with a weight for each pair of input and output; a subclass adds its forward.

    Its settings are those of :class:`~.linear.Linear`.
    """

    inputs: int
    outputs: int
    initializer: Initializer

    def __post_init__(self) -> None:
        require_initializer(self.initializer)
        settle(
            self,
            inputs=require_whole("The inputs of a fully connected layer", self.inputs, 1, WIDEST),
            outputs=require_whole(
                "The outputs of a fully connected layer", self.outputs, 1, WIDEST
            ),
        )

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.inputs} → {self.outputs}"

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
