"""What every training step is: a batch in, all parameters moved by it."""

from __future__ import annotations

from typing import Protocol

from tinyclf.nn.arrays import Array


class TrainingStep(Protocol):
    """One step after the other on one vector of parameters."""

    @property
    def immediate(self) -> bool:
        """Whether infinity is found at the very step that ran into it, else some steps later."""

    def __call__(self, x: Array, targets: Array, rate: float) -> None:
        """Move the parameters by one batch.

        Args:
            x: Inputs (n, *input_shape), of the dtype of the parameters.
            targets: Rows of shares (n, classes), likewise.
            rate: The learning rate.

        Raises:
            FloatingPointError: a loss or a gradient was infinite or NaN.
        """

    def check(self) -> None:
        """Raise FloatingPointError if a step not yet checked ran into infinity or NaN."""
