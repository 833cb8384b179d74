"""What all layers share that have no parameters and keep the shape."""

from __future__ import annotations

from tinyclf.nn.arrays import Shape
from tinyclf.nn.layers.parameterless import Parameterless


class Elementwise(Parameterless):
    """A layer that makes each output from the one input in its place; a subclass adds forward."""

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the same shape."""
        return input_shape
