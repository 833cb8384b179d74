"""From images to rows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tinyclf.nn.arrays import Array, Shape, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.layers.parameterless import Parameterless


@dataclass(frozen=True)
class Flatten(Parameterless):
    """Y = X with each example laid out in one row: (n, c, h, w) becomes (n, c · h · w)."""

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (the product,) for any shape."""
        return (math.prod(input_shape),)

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return Y (n, numbers in an example), where possible without a copy, and the way back."""

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            return dy.reshape(x.shape)

        return x.reshape(len(x), math.prod(x.shape[1:])), backward
