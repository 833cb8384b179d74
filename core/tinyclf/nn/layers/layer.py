"""What every layer is: shapes of its parameters, their start, and a forward with its backward."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np

from tinyclf.nn.arrays import Array, Shape, Views
from tinyclf.nn.backend import Backend


class Backward(Protocol):
    """The way back through one forward pass: a closure over exactly what it needs."""

    def __call__(self, dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
        """Turn the loss's gradient by the layer's outputs into those by parameters and inputs.

        Args:
            dy: ∂loss/∂y, the shape of y; never written to.
            gradient: Receives ∂loss/∂parameters; what was there is overwritten.
            wants_dx: Whether ∂loss/∂x is needed; layers may skip it otherwise.

        Returns:
            ∂loss/∂x, the shape of x, or None if it was not wanted. It may be dy itself, or a view
            of it: so it is not to be written to, either.
        """


@runtime_checkable
class Layer(Protocol):
    """One step of a network. Layers are frozen and hold no arrays."""

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of one output, given that of one input (without the batch axis).

        Raises:
            ConfigError: the layer cannot take such inputs.
        """

    def shapes(self) -> dict[str, Shape]:
        """Return the shapes of its parameters by name."""

    def initialize(self, parameters: Views, rng: np.random.Generator) -> None:
        """Fill its parameters (NumPy arrays) with their first values."""

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return the outputs, and the way back.

        Args:
            parameters: Its parameters by name, of :meth:`shapes`.
            x: Inputs (n, *input_shape), of the parameters' dtype; never written to.
            backend: Whose arrays these are.
            rng: Randomness while training, None for inference. That there is any means training,
                also to a layer that draws nothing from it, as batch normalisation.

        Returns:
            Outputs (n, *output_shape), which may be x itself or a view of it, and the way back.

        Raises:
            InputError: the layer cannot be trained on such a batch.
        """
