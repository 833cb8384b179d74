"""onnxruntime: the network as an ONNX model, on the processor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinyclf.benchmark.peers.weights import matrices
from tinyclf.benchmark.work import Workload, checksum_of

if TYPE_CHECKING:
    from tinyclf.benchmark.kinds import Inference, Training

LARGEST = 2_000_000_000
"""Bytes of a model: protocol buffers end at two gibibytes."""

X, Y = "x", "y"

COPIES = 6
"""Of the drawn weights, at most: the core's, the graph's, the file's three times, and its own."""


def refusal(case: Inference | Training) -> str:
    """Return what onnxruntime cannot do, in a sentence; empty if it can do it all."""
    if case.kind == "training":
        return "onnxruntime does not train: choose tinyclf, pytorch or scikit-learn."
    if case.performance.device != "cpu":
        return "onnxruntime is measured on the processor alone: choose the device cpu."
    if case.math.precision not in ("f4", "f8"):
        return (
            f"onnxruntime has no layers in {case.math.precision} that compare with ours: "
            "choose f4 or f8."
        )
    if case.work().read_bytes // case.nepochs > LARGEST:
        return "onnxruntime reads models of at most 2 GB: choose fewer or narrower layers."
    return ""


def inference(case: Inference) -> Workload:
    """Return the passes."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = case.performance.threads or 0
    session = onnxruntime.InferenceSession(_model(case), options, ["CPUExecutionProvider"])
    inputs = {X: case.inputs()}

    def run() -> Any:
        for _ in range(case.nepochs):
            (y,) = session.run([Y], inputs)
        return y

    return Workload(run, checksum_of)


def _model(case: Inference) -> bytes:
    """Return the network as a file."""
    import onnx

    from tinyclf.nn.architecture import ACTIVATIONS
    from tinyclf.nn.onnx_model.graph import IR_VERSION, OPSET, Graph
    from tinyclf.nn.onnx_model.layers import add_layer

    graph = Graph(case.inputs().dtype)
    activation = ACTIVATIONS[case.math.activation]()
    flow = X
    for number, (weights, biases) in enumerate(matrices(case)):
        names = graph.array(f"W{number}", weights), graph.array(f"b{number}", biases)
        flow = add_layer(graph, activation, {}, graph.add("Gemm", flow, *names))
    graph.name(flow, Y)
    ends = [
        onnx.helper.make_tensor_value_info(end, graph.element_type, ["n", case.shape.dimension])
        for end in (X, Y)
    ]
    whole = onnx.helper.make_graph(
        graph.nodes, "deep", ends[:1], ends[1:], list(graph.initializers.values())
    )
    opset = onnx.helper.make_opsetid("", OPSET)
    model: bytes = onnx.helper.make_model(
        whole, opset_imports=[opset], ir_version=IR_VERSION
    ).SerializeToString()
    return model
