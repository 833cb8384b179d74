"""What all layers share that have no parameters and keep the shape."""

from __future__ import annotations

import numpy as np

from tinyclf.nn.arrays import Shape, Views


class Elementwise:
    """A layer that makes each output from the one input in its place; a subclass adds forward."""

    def __str__(self) -> str:
        return type(self).__name__

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the same shape."""
        return input_shape

    def shapes(self) -> dict[str, Shape]:
        """Return nothing: it has no parameters."""
        return {}

    def initialize(self, parameters: Views, rng: np.random.Generator) -> None:
        """Do nothing: it has no parameters."""
