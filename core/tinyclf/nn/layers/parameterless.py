"""What all layers share that have no parameters."""

from __future__ import annotations

import numpy as np

from tinyclf.nn.arrays import Shape, Views


class Parameterless:
    """A layer that has nothing to learn; a subclass adds its output shape and its forward."""

    def __str__(self) -> str:
        return type(self).__name__

    def shapes(self) -> dict[str, Shape]:
        """Return nothing: it has no parameters."""
        return {}

    def initialize(self, parameters: Views, rng: np.random.Generator) -> None:
        """Do nothing: it has no parameters."""
