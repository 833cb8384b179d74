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

Tensors = Mapping[str, NDArray[Any]]

DIMENSION = 2848
STAGES_DIMENSION = 1568
BOTH_DIMENSION = DIMENSION + STAGES_DIMENSION + 1
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
    as (value − 127) / 128; its output ``vector``, f4 of shape (n, ``DIMENSION``). With a second
    network beside it, which looks at the picture in half its size, sides are multiples of 64, and
    behind the first network's vector come the second's mean and deviation of its stages
    (``STAGES_DIMENSION``), and its own reading of its vector, one number.

    Args:
        tensors: The published weights by name, as ``torch_pickle.read_tensors`` gives them.
        beside: Those of a second network of the same architecture, with ``reading.weight`` and
            ``reading.bias``, whose first row reads the vector.

    Raises:
        KeyError: a weight is missing.
    """
    graph = _Graph(tensors)
    parts = _vector_parts(graph, INPUT_NAME)
    if beside is not None:
        second = graph.beside(beside)
        head, *stages = _vector_parts(second, graph.halved(INPUT_NAME))
        parts += [*stages, second.read([head, *stages])]
    dimension = DIMENSION if beside is None else BOTH_DIMENSION
    image = onnx.helper.make_tensor_value_info(INPUT_NAME, _F4, ["n", 3, "height", "width"])
    vector = onnx.helper.make_tensor_value_info(OUTPUT_NAME, _F4, ["n", dimension])
    graph.concatenate(parts, OUTPUT_NAME)
    whole = onnx.helper.make_graph(
        graph.nodes, "efficientnet-lite0", [image], [vector], graph.constants
    )
    opset = onnx.helper.make_opsetid("", _OPSET)
    model = onnx.helper.make_model(whole, opset_imports=[opset], ir_version=_IR_VERSION)
    onnx.checker.check_model(model)
    contents: bytes = model.SerializeToString(deterministic=True)
    return contents


def _vector_parts(graph: _Graph, image: str) -> list[str]:
    x = graph.convolve(image, "_conv_stem", "_bn0", kernel=3, stride=2)
    parts: list[str] = []
    number = 0
    for stage in STAGES:
        for k in range(stage.blocks):
            x = _block(graph, x, f"_blocks.{number}", stage, first=k == 0)
            number += 1
        parts += graph.mean_and_deviation(x)
    head = graph.convolve(x, "_conv_head", "_bn1")
    return [graph.mean(head), *parts]


def _block(graph: _Graph, x: str, name: str, stage: _Stage, *, first: bool) -> str:
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


class _Graph:
    """An ONNX graph as it grows: every method adds nodes and returns the name of their output."""

    def __init__(self, tensors: Tensors) -> None:
        self._tensors = tensors
        self._prefix = ""
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._zero = self._constant("zero", np.float32(0))
        self._six = self._constant("six", np.float32(6))

    def beside(self, tensors: Tensors) -> _Graph:
        """Return this graph, for the nodes of another network."""
        other = copy(self)
        other._tensors, other._prefix = tensors, "beside."
        return other

    def halved(self, x: str) -> str:
        return self._node("AveragePool", [x], kernel_shape=[2, 2], strides=[2, 2])

    def read(self, parts: list[str]) -> str:
        """Add the network's own reading (n, 1) of its whole vector."""
        weight, bias = (self._tensors[f"reading.{name}"][:1] for name in ("weight", "bias"))
        vector = self._node("Concat", parts, axis=1)
        inputs = [vector, self._constant("reading.weight", weight.T.copy())]
        return self._node(
            "Add", [self._node("MatMul", inputs), self._constant("reading.bias", bias)]
        )

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
        weight, bias = fold(self._tensors, convolution, norm)
        inputs = [
            x,
            self._constant(f"{convolution}.weight", weight),
            self._constant(f"{convolution}.bias", bias),
        ]
        y = self._node(
            "Conv",
            inputs,
            kernel_shape=[kernel, kernel],
            strides=[stride, stride],
            pads=same_pads(kernel, stride),
            group=weight.shape[0] if weight.shape[1] == 1 else 1,
        )
        return self._node("Clip", [y, self._zero, self._six]) if activate else y

    def add(self, x: str, y: str) -> str:
        return self._node("Add", [x, y])

    def mean(self, x: str) -> str:
        return self._node("ReduceMean", [x], axes=[2, 3], keepdims=0)

    def mean_and_deviation(self, x: str) -> list[str]:
        centre = self._node("ReduceMean", [x], axes=[2, 3], keepdims=1)
        offset = self._node("Sub", [x, centre])
        square = self._node("Mul", [offset, offset])
        return [self.mean(x), self._node("Sqrt", [self.mean(square)])]

    def concatenate(self, parts: list[str], name: str) -> None:
        self.nodes.append(onnx.helper.make_node("Concat", parts, [name], axis=1))

    def _node(self, operator: str, inputs: list[str], **attributes: Any) -> str:
        output = f"{operator}{len(self.nodes)}"
        self.nodes.append(onnx.helper.make_node(operator, inputs, [output], **attributes))
        return output

    def _constant(self, name: str, value: NDArray[Any] | np.float32) -> str:
        name = f"{self._prefix}{name}"
        self.constants.append(onnx.numpy_helper.from_array(np.asarray(value), name))
        return name
