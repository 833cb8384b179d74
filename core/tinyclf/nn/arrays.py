"""What an array is here, and where each named parameter lies in the one flat vector.

All parameters of a network live in one vector, so that an optimizer is a few lines of vector
arithmetic, a snapshot is one copy, and a checkpoint is one tensor. A layer sees its own parameters
as named views into that vector.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
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


def room_for(
    what: str, make: Callable[[Shape, npt.DTypeLike], Array], shape: Shape, dtype: npt.DTypeLike
) -> Array:
    """Return an array to be filled.

    Args:
        what: The array in words, such as ``"The outputs"``.
        make: Of the array module: ``empty`` or ``zeros``.
        shape: Its shape.
        dtype: Its dtype.

    Raises:
        InputError: there is no memory for it; the message names its shape and size.
    """
    try:
        return make(shape, dtype)
    except (MemoryError, ValueError):  # ValueError: more bytes than there are addresses
        gigabytes = math.prod(shape) * np.dtype(dtype).itemsize / 1e9
        raise InputError(
            f"{what} of shape {shape} would take {gigabytes:,.1f} GB, more memory than there is: "
            "take fewer rows at a time."
        ) from None


def check_array(what: str, array: object) -> None:
    """Check that something is an array, of whatever module, and no list of numbers.

    Args:
        what: The array in words, in the plural, such as ``"The inputs"``.
        array: To be checked.

    Raises:
        InputError: it is none.
    """
    if not hasattr(array, "shape") or not hasattr(array, "dtype"):
        raise InputError(
            f"{what} must be an array, not a {type(array).__name__}: convert with numpy.asarray."
        )


def check_precision(theta: Array) -> None:
    """Check that a network can be computed with these parameters.

    Raises:
        InputError: they are no array, or neither float32 nor float64 of this machine's byte order.
    """
    check_array("The parameters", theta)
    if theta.dtype not in PRECISIONS:
        raise InputError(
            f"The parameters are {theta.dtype.str}, but networks are computed in float32 or "
            "float64: convert them."
        )
