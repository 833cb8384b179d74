"""The layers as ONNX nodes, one function a kind: what each computes when it predicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from tinyclf.errors import ModelError
from tinyclf.nn.layers import (
    GELU,
    AttentionPool,
    BatchNorm,
    BinaryLinear,
    Conv2d,
    Dropout,
    Flatten,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool2d,
    Parallel,
    ReLU,
    Sigmoid,
    Sign,
    Tanh,
)
from tinyclf.nn.layers.attention_pool import LEAST_PRESENCE
from tinyclf.nn.layers.gelu import CUBIC, ROOT, SATURATED
from tinyclf.nn.onnx_model.graph import Graph, Value
from tinyclf.nn.stability import Stability

Names: TypeAlias = Mapping[str, Value]
"""A layer's parameters in the graph, by their names in the layer."""

FARTHEST_COLUMN = 2**31 - 1
"""An end of columns that stands for the last."""


def add_layer(graph: Graph, layer: Layer, parameters: Names, x: Value) -> Value:
    """Add a layer's nodes; return its outputs.

    Args:
        graph: Grows.
        layer: The layer.
        parameters: Where the graph holds its parameters.
        x: Its inputs (n, *input_shape).

    Raises:
        ModelError: layers of this kind have no form in ONNX.
    """
    if type(layer) not in WRITERS:
        raise ModelError(f"A network with the layer {layer} cannot be written as ONNX.")
    return WRITERS[type(layer)](graph, layer, parameters, x)


def _attention_pool(graph: Graph, layer: AttentionPool, parameters: Names, x: Value) -> Value:
    """Return Σ a h; for the formulas see the layer."""
    places, channels = layer.places, layer.channels
    end = places * channels
    flat, presence = graph.columns(x, 0, end), graph.columns(x, end, layer.inputs)
    h = graph.add("Reshape", flat, graph.integers(0, places, channels))  # 0: as it is
    sums = [
        graph.add("Add", graph.add("MatMul", h, parameters[W]), parameters[b])
        for W, b in (("V", "c"), ("U", "e"))
    ]
    gated = graph.add("Mul", graph.add("Tanh", sums[0]), graph.add("Sigmoid", sums[1]))
    scores = graph.add("MatMul", gated, parameters["w"])
    s = graph.add("Reshape", scores, graph.integers(0, places))
    there = graph.add("Greater", presence, graph.number(LEAST_PRESENCE))
    low = graph.add("ReduceMin", s, axes=[1], keepdims=1)
    top = graph.add("ReduceMax", graph.add("Where", there, s, low), axes=[1], keepdims=1)
    below = graph.add("Min", graph.add("Sub", s, top), graph.number(0))
    present = graph.add("Mul", presence, graph.cast(there, graph.dtype))
    weights = graph.add("Mul", graph.add("Exp", below), present)
    total = graph.add("ReduceSum", weights, graph.integers(1), keepdims=1)
    some = graph.add("Greater", total, graph.number(0))
    a = graph.add("Div", weights, graph.add("Where", some, total, graph.number(1)))
    pooled = graph.add("MatMul", graph.add("Reshape", a, graph.integers(0, 1, places)), h)
    return graph.add("Reshape", pooled, graph.integers(0, channels))


def _batch_norm(graph: Graph, layer: BatchNorm, parameters: Names, x: Value) -> Value:
    names = [parameters[name] for name in ("scale", "shift", "mean", "variance")]
    return graph.add("BatchNormalization", x, *names, epsilon=layer.epsilon)


def _binary_linear(graph: Graph, layer: BinaryLinear, parameters: Names, x: Value) -> Value:
    sums = graph.add("MatMul", x, _signs(graph, parameters["W"]))
    scaled = graph.add("Mul", sums, graph.number(layer.scale))
    return graph.add("Add", scaled, parameters["b"])


def _conv2d(graph: Graph, layer: Conv2d, parameters: Names, x: Value) -> Value:
    """Return the convolution; in single precision, for onnxruntime has it in no other."""
    windows = {"strides": [layer.stride] * 2, "pads": [layer.padding] * 4}
    arrays = [x, parameters["W"], parameters["b"]]
    if graph.dtype == np.float32:
        return graph.add("Conv", *arrays, **windows)
    narrow = [graph.cast(array, np.float32) for array in arrays]
    return graph.cast(graph.add("Conv", *narrow, **windows), graph.dtype)


def _dropout(graph: Graph, layer: Dropout, parameters: Names, x: Value) -> Value:
    return x


def _flatten(graph: Graph, layer: Flatten, parameters: Names, x: Value) -> Value:
    return graph.add("Flatten", x)


def _gelu(graph: Graph, layer: GELU, parameters: Names, x: Value) -> Value:
    """Return ½ x (1 + tanh(√(2/π) (c + 0.044715 c³))), c being x within ±SATURATED."""
    c = graph.add("Clip", x, graph.number(-SATURATED), graph.number(SATURATED))
    cube = graph.add("Mul", c, graph.add("Mul", c, c))
    bent = graph.add("Add", c, graph.add("Mul", cube, graph.number(CUBIC)))
    t = graph.add("Tanh", graph.add("Mul", bent, graph.number(ROOT)))
    half = graph.add("Mul", x, graph.number(0.5))
    return graph.add("Mul", half, graph.add("Add", t, graph.number(1)))


def _leaky_relu(graph: Graph, layer: LeakyReLU, parameters: Names, x: Value) -> Value:
    return graph.add("LeakyRelu", x, alpha=layer.slope)


def _linear(graph: Graph, layer: Linear, parameters: Names, x: Value) -> Value:
    return graph.add("Gemm", x, parameters["W"], parameters["b"])


def _max_pool2d(graph: Graph, layer: MaxPool2d, parameters: Names, x: Value) -> Value:
    windows = {"kernel_shape": [layer.size] * 2, "strides": [layer.effective_stride] * 2}
    return graph.add("MaxPool", x, **windows)


def _parallel(graph: Graph, layer: Parallel, parameters: Names, x: Value) -> Value:
    left, right = layer.sides
    first, rest = graph.columns(x, 0, layer.first), graph.columns(x, layer.first, FARTHEST_COLUMN)
    y_left = graph.add("Mul", first, graph.number(layer.left_gain))
    for place in left:
        y_left = add_layer(graph, place.layer, place.own(parameters), y_left)
    y_right = graph.add("Mul", rest, graph.number(layer.right_gain))
    for place in right:
        y_right = add_layer(graph, place.layer, place.own(parameters), y_right)
    return graph.add("Concat", y_left, y_right, axis=1)


def _relu(graph: Graph, layer: ReLU, parameters: Names, x: Value) -> Value:
    return graph.add("Relu", x)


def _sigmoid(graph: Graph, layer: Sigmoid, parameters: Names, x: Value) -> Value:
    y = graph.add("Sigmoid", _limited(graph, layer.stability, x, times=1))
    return _flushed(graph, layer.stability, y)


def _sign(graph: Graph, layer: Sign, parameters: Names, x: Value) -> Value:
    return _signs(graph, x, layer.threshold)


def _tanh(graph: Graph, layer: Tanh, parameters: Names, x: Value) -> Value:
    y = graph.add("Tanh", _limited(graph, layer.stability, x, times=2))
    return _flushed(graph, layer.stability, y)


def _limited(graph: Graph, stability: Stability, x: Value, times: int) -> Value:
    """Return :meth:`.Stability.limit` of an activation's inputs."""
    if not stability.epsilon_exp:
        return x
    largest = stability.largest_exponent / times
    return graph.add("Clip", x, graph.number(-largest), graph.number(largest))


def _flushed(graph: Graph, stability: Stability, y: Value) -> Value:
    """Return :meth:`.Stability.flush` of an activation's outputs."""
    if not stability.epsilon_square:
        return y
    small = graph.add("Less", graph.add("Mul", y, y), graph.number(stability.epsilon_square))
    return graph.add("Mul", y, graph.cast(graph.add("Not", small), graph.dtype))


def _signs(graph: Graph, x: Value, threshold: float = 0.0) -> Value:
    """Return 1 where x is more than the threshold, else −1."""
    above = graph.cast(graph.add("Greater", x, graph.number(threshold)), graph.dtype)
    return graph.add("Sub", graph.add("Mul", above, graph.number(2)), graph.number(1))


WRITERS: dict[type[Any], Callable[[Graph, Any, Names, Value], Value]] = {
    AttentionPool: _attention_pool,
    BatchNorm: _batch_norm,
    BinaryLinear: _binary_linear,
    Conv2d: _conv2d,
    Dropout: _dropout,
    Flatten: _flatten,
    GELU: _gelu,
    LeakyReLU: _leaky_relu,
    Linear: _linear,
    MaxPool2d: _max_pool2d,
    Parallel: _parallel,
    ReLU: _relu,
    Sigmoid: _sigmoid,
    Sign: _sign,
    Tanh: _tanh,
}
"""How each kind of layer is written."""
