"""Two rows of layers side by side, each with its own part of the inputs."""

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
class Beside:
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
        return f"({left}) beside ({right})"

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
            f"{place}.{name}": shape
            for place, layer in self.places
            for name, shape in layer.shapes().items()
        }

    @cached_property
    def places(self) -> tuple[tuple[str, Layer], ...]:
        """Its layers and what their parameters' names begin with."""
        sides = (("left", self.left), ("right", self.right))
        return tuple((f"{name}.{i}", layer) for name, side in sides for i, layer in enumerate(side))

    def of_place(self, place: str, parameters: Mapping[str, T]) -> dict[str, T]:
        """Return what is of one layer, of what is there by the names of all parameters."""
        start = f"{place}."
        return {
            name.removeprefix(start): array
            for name, array in parameters.items()
            if name.startswith(start)
        }

    def initialize(self, parameters: Views, rng: np.random.Generator) -> None:
        """Fill each layer's parameters, left ones first."""
        for place, layer in self.places:
            layer.initialize(self.of_place(place, parameters), rng)

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return what both sides give for rows x (n, inputs), and the way back."""
        xp = backend.xp
        ways: dict[str, Backward] = {}
        gains = {"left": x.dtype.type(self.left_gain), "right": x.dtype.type(self.right_gain)}
        sides = {"left": x[:, : self.first] * gains["left"]}
        sides["right"] = x[:, self.first :] * gains["right"]
        for place, layer in self.places:
            side = place.partition(".")[0]
            views = self.of_place(place, parameters)
            sides[side], ways[place] = layer.forward(views, sides[side], backend=backend, rng=rng)
        y = xp.concatenate([sides["left"], sides["right"]], axis=1)
        middle = sides["left"].shape[1]

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            flows: dict[str, Array | None] = {"left": dy[:, :middle], "right": dy[:, middle:]}
            for place, _ in reversed(self.places):
                side, _, number = place.partition(".")
                wanted = wants_dx or self._has_parameters_before(side, int(number))
                flow = flows[side]
                if flow is not None:
                    flows[side] = ways[place](flow, self.of_place(place, gradient), wanted)
            if not wants_dx:
                return None
            dx: Array = xp.concatenate([flows[side] * gains[side] for side in gains], axis=1)
            return dx

        return y, backward

    def _has_parameters_before(self, side: str, number: int) -> bool:
        layers = self.left if side == "left" else self.right
        return any(layer.shapes() for layer in layers[:number])


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
