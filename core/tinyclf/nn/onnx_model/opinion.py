"""What stands around the networks of a bag: inputs made ready, opinions tempered and averaged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tinyclf.errors import ModelError
from tinyclf.nn.checkpoint import ARRAY, Checkpoint
from tinyclf.nn.formulas import LEAST_PROBABILITY
from tinyclf.nn.onnx_model.graph import Graph, Value


@dataclass(frozen=True)
class Standardize:
    """y = clip((x − mean) · scale, −clip, clip) / √d, for inputs x of d numbers.

    Each network has a mean and a scale of its own: its row of two arrays of the checkpoint, which
    are of the shape (members, *input_shape).

    Attributes:
        clip: Where y is cut off, before the division.
        mean: The name of the means' array.
        scale: The name of the scales' array.
    """

    clip: float
    mean: str = "mean"
    scale: str = "scale"

    def require(self, checkpoint: Checkpoint) -> None:
        """Check that a checkpoint has these arrays.

        Raises:
            ModelError: one is missing or of another shape.
        """
        shape = (len(checkpoint.thetas), *checkpoint.network.input_shape)
        for name in (self.mean, self.scale):
            array = checkpoint.arrays.get(name)
            if array is None or array.shape != shape:
                found = "has none" if array is None else f"has one of shape {array.shape}"
                raise ModelError(
                    f"The model needs an array {name!r} of shape {shape}, but {found}."
                )


def standardized(
    graph: Graph, step: Standardize, checkpoint: Checkpoint, member: int, x: Value
) -> Value:
    """Add the nodes that make inputs x (n, *input_shape) ready for one network."""
    mean, scale = (_row(graph, name, checkpoint, member) for name in (step.mean, step.scale))
    y = graph.add("Mul", graph.add("Sub", x, mean), scale)
    y = graph.add("Clip", y, graph.number(-step.clip), graph.number(step.clip))
    d = math.prod(checkpoint.network.input_shape)
    return graph.add("Mul", y, graph.number(1 / math.sqrt(d)))


def _row(graph: Graph, name: str, checkpoint: Checkpoint, member: int) -> Value:
    """Return one network's row of an array, in the graph's precision."""
    row = graph.add("Gather", ARRAY + name, graph.integer(member), axis=0)
    same = checkpoint.arrays[name].dtype == graph.dtype
    return row if same else graph.cast(row, graph.dtype)


def tempered(graph: Graph, p: Value, temperature: float) -> Value:
    """Add the nodes of ``p^(1/T)``, normalised row by row; see ``training.temperature``."""
    log_p = graph.add("Log", graph.add("Max", p, graph.number(LEAST_PROBABILITY)))
    return graph.add("Softmax", graph.add("Div", log_p, graph.number(temperature)), axis=1)


def mean(graph: Graph, opinions: Sequence[Value]) -> Value:
    """Add the nodes of the mean of arrays of one shape."""
    if len(opinions) == 1:
        return opinions[0]
    return graph.add("Div", graph.add("Sum", *opinions), graph.number(len(opinions)))
