"""Neighbouring layers that are quicker computed together than one after the other.

A network is described by plain layers; that is what is read, saved and exported. Before it runs,
runs of layers are replaced by one that gives the same outputs with fewer passes over memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.layers.conv2d import Conv2d
from tinyclf.nn.layers.fused.conv_relu_pool import ConvReLUPool
from tinyclf.nn.layers.fused.linear_relu import LinearReLU
from tinyclf.nn.layers.layer import Backward, Layer
from tinyclf.nn.layers.linear import Linear
from tinyclf.nn.layers.max_pool2d import MaxPool2d
from tinyclf.nn.layers.relu import ReLU


class Runnable(Protocol):
    """What runs in a network's place: a layer, or a fused one."""

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return the outputs and the way back; see :class:`~.layers.layer.Layer`."""


@dataclass(frozen=True)
class Stage:
    """One step of a running network: a layer, or several fused into one.

    Attributes:
        runs: What computes it; its parameters are those of the first of its layers.
        first: The place of its first layer in the network, from 0.
    """

    runs: Runnable
    first: int


Rule: TypeAlias = Callable[[Sequence[Layer]], tuple[Runnable, int] | None]
"""Looks at the layers from some place on; returns a fused one and how many it stands for."""


def stages(layers: Sequence[Layer]) -> tuple[Stage, ...]:
    """Return the layers as stages, fused where a rule fits, first rule first."""
    found: list[Stage] = []
    place = 0
    while place < len(layers):
        runs, count = _fused(layers[place:])
        found.append(Stage(runs, place))
        place += count
    return tuple(found)


def _fused(layers: Sequence[Layer]) -> tuple[Runnable, int]:
    for rule in RULES:
        if (match := rule(layers)) is not None:
            return match
    return layers[0], 1


def _conv_relu_pool(layers: Sequence[Layer]) -> tuple[Runnable, int] | None:
    match layers:
        case [Conv2d() as conv, ReLU(), MaxPool2d() as pool, *_] | [
            Conv2d() as conv,
            MaxPool2d() as pool,
            ReLU(),
            *_,
        ] if ConvReLUPool.fits(conv, pool):
            return ConvReLUPool(conv, pool), 3
    return None


def _linear_relu(layers: Sequence[Layer]) -> tuple[Runnable, int] | None:
    match layers:
        case [Linear() as linear, ReLU(), *_]:
            return LinearReLU(linear), 2
    return None


RULES: tuple[Rule, ...] = (_conv_relu_pool, _linear_relu)
