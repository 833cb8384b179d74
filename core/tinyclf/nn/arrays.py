"""What an array is here, and where each named parameter lies in the one flat vector.

All parameters of a network live in one vector, so that an optimizer is a few lines of vector
arithmetic, a snapshot is one copy, and a checkpoint is one tensor. A layer sees its own parameters
as named views into that vector.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from tinyclf.errors import InputError

Array: TypeAlias = npt.NDArray[Any]
"""An array of the backend in use: NumPy's, or CuPy's, which looks the same."""

Shape: TypeAlias = tuple[int, ...]

Views: TypeAlias = Mapping[str, Array]
"""One layer's parameters (or their gradients) by name: views into a flat vector."""

PRECISIONS = (np.dtype(np.float32), np.dtype(np.float64))
"""What parameters may be."""


@dataclass(frozen=True)
class Layout:
    """Where parameters lie in a flat vector: part after part, name after name.

    Attributes:
        parts: For each layer, its parameters' shapes by name.
    """

    parts: tuple[Mapping[str, Shape], ...]

    @cached_property
    def size(self) -> int:
        """How many numbers the flat vector holds."""
        return sum(math.prod(shape) for part in self.parts for shape in part.values())

    @cached_property
    def weights(self) -> tuple[slice, ...]:
        """Where the weight matrices lie: what weight decay shrinks, unlike biases."""
        places = itertools.chain.from_iterable(self._places)
        return tuple(place for _, shape, place in places if len(shape) >= 2)

    def views(self, vector: Array) -> list[dict[str, Array]]:
        """Return, for each part, its parameters by name as views into ``vector`` (size,)."""
        return [
            {name: vector[place].reshape(shape) for name, shape, place in part}
            for part in self._places
        ]

    @cached_property
    def _places(self) -> tuple[tuple[tuple[str, Shape, slice], ...], ...]:
        """For each part, its parameters' names, shapes and places."""
        start = 0
        places = []
        for shapes in self.parts:
            part = []
            for name, shape in shapes.items():
                stop = start + math.prod(shape)
                part.append((name, shape, slice(start, stop)))
                start = stop
            places.append(tuple(part))
        return tuple(places)


def check_precision(theta: Array) -> None:
    """Check that a network can be computed with these parameters.

    Raises:
        InputError: they are neither float32 nor float64 of this machine's byte order.
    """
    if theta.dtype not in PRECISIONS:
        raise InputError(
            f"The parameters are {theta.dtype.str}, but networks are computed in float32 or "
            "float64: convert them."
        )
