"""Two rows of layers in parallel, each with its own part of the inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from tinyclf.errors import ConfigError
from tinyclf.nn.arrays import Array, Shape, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.layers.layer import Backward, Layer
from tinyclf.nn.ranges import (
    MOST_NUMBERS,
    require_kind,
    require_positive,
    require_row,
    require_whole,
    settle,
)

LARGEST_GAIN = 1e6

T = TypeVar("T")


@dataclass(frozen=True)
class Parallel:
    """The first numbers of a row go through some layers, all others through others.

    The outputs of both stand side by side. Both ways learn nothing of each other, unless a layer
    behind brings them together.

    Attributes:
        first: How many numbers go left, 1 to 1,000,000,000; at least one must remain.
        left: Layers for rows of so many numbers, one at least; they give rows.
        right: Layers for the rest, likewise.
        left_gain: Factor on what goes left, more than 0, at most 1,000,000.
        right_gain: Factor on what goes right, likewise.
    """

    first: int
    left: tuple[Layer, ...]
    right: tuple[Layer, ...]
    left_gain: float = 1.0
    right_gain: float = 1.0

    def __post_init__(self) -> None:
        first = require_whole("The numbers that go left", self.first, 1, MOST_NUMBERS)
        settle(
            self,
            first=first,
            left=_settled(self.left),
            right=_settled(self.right),
            left_gain=require_positive("The gain on the left", self.left_gain, LARGEST_GAIN),
            right_gain=require_positive("The gain on the right", self.right_gain, LARGEST_GAIN),
        )

    def __str__(self) -> str:
        left, right = (", ".join(map(str, layers)) for layers in (self.left, self.right))
        return f"({left}) in parallel with ({right})"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (outputs of both,) for a row of more than ``first`` numbers, else ConfigError."""
        if len(input_shape) != 1 or input_shape[0] <= self.first:
            raise ConfigError(
                f"{self} takes rows of more than {self.first} numbers, but is given {input_shape}."
            )
        left = _through(self.left, (self.first,))
        right = _through(self.right, (input_shape[0] - self.first,))
        return (left + right,)

    def shapes(self) -> dict[str, Shape]:
        """Return the shapes of all its layers' parameters, by side, place and name."""
        return {
            place.names[name]: shape
            for side in self.sides
            for place in side
            for name, shape in place.layer.shapes().items()
        }

    @cached_property
    def sides(self) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """The layers on the left and those on the right, each with its parameters' names."""
        return _places("left", self.left), _places("right", self.right)

    def initialize(self, parameters: Views, rng: np.random.Generator) -> None:
        """Fill each layer's parameters, left ones first."""
        for side in self.sides:
            for place in side:
                place.layer.initialize(place.own(parameters), rng)

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return what both sides give for rows x (n, inputs), and the way back."""
        xp = backend.xp
        left_gain, right_gain = x.dtype.type(self.left_gain), x.dtype.type(self.right_gain)
        left, right = self.sides
        x_left, x_right = x[:, : self.first] * left_gain, x[:, self.first :] * right_gain
        y_left, back_left = _forward(left, parameters, x_left, backend, rng)
        y_right, back_right = _forward(right, parameters, x_right, backend, rng)
        middle = y_left.shape[1]

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            dx_left = back_left(dy[:, :middle], gradient, wants_dx)
            dx_right = back_right(dy[:, middle:], gradient, wants_dx)
            if dx_left is None or dx_right is None:
                return None
            dx: Array = xp.concatenate([dx_left * left_gain, dx_right * right_gain], axis=1)
            return dx

        return xp.concatenate([y_left, y_right], axis=1), backward


@dataclass(frozen=True)
class Place:
    """A layer on one side, and what its parameters are called.

    Attributes:
        layer: The layer.
        names: For each of its parameters' names that among all: ``"W"``: ``"left.0.W"``.
        follows_parameters: Whether any layer before it on its side has parameters.
    """

    layer: Layer
    names: Mapping[str, str]
    follows_parameters: bool

    def own(self, parameters: Mapping[str, T]) -> dict[str, T]:
        """Return what is of this layer, of what is there by the names of all parameters."""
        return {name: parameters[among_all] for name, among_all in self.names.items()}


def _places(side: str, layers: Sequence[Layer]) -> tuple[Place, ...]:
    places, follows_parameters = [], False
    for number, layer in enumerate(layers):
        names = {name: f"{side}.{number}.{name}" for name in layer.shapes()}
        places.append(Place(layer, names, follows_parameters))
        follows_parameters = follows_parameters or bool(names)
    return tuple(places)


def _forward(
    side: Sequence[Place],
    parameters: Views,
    x: Array,
    backend: Backend,
    rng: np.random.Generator | None,
) -> tuple[Array, Backward]:
    """Return what the layers on one side give, and the way back through them."""
    y, ways = x, list[Backward]()
    for place in side:
        y, way = place.layer.forward(place.own(parameters), y, backend=backend, rng=rng)
        ways.append(way)

    def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
        flow: Array | None = dy
        for place, way in zip(reversed(side), reversed(ways), strict=True):
            if flow is None:  # nothing before here has parameters
                break
            flow = way(flow, place.own(gradient), wants_dx or place.follows_parameters)
        return flow if wants_dx else None

    return y, backward


def _settled(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    row = require_row("The layers on a side", layers, "(Linear(3, 2), ReLU())")
    for layer in row:
        require_kind("Each layer on a side", layer, Layer, "a layer, such as ReLU()")
    if not row:
        raise ConfigError("There must be a layer on each side: put one there.")
    return tuple(row)


def _through(layers: Sequence[Layer], shape: Shape) -> int:
    for layer in layers:
        shape = layer.output_shape(shape)
    if len(shape) != 1:
        raise ConfigError(f"{layers[-1]} gives the shape {shape}, not a row: flatten it first.")
    return shape[0]
