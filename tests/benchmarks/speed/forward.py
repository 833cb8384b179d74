"""The outputs of deep, square networks: 100 layers, a sigmoid after each."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.speed.checks import Same
from tests.benchmarks.speed.contender import Contender, Prepared, lanes, threads
from tests.benchmarks.speed.limits import (
    PEAK,
    PRODUCTS,
    READ,
    peak_contender,
    products_contender,
    read_contender,
)
from tests.benchmarks.speed.measure import Measure
from tests.benchmarks.speed.ours import backend, predictor
from tests.benchmarks.speed.row import Comparison, Row

LAYERS = 100

MEMORY_REPETITIONS = 21
"""Of what reads hundreds of megabytes: memory is shared with whoever else is on the machine."""

Numbers = NDArray[Any]

SEED, SEED_COLUMNS = "the seed's loop (W x)", "the seed's loop (x W)"
EAGER, ONNX = "PyTorch", "onnxruntime"


def seed(width: int, loops: int) -> Prepared:
    """Run the loop that this project began with, one input at a time."""
    layers, x0 = weights(width), inputs(width, 1)[0]

    def work(_: int) -> Numbers:
        x = x0
        for weight in layers:
            x = 1 / (1 + np.exp(-np.clip(weight @ x, -60, 60)))
        return x

    return Prepared(work, checksum, loops=loops)


def seed_by_columns(width: int, loops: int) -> Prepared:
    """Run the same loop with the inputs to the left of the weights."""
    layers, x0 = [weight.T.copy() for weight in weights(width)], inputs(width, 1)

    def work(_: int) -> Numbers:
        x = x0
        for weight in layers:
            x = 1 / (1 + np.exp(-np.clip(x @ weight, -60, 60)))
        return x

    return Prepared(work, checksum, loops=loops)


def pytorch(width: int, batch: int, loops: int) -> Prepared:
    """Run ``nn.Sequential`` eagerly, in inference mode."""
    import torch
    from torch import nn

    torch.set_num_threads(threads())
    network = nn.Sequential(
        *(layer for _ in range(LAYERS) for layer in (nn.Linear(width, width), nn.Sigmoid()))
    ).eval()
    for linear, weight in zip(network[::2], weights(width), strict=True):
        linear.weight.data = torch.from_numpy(weight)
        nn.init.zeros_(linear.bias)
    x = torch.from_numpy(inputs(width, batch))

    def work(_: int) -> Any:
        with torch.inference_mode():
            return network(x)

    return Prepared(work, lambda y: checksum(y.numpy()), loops=loops)


def onnx(width: int, batch: int, loops: int) -> Prepared:
    """Run the same network as an ONNX model; the library is one of ours, too."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads()
    session = onnxruntime.InferenceSession(
        _onnx_model(width), options, providers=["CPUExecutionProvider"]
    )
    x = {"x": inputs(width, batch)}
    return Prepared(lambda _: session.run(None, x)[0], checksum, loops=loops)


def ours(width: int, batch: int, loops: int, compiled: bool, precision: str = "f4") -> Prepared:
    """Run our network."""
    from tinyclf.nn.layers import Linear, Sigmoid
    from tinyclf.nn.network import Network

    layers = tuple(layer for _ in range(LAYERS) for layer in (Linear(width, width), Sigmoid()))
    network, x = Network((width,), layers), inputs(width, batch)
    theta = np.zeros(network.n_parameters, np.float32)
    views = network.layout.views(theta)[::2]
    for view, weight in zip(views, weights(width), strict=True):
        view["W"][:] = weight.T
    predict = predictor(network, theta, backend(compiled), precision)
    return Prepared(lambda _: predict(x), checksum, loops=loops)


def weights(width: int) -> list[Numbers]:
    """Return each layer's weights (outputs, inputs), f4, the same for everyone."""
    rng = np.random.default_rng(0)
    scale = np.float32(width**-0.5)
    return [rng.standard_normal((width, width), np.float32) * scale for _ in range(LAYERS)]


def inputs(width: int, batch: int) -> Numbers:
    """Return inputs (batch, width), f4."""
    return np.random.default_rng(1).random((batch, width), np.float32)


def checksum(y: Numbers) -> float:
    """Return a number that outputs (…, width) must agree on: their mean against a ramp."""
    ramp = np.linspace(-1, 1, y.shape[-1])
    return float((y @ ramp).mean() / np.abs(ramp).sum())


def _onnx_model(width: int) -> bytes:
    from onnx import TensorProto, helper, numpy_helper

    nodes, constants = [], []
    flow = "x"
    for i, weight in enumerate(weights(width)):
        constants.append(numpy_helper.from_array(weight, f"W{i}"))
        constants.append(numpy_helper.from_array(np.zeros(width, np.float32), f"b{i}"))
        nodes.append(helper.make_node("Gemm", [flow, f"W{i}", f"b{i}"], [f"z{i}"], transB=1))
        nodes.append(helper.make_node("Sigmoid", [f"z{i}"], [f"y{i}"]))
        flow = f"y{i}"
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, (None, width))
        for name in ("x", flow)
    ]
    graph = helper.make_graph(nodes, "deep", ends[:1], ends[1:], constants)
    opsets = [helper.make_opsetid("", 17)]
    model: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()
    return model


def rows() -> tuple[Row, ...]:
    """Return the rows of the table."""
    return _one_wide(), _int8(), _one_narrow(), _many()


def _one_wide() -> Row:
    setting = {"width": 1024, "loops": 3}
    return Row(
        "forward-1024",
        "forward 100 × 1024², f4, batch 1",
        (
            Contender(SEED, seed, setting),
            Contender(SEED_COLUMNS, seed_by_columns, setting),
            *lanes(ours, **setting, batch=1),
            read_contender(LAYERS * 1024**2),
        ),
        (
            Comparison(SEED, 1.6, 1.9, rule=Same(1e-6)),
            Comparison(SEED_COLUMNS, rule=Same(1e-6)),
            Comparison(READ, fast=0.90, aim="97 %", measure=Measure.SHARE),
        ),
        repetitions=MEMORY_REPETITIONS,
    )


def _int8() -> Row:
    setting = {"width": 1024, "loops": 3}
    return Row(
        "forward-1024-int8",
        "forward 100 × 1024², int8 weights, batch 1",
        (
            Contender(SEED, seed, setting),
            *lanes(ours, **setting, batch=1, precision="int8")[1:],
            read_contender(LAYERS * 1024**2 // 4),
        ),
        (
            Comparison(SEED, fast=5.5, aim="8×", rule=Same(1e-4)),
            Comparison(READ, measure=Measure.SHARE),
        ),
        repetitions=MEMORY_REPETITIONS,
    )


def _one_narrow() -> Row:
    setting = {"width": 128, "loops": 200}
    return Row(
        "forward-128",
        "forward 100 × 128², f4, batch 1",
        (
            Contender(SEED, seed, setting),
            Contender(EAGER, pytorch, {**setting, "batch": 1}, peer=True),
            Contender(ONNX, onnx, {**setting, "batch": 1}),
            *lanes(ours, **setting, batch=1),
            read_contender(LAYERS * 128**2),
        ),
        (
            Comparison(SEED, 3.3, 6.0, "8×", rule=Same(1e-6)),
            Comparison(EAGER, 4.5, 8.0, "10×", rule=Same(1e-6)),
            Comparison(ONNX, rule=Same(1e-6)),
            Comparison(READ, measure=Measure.SHARE),
        ),
        quick=True,
    )


def _many() -> Row:
    shapes = [(64, 1024, 1024)]
    setting = {"width": 1024, "batch": 64, "loops": 1}
    return Row(
        "forward-batch",
        "forward 100 × 1024², f4, batch 64",
        (
            Contender(EAGER, pytorch, setting, peer=True),
            *lanes(ours, **setting),
            peak_contender(shapes, LAYERS),
            products_contender(shapes, LAYERS),
        ),
        (
            Comparison(EAGER, 1.1, 1.1, rule=Same(1e-6)),
            Comparison(PEAK, aim="85 %", measure=Measure.SHARE),
            Comparison(PRODUCTS, measure=Measure.SHARE),
        ),
    )
