"""Both networks as an ONNX graph that ends in a photo's vector and, behind it, a map of the photo.

The graph looks at each picture and its mirror image. Of vectors it takes the mean; the mirror
image's map is turned back first, so that a place is always the same place of the photo.
"""

from __future__ import annotations

import numpy as np
import onnx

from tinyclf.data.encoder.efficientnet_lite import (
    INPUT_NAME,
    Graph,
    Tensors,
    look,
    look_beside,
)
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION

STAGES = (6, 4)
"""Of the published network and of the one beside it, counted from 0: where their maps are alike in
size, because the second one's pictures are half as large."""


WIDTH = 320 + 112
"""Numbers at a place of both maps."""


def build_map_graph(tensors: Tensors, beside: Tensors, projection: Tensors, places: int) -> bytes:
    """Return the serialized ONNX model.

    Its input is ``image``, as for ``efficientnet_lite.build_graph``, sides multiples of 64; its
    output ``vector``, f4 (n, ``BUILTIN_DIMENSION`` + places · (channels + 1)): the vector of that
    graph, mean of both views; the places of the map, row by row, each with its channels, and zeros
    for those that are not there; 1 for each place that is there, and 0 for the others.

    Args:
        tensors: The published weights by name.
        beside: Those of the network beside it.
        projection: ``weight`` (channels, 432) and ``bias`` (channels,), from the stages' maps to a
            place's numbers.
        places: For how many there is room: no picture may have more than so many times 32 × 32
            pixels.

    Raises:
        KeyError: a weight is missing.
    """
    graph = Graph(tensors)
    views = graph.node("Concat", [INPUT_NAME, _turned(graph, INPUT_NAME)], axis=0)
    seen, seen_beside = look(graph, views), look_beside(graph, views, beside)
    vectors = graph.node("Concat", [*seen.parts, *seen_beside.parts], axis=1)
    maps = [seen.maps[STAGES[0]], seen_beside.maps[STAGES[1]]]
    upright, mirrored = _views(graph, graph.node("Concat", maps, axis=1))
    rows = _rows(graph, _mean(graph, upright, _turned(graph, mirrored)), projection)
    there = _there(graph, rows)
    parts = [
        _mean(graph, *_views(graph, vectors)),
        *(_room(graph, x, places) for x in (rows, there)),
    ]
    channels = len(projection["bias"])
    return graph.model(parts, BUILTIN_DIMENSION + places * (channels + 1))


def _turned(graph: Graph, x: str) -> str:
    """Add the mirror images of pictures or maps (n, channels, height, width)."""
    beyond = int(np.iinfo(np.int64).min)  # from the last column back to the first
    return graph.node("Slice", [x, *(_whole(graph, number) for number in (-1, beyond, 3, -1))])


def _views(graph: Graph, x: str) -> tuple[str, str]:
    """Add the two halves of a batch: what is of the pictures, what of their mirror images."""
    one, other = graph.branches("Split", [x], 2, axis=0)
    return one, other


def _mean(graph: Graph, one: str, other: str) -> str:
    half = graph.constant("half", np.float32(0.5))
    return graph.node("Mul", [graph.add(one, other), half])


def _rows(graph: Graph, maps: str, projection: Tensors) -> str:
    """Add (n, places, channels) for maps (n, 432, height, width)."""
    weight, bias = projection["weight"], projection["bias"]
    arrays = [
        graph.constant("map.weight", weight[:, :, None, None]),
        graph.constant("map.bias", bias),
    ]
    last = graph.node("Transpose", [graph.node("Conv", [maps, *arrays])], perm=[0, 2, 3, 1])
    return graph.node("Reshape", [last, _whole(graph, 0, -1, len(bias))])


def _there(graph: Graph, rows: str) -> str:
    """Add ones (n, places, 1) for the places of rows (n, places, channels)."""
    first = graph.node("Slice", [rows, *(_whole(graph, number) for number in (0, 1, 2))])
    one = onnx.numpy_helper.from_array(np.ones(1, np.float32))
    return graph.node("ConstantOfShape", [graph.node("Shape", [first])], value=one)


def _room(graph: Graph, rows: str, places: int) -> str:
    """Add rows (n, some places, k) as (n, places · k), zeros behind."""
    some = graph.node("Shape", [rows], start=1, end=2)
    none = _whole(graph, 0)
    behind = graph.node("Sub", [_whole(graph, places), some])
    pads = graph.node("Concat", [none, none, none, none, behind, none], axis=0)
    return graph.node("Flatten", [graph.node("Pad", [rows, pads])])


def _whole(graph: Graph, *numbers: int) -> str:
    """Add whole numbers (len(numbers),); asked for again, the same."""
    return graph.constant(f"whole.{'.'.join(map(str, numbers))}", np.array(numbers, np.int64))
