"""What stands around the networks of a bag: inputs made ready, opinions tempered and averaged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tinyclf.errors import ModelError
from tinyclf.nn.checkpoint import ARRAY, Checkpoint
from tinyclf.nn.formulas import LEAST_PROBABILITY, LEAST_TEMPERATURE, MOST_TEMPERATURE
from tinyclf.nn.onnx_model.graph import Graph, Value
from tinyclf.nn.ranges import require, require_positive, settle

FARTHEST = 1e30
"""Of a clip: finite in float32, too."""


@dataclass(frozen=True)
class Standardize:
    """y = clip((x − mean) · scale, −clip, clip) / √d, for inputs x of d numbers.

    Each network has a mean and a scale of its own: its row of two arrays of the checkpoint, which
    are of the shape (members, *input_shape).

    Nothing in a graph can raise: an input that is infinite is cut off like one that is far, and the
    output looks like any other. Whoever feeds the file looks at its inputs first.

    Attributes:
        clip: Where y is cut off, before the division; more than 0, at most 1e30.
        mean: The name of the means' array.
        scale: The name of the scales' array.

    Raises:
        ConfigError: the clip is out of its range.
    """

    clip: float
    mean: str = "mean"
    scale: str = "scale"

    def __post_init__(self) -> None:
        settle(self, clip=require_positive("The clip of standardized inputs", self.clip, FARTHEST))

    def require(self, checkpoint: Checkpoint) -> None:
        """Check that a checkpoint has these arrays.

        Raises:
            ModelError: one is missing or of another shape, or holds what is no finite number.
        """
        shape = (len(checkpoint.thetas), *checkpoint.network.input_shape)
        for name in (self.mean, self.scale):
            array = checkpoint.arrays.get(name)
            if array is None or array.shape != shape:
                found = "has none" if array is None else f"has one of shape {array.shape}"
                raise ModelError(
                    f"The model needs an array {name!r} of shape {shape}, but {found}."
                )
            if array.dtype.kind not in "iuf" or not np.isfinite(array).all():
                raise ModelError(
                    f"The model's array {name!r} must hold finite numbers: train it again."
                )


@dataclass(frozen=True, eq=False)
class Second:
    """Another bag for the same inputs and classes, and how far it is heard.

    Attributes:
        checkpoint: The bag.
        share: Of its opinion in the mixture, 0 to 1.
        temperature: Each of its networks' probabilities are tempered by it; 0.001 to 1,000.
    """

    checkpoint: Checkpoint
    share: float
    temperature: float = 1.0

    def __post_init__(self) -> None:
        settle(
            self,
            share=require("The share of a second opinion", self.share, 0, 1),
            temperature=require_temperature(self.temperature),
        )

    def require(self, first: Checkpoint) -> None:
        """Check that it fits the bag that speaks first.

        Raises:
            ModelError: it takes other inputs, knows other classes, or is of another precision.
        """
        for what in ("inputs", "classes", "precision"):
            one, other = _of(first, what), _of(self.checkpoint, what)
            if one != other:
                raise ModelError(
                    f"The second opinion's {what} are {other}, but the first's {one}: train again."
                )


def _of(checkpoint: Checkpoint, what: str) -> object:
    return {
        "inputs": checkpoint.network.input_shape,
        "classes": checkpoint.classes,
        "precision": checkpoint.thetas.dtype,
    }[what]


def standardized(
    graph: Graph, step: Standardize, checkpoint: Checkpoint, member: int, x: Value, prefix: str
) -> Value:
    """Add the nodes that make inputs x (n, *input_shape) ready for one network."""
    mean, scale = (
        _row(graph, name, checkpoint, member, prefix) for name in (step.mean, step.scale)
    )
    y = graph.add("Mul", graph.add("Sub", x, mean), scale)
    y = graph.add("Clip", y, graph.number(-step.clip), graph.number(step.clip))
    d = math.prod(checkpoint.network.input_shape)
    return graph.add("Mul", y, graph.number(1 / math.sqrt(d)))


def _row(graph: Graph, name: str, checkpoint: Checkpoint, member: int, prefix: str) -> Value:
    """Return one network's row of an array, in the graph's precision."""
    row = graph.add("Gather", prefix + ARRAY + name, graph.integer(member), axis=0)
    same = checkpoint.arrays[name].dtype == graph.dtype
    return row if same else graph.cast(row, graph.dtype)


def require_temperature(temperature: float) -> float:
    """Check a temperature; return it as Python's number.

    Raises:
        ConfigError: it is out of its range.
    """
    return require("The temperature", temperature, LEAST_TEMPERATURE, MOST_TEMPERATURE)


def tempered(graph: Graph, p: Value, temperature: float) -> Value:
    """Add the nodes of ``p^(1/T)``, normalised row by row; see ``training.temperature``."""
    log_p = graph.add("Log", graph.add("Max", p, graph.number(LEAST_PROBABILITY)))
    return graph.add("Softmax", graph.add("Div", log_p, graph.number(temperature)), axis=1)


def averaged(graph: Graph, opinions: Sequence[Value]) -> Value:
    """Add the nodes of the mean of arrays of one shape."""
    if len(opinions) == 1:
        return opinions[0]
    return graph.add("Div", graph.add("Sum", *opinions), graph.number(len(opinions)))


def mixed(graph: Graph, first: Value, second: Value, share: float) -> Value:
    """Add the nodes of the mixture of two opinions, the second of this share."""
    told = graph.add("Mul", first, graph.number(1 - share))
    return graph.add("Add", told, graph.add("Mul", second, graph.number(share)))
