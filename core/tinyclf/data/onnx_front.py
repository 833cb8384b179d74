"""What turns pixels into features, in front of a classifier's ONNX file: one file does all.

The joined file takes ``pixels`` (n, height, width, 3), uint8, red green blue: photos upright and
brought to the size that its metadata ``pixels`` tells. Where that has a ``step``, all photos of a
call have one shape: scaled to about width · height pixels, with sides that are multiples of the
step. Photos whose longer side is above its ``long_side`` were scaled down to that first when the
features were computed. Resizing stays outside, since no operator of ONNX resizes as Pillow does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import onnx

from tinyclf.data.encoder.manifest import Manifest
from tinyclf.errors import ModelError
from tinyclf.nn.onnx_model.graph import Graph, Value
from tinyclf.nn.onnx_model.names import INPUTS
from tinyclf.nn.onnx_model.seal import sealed, unsealed
from tinyclf.nn.onnx_model.writing import LARGEST

PIXELS = "pixels"
"""The name of the joined file's input, and of the metadata that tells its size."""

OLDEST_OPSET = 13
"""The oldest operators that mean what a classifier's mean by the same names."""


def behind_pixels(classifier: bytes, side: int, long_side: int) -> bytes:
    """Return a classifier's ONNX file, its features being a square of pixels, −1 to 1.

    Args:
        classifier: Its file.
        side: Of the square, in pixels.
        long_side: At which photos are decoded.

    Raises:
        ModelError: it is no ONNX file of ours.
    """
    model = unsealed(classifier)
    pictures, graph = _Pictures(side, side, "box", long_side), _graph()
    half = (127.5, 127.5, 127.5)
    vector = graph.add("Flatten", _scaled(graph, half, half))
    return _joined(model, pictures, graph, vector)


def behind_encoder(classifier: bytes, network: bytes, manifest: Manifest, long_side: int) -> bytes:
    """Return a classifier's ONNX file with the encoder of its features in front.

    Args:
        classifier: Its file.
        network: The encoder's.
        manifest: How the encoder is fed.
        long_side: At which photos are decoded.

    Raises:
        ModelError: they cannot be joined.
    """
    if len(classifier) + len(network) > LARGEST:
        raise ModelError(f"With the encoder {manifest.name} the ONNX file would be over 2 GB.")
    model = unsealed(classifier)
    try:
        encoder = onnx.compose.add_prefix(onnx.load_model_from_string(network), "encoder.")
        _adopt_version(model, encoder)
        constants = {tensor.name for tensor in encoder.graph.initializer}
        [image] = [value for value in encoder.graph.input if value.name not in constants]
        pictures = _pictures(manifest, long_side, _rows(image))
        graph = _graph()
        scaled = _scaled(graph, manifest.mean, manifest.scale)
        views = graph.add("Transpose", scaled, perm=[0, 3, 1, 2])
        if manifest.mirrored:
            views = graph.add("Concat", views, _mirrored(graph, views), axis=0)
        graph.name(views, image.name)
        graph.nodes += encoder.graph.node
        graph.initializers.update({one.name: one for one in encoder.graph.initializer})
        vector = f"encoder.{manifest.output}"
        if manifest.mirrored:
            vector = _mean_of_two(graph, graph.cast(vector, graph.dtype), _dimension(model))
        return _joined(model, pictures, graph, vector)
    except Exception as error:  # those of onnx and protobuf share no nearer root
        raise ModelError(f"The encoder {manifest.name} cannot be exported: {error}") from error


@dataclass(frozen=True)
class _Pictures:
    """Which pictures the joined file takes.

    Attributes:
        width: Of the pictures.
        height: Of the pictures.
        resampling: How a photo is brought to this size.
        long_side: Photos larger than this were scaled down to it first.
        n: How many pictures: a number, or a name for any.
        step: Pictures keep their shape, and have about ``width`` · ``height`` pixels; their sides
            are multiples of so many. 0 if they are squashed.
    """

    width: int
    height: int
    resampling: str
    long_side: int
    n: int | str = "n"
    step: int = 0

    @property
    def shape(self) -> list[int | str]:
        """That of the input."""
        sides: list[int | str] = ["h", "w"] if self.step else [self.height, self.width]
        return [self.n, *sides, 3]

    def told(self) -> str:
        """Return what a program has to know to bring a photo to this size, in JSON."""
        size = {
            "width": self.width,
            "height": self.height,
            "resampling": self.resampling,
            "long_side": self.long_side,
        }
        return json.dumps(size | {"step": self.step} if self.step else size)


def _pictures(manifest: Manifest, long_side: int, rows: int | str) -> _Pictures:
    if manifest.mirrored and rows != "n":
        raise ModelError("it takes one picture at a time, and its mirror image is a second.")
    width, height, step = manifest.width, manifest.height, manifest.step
    return _Pictures(width, height, "bicubic", long_side, rows, step)


def _mirrored(graph: Graph, pictures: Value) -> Value:
    """Add the mirror images of pictures (n, 3, height, width)."""
    beyond = int(np.iinfo(np.int64).min)  # from the last column back to the first
    start, end, axis, step = (graph.integers(number) for number in (-1, beyond, 3, -1))
    return graph.add("Slice", pictures, start, end, axis, step)


def _mean_of_two(graph: Graph, vectors: Value, dimension: int) -> Value:
    """Add the mean of each picture's vector and its mirror image's, of vectors (2 n, d)."""
    halves = graph.add("Reshape", vectors, graph.integers(2, -1))
    one, other = (graph.add("Gather", halves, graph.integer(i), axis=0) for i in range(2))
    mean = graph.add("Mul", graph.add("Add", one, other), graph.number(0.5))
    return graph.add("Reshape", mean, graph.integers(-1, dimension))


def _graph() -> Graph:
    """Return the graph in front of the classifier's, as it begins."""
    return Graph(np.float32, prefix="front.")


def _scaled(graph: Graph, mean: Sequence[float], scale: Sequence[float]) -> Value:
    """Add (pixels − mean) / scale, colour by colour."""
    numbers = graph.cast(PIXELS, graph.dtype)
    centred = graph.add("Sub", numbers, graph.array("front.mean", np.array(mean, graph.dtype)))
    return graph.add("Div", centred, graph.array("front.scale", np.array(scale, graph.dtype)))


def _joined(model: onnx.ModelProto, pictures: _Pictures, graph: Graph, vector: Value) -> bytes:
    """Return the file of the graph in front and, fed by its vector, the classifier."""
    precision = model.graph.input[0].type.tensor_type.elem_type
    graph.name(graph.add("Cast", vector, to=precision), INPUTS)
    pixels = onnx.helper.make_tensor_value_info(PIXELS, onnx.TensorProto.UINT8, pictures.shape)
    model.graph.CopyFrom(
        onnx.helper.make_graph(
            [*graph.nodes, *model.graph.node],
            model.graph.name,
            [pixels],
            model.graph.output,
            [*graph.initializers.values(), *model.graph.initializer],
        )
    )
    model.metadata_props.add(key=PIXELS, value=pictures.told())
    onnx.checker.check_model(model)
    return sealed(model)


def _dimension(model: onnx.ModelProto) -> int:
    """Return how long the vectors are that a classifier takes."""
    return int(model.graph.input[0].type.tensor_type.shape.dim[1].dim_value)


def _adopt_version(model: onnx.ModelProto, encoder: onnx.ModelProto) -> None:
    """Make a classifier's operators those of its encoder's version, with what else it brings."""
    [opset] = [one.version for one in encoder.opset_import if one.domain in ("", "ai.onnx")]
    if opset < OLDEST_OPSET:
        raise ModelError(f"it has operator set {opset}; convert it to {OLDEST_OPSET} or newer.")
    model.ir_version = max(model.ir_version, encoder.ir_version)
    del model.opset_import[:]
    model.opset_import.extend(encoder.opset_import)
    model.functions.extend(encoder.functions)


def _rows(image: onnx.ValueInfoProto) -> int | str:
    """Return how many pictures an encoder takes at once, as it says itself."""
    dimensions = image.type.tensor_type.shape.dim
    return (dimensions[0].dim_value if dimensions else 0) or "n"
