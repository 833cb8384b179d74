"""What all losses share that have no parameters of their own."""

from __future__ import annotations

from tinyclf.nn.arrays import Array, Shape, Views


class Parameterless:
    """A loss that judges by its settings alone; a subclass adds all else."""

    def shapes(self) -> dict[str, Shape]:
        """Return nothing: it has no parameters."""
        return {}

    def initialize(self, parameters: Views, targets: Array) -> None:
        """Do nothing: it has no parameters."""
