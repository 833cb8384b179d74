"""What turns pixels into features, in front of a classifier's ONNX file: one file does all.

The joined file takes ``pixels`` (n, height, width, 3), uint8, red green blue: photos upright and
squashed to the size that its metadata ``pixels`` tells. Resizing stays outside, since no operator
of ONNX resizes as Pillow does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import onnx

from tinyclf.data.encoder.manifest import Manifest
from tinyclf.errors import ModelError
from tinyclf.nn.onnx_model.names import INPUTS
from tinyclf.nn.onnx_model.seal import sealed, unsealed
from tinyclf.nn.onnx_model.writing import LARGEST

PIXELS = "pixels"
"""The name of the joined file's input, and of the metadata that tells its size."""

OLDEST_OPSET = 13
"""The oldest operators that mean what a classifier's mean by the same names."""


def behind_pixels(classifier: bytes, side: int) -> bytes:
    """Return a classifier's ONNX file, its features being a square of pixels, −1 to 1.

    Raises:
        ModelError: it is no ONNX file of ours.
    """
    model = unsealed(classifier)
    front = _Front(side, side, "box")
    half = (127.5, 127.5, 127.5)
    front.add("Flatten", [front.scaled(half, half)], "front.vector")
    return _joined(model, front, "front.vector")


def behind_encoder(classifier: bytes, network: bytes, manifest: Manifest) -> bytes:
    """Return a classifier's ONNX file with the encoder of its features in front.

    Args:
        classifier: Its file.
        network: The encoder's.
        manifest: How the encoder is fed.

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
        front = _Front(manifest.width, manifest.height, "bicubic", _rows(image))
        scaled = front.scaled(manifest.mean, manifest.scale)
        front.add("Transpose", [scaled], image.name, perm=[0, 3, 1, 2])
        front.nodes += encoder.graph.node
        front.constants += encoder.graph.initializer
        return _joined(model, front, f"encoder.{manifest.output}")
    except Exception as error:  # those of onnx and protobuf share no nearer root
        raise ModelError(f"The encoder {manifest.name} cannot be exported: {error}") from error


@dataclass(eq=False)
class _Front:
    """What comes before the classifier, as it grows.

    Attributes:
        width: Of the pictures.
        height: Of the pictures.
        resampling: How a photo is brought to this size.
        n: How many pictures: a number, or a name for any.
    """

    width: int
    height: int
    resampling: str
    n: int | str = "n"
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def add(self, operator: str, inputs: Sequence[str], output: str, **attributes: object) -> str:
        node = onnx.helper.make_node(operator, inputs, [output], name=output, **attributes)
        self.nodes.append(node)
        return output

    def scaled(self, mean: Sequence[float], scale: Sequence[float]) -> str:
        """Add (pixels − mean) / scale, colour by colour; return its name."""
        for name, colours in (("front.mean", mean), ("front.scale", scale)):
            array = np.asarray(colours, np.float32)
            self.constants.append(onnx.numpy_helper.from_array(array, name))
        numbers = self.add("Cast", [PIXELS], "front.numbers", to=onnx.TensorProto.FLOAT)
        centred = self.add("Sub", [numbers, "front.mean"], "front.centred")
        return self.add("Div", [centred, "front.scale"], "front.scaled")


def _joined(model: onnx.ModelProto, front: _Front, vector: str) -> bytes:
    """Return the file of a front and, fed by its vector, the classifier."""
    precision = model.graph.input[0].type.tensor_type.elem_type
    front.add("Cast", [vector], INPUTS, to=precision)
    shape = [front.n, front.height, front.width, 3]
    pixels = onnx.helper.make_tensor_value_info(PIXELS, onnx.TensorProto.UINT8, shape)
    model.graph.CopyFrom(
        onnx.helper.make_graph(
            [*front.nodes, *model.graph.node],
            model.graph.name,
            [pixels],
            model.graph.output,
            [*front.constants, *model.graph.initializer],
        )
    )
    told = {"width": front.width, "height": front.height, "resampling": front.resampling}
    model.metadata_props.add(key=PIXELS, value=json.dumps(told))
    onnx.checker.check_model(model)
    return sealed(model)


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
