"""EfficientNet-Lite0 as an ONNX graph that ends in a photo's vector instead of a class.

The architecture is EfficientNet-B0 (Tan and Le, 2019) in the *Lite* form published with
TensorFlow's TPU models: no squeeze-and-excitation, ReLU6 for swish, stem and head not scaled.
Batch norms are folded into the convolutions before them. Padding is TensorFlow's SAME, which at
stride 2 and even sizes puts the odd pixel below and right; it is written out, since runtimes
disagree on ``auto_pad``.

The vector is the head's global average, which knows what is in the picture, and mean and standard
deviation of the stages' maps, which know its texture: creases, stains and wear.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any, NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray

from tinyclf.data.encoder.layout import BUILTIN_DIMENSION, PLAIN_DIMENSION

Tensors = Mapping[str, NDArray[Any]]

INPUT_NAME = "image"
OUTPUT_NAME = "vector"

_OPSET = 17
_IR_VERSION = 8
BATCH_NORM_EPSILON = 1e-3


class _Stage(NamedTuple):
    """A row of table 1 in Tan and Le: ``blocks`` inverted residuals, the first at ``stride``."""

    blocks: int
    kernel: int
    stride: int
    expansion: int
    width: int


STAGES = (
    _Stage(1, 3, 1, 1, 16),
    _Stage(2, 3, 2, 6, 24),
    _Stage(2, 5, 2, 6, 40),
    _Stage(3, 3, 2, 6, 80),
    _Stage(3, 5, 1, 6, 112),
    _Stage(4, 5, 2, 6, 192),
    _Stage(1, 3, 1, 6, 320),
)


def build_graph(tensors: Tensors, beside: Tensors | None = None) -> bytes:
    """Return the serialized ONNX model.

    Its input is ``image``, f4 of shape (n, 3, height, width), sides multiples of 32, normalized
    as (value − 127) / 128; its output ``vector``, f4 of shape (n, ``PLAIN_DIMENSION``). With a
    second network beside it, which looks at the picture in half its size, sides are multiples of
    64, and behind the first network's vector come the second's mean and deviation of its stages
    (``STAGES_DIMENSION``), and its own reading of its vector, one number.

    Args:
        tensors: The published weights by name, as ``torch_pickle.read_tensors`` gives them.
        beside: Those of a second network of the same architecture, with ``reading.weight`` and
            ``reading.bias``, whose first row reads the vector.

    Raises:
        KeyError: a weight is missing.
    """
    graph = Graph(tensors)
    seen = look(graph, INPUT_NAME)
    parts = seen.parts if beside is None else seen.parts + look_beside(graph, INPUT_NAME, beside)[0]
    return graph.model(parts, PLAIN_DIMENSION if beside is None else BUILTIN_DIMENSION)


class Seen(NamedTuple):
    """What a network makes of pictures.

    Attributes:
        parts: Of their vectors: the head's average, mean and deviation stage by stage.
        maps: Of each stage (n, channels, height, width).
    """

    parts: list[str]
    maps: list[str]


def look(graph: Graph, image: str) -> Seen:
    """Add a network that looks at pictures (n, 3, height, width)."""
    x = graph.convolve(image, "_conv_stem", "_bn0", kernel=3, stride=2)
    parts, maps = list[str](), list[str]()
    number = 0
    for stage in STAGES:
        for k in range(stage.blocks):
            x = _block(graph, x, f"_blocks.{number}", stage, first=k == 0)
            number += 1
        parts += graph.mean_and_deviation(x)
        maps.append(x)
    head = graph.convolve(x, "_conv_head", "_bn1")
    return Seen([graph.mean(head), *parts], maps)


def look_beside(graph: Graph, image: str, tensors: Tensors) -> Seen:
    """Add a second network that looks at the same pictures in half their size.

    Of its vector there are the stages, and its own reading of the whole.
    """
    second = graph.beside(tensors)
    (head, *stages), maps = look(second, graph.node("AveragePool", [image], **_HALVING))
    return Seen([*stages, second.read([head, *stages])], maps)


def _block(graph: Graph, x: str, name: str, stage: _Stage, *, first: bool) -> str:
    """Add an inverted residual: widen, filter each channel alone, narrow, and add what came in."""
    wide = x
    if stage.expansion > 1:
        wide = graph.convolve(x, f"{name}._expand_conv", f"{name}._bn0")
    stride = stage.stride if first else 1
    depthwise = (f"{name}._depthwise_conv", f"{name}._bn1")
    wide = graph.convolve(wide, *depthwise, kernel=stage.kernel, stride=stride)
    y = graph.convolve(wide, f"{name}._project_conv", f"{name}._bn2", activate=False)
    return y if first else graph.add(x, y)


def same_pads(kernel: int, stride: int) -> list[int]:
    """Return TensorFlow's SAME padding for even sizes: top, left, bottom, right."""
    total = kernel - stride
    before = total // 2
    return [before, before, total - before, total - before]


def fold(tensors: Tensors, convolution: str, norm: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return weight and bias, f4, of a convolution with the batch norm after it folded in."""
    weight = tensors[f"{convolution}.weight"].astype(np.float64)
    gamma, beta, mean, variance = (
        tensors[f"{norm}.{part}"].astype(np.float64)
        for part in ("weight", "bias", "running_mean", "running_var")
    )
    scale = gamma / np.sqrt(variance + BATCH_NORM_EPSILON)
    folded = weight * scale[:, None, None, None]
    return folded.astype(np.float32), (beta - mean * scale).astype(np.float32)


_F4 = onnx.TensorProto.FLOAT
_HALVING = {"kernel_shape": [2, 2], "strides": [2, 2]}


class Graph:
    """An ONNX graph as it grows: every method adds nodes and returns the name of their output."""

    def __init__(self, tensors: Tensors) -> None:
        self._tensors = tensors
        self._prefix = ""
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._named: set[str] = set()
        self._zero = self.constant("zero", np.float32(0))
        self._six = self.constant("six", np.float32(6))

    def beside(self, tensors: Tensors) -> Graph:
        """Return this graph, for the nodes of another network."""
        other = copy(self)
        other._tensors, other._prefix = tensors, "beside."
        return other

    def read(self, parts: list[str]) -> str:
        """Add the network's own reading (n, 1) of its whole vector."""
        weight, bias = (self._tensors[f"reading.{name}"][:1] for name in ("weight", "bias"))
        vector = self.node("Concat", parts, axis=1)
        inputs = [vector, self.constant("reading.weight", weight.T.copy())]
        return self.node("Add", [self.node("MatMul", inputs), self.constant("reading.bias", bias)])

    def convolve(
        self,
        x: str,
        convolution: str,
        norm: str,
        *,
        kernel: int = 1,
        stride: int = 1,
        activate: bool = True,
    ) -> str:
        """Add a convolution, the batch norm after it folded in, and ReLU6."""
        weight, bias = fold(self._tensors, convolution, norm)
        inputs = [
            x,
            self.constant(f"{convolution}.weight", weight),
            self.constant(f"{convolution}.bias", bias),
        ]
        y = self.node(
            "Conv",
            inputs,
            kernel_shape=[kernel, kernel],
            strides=[stride, stride],
            pads=same_pads(kernel, stride),
            group=weight.shape[0] if weight.shape[1] == 1 else 1,
        )
        return self.node("Clip", [y, self._zero, self._six]) if activate else y

    def add(self, x: str, y: str) -> str:
        """Add a sum."""
        return self.node("Add", [x, y])

    def mean(self, x: str) -> str:
        """Add the mean (n, channels) of maps."""
        return self.node("ReduceMean", [x], axes=[2, 3], keepdims=0)

    def mean_and_deviation(self, x: str) -> list[str]:
        """Add mean and standard deviation (n, channels) of maps."""
        centre = self.node("ReduceMean", [x], axes=[2, 3], keepdims=1)
        offset = self.node("Sub", [x, centre])
        square = self.node("Mul", [offset, offset])
        return [self.mean(x), self.node("Sqrt", [self.mean(square)])]

    def model(self, parts: list[str], dimension: int) -> bytes:
        """Return the serialized model; its output is the parts in a row, so many numbers."""
        self.nodes.append(onnx.helper.make_node("Concat", parts, [OUTPUT_NAME], axis=1))
        image = onnx.helper.make_tensor_value_info(INPUT_NAME, _F4, ["n", 3, "height", "width"])
        vector = onnx.helper.make_tensor_value_info(OUTPUT_NAME, _F4, ["n", dimension])
        whole = onnx.helper.make_graph(
            self.nodes, "efficientnet-lite0", [image], [vector], self.constants
        )
        opset = onnx.helper.make_opsetid("", _OPSET)
        model = onnx.helper.make_model(whole, opset_imports=[opset], ir_version=_IR_VERSION)
        onnx.checker.check_model(model)
        contents: bytes = model.SerializeToString(deterministic=True)
        return contents

    def node(self, operator: str, inputs: list[str], **attributes: Any) -> str:
        """Add a node of one output."""
        [output] = self.branches(operator, inputs, 1, **attributes)
        return output

    def branches(
        self, operator: str, inputs: list[str], outputs: int, **attributes: Any
    ) -> list[str]:
        """Add a node of so many outputs."""
        name = f"{operator}{len(self.nodes)}"
        names = [name, *(f"{name}.{number}" for number in range(1, outputs))]
        self.nodes.append(onnx.helper.make_node(operator, inputs, names, **attributes))
        return names

    def constant(self, name: str, value: NDArray[Any] | np.float32) -> str:
        """Return an array under a name; asked for again, the same one."""
        name = f"{self._prefix}{name}"
        if name not in self._named:
            self._named.add(name)
            self.constants.append(onnx.numpy_helper.from_array(np.asarray(value), name))
        return name
