"""A checkpoint as an ONNX file that any runtime can predict with."""

from __future__ import annotations

import functools
import json
from typing import Any

import numpy.typing as npt
import onnx

from tinyclf.errors import ModelError
from tinyclf.nn.checkpoint import (
    ARRAY,
    FORMAT,
    THETAS,
    Checkpoint,
    to_bytes,
    to_parts,
)
from tinyclf.nn.objective import Objective
from tinyclf.nn.onnx_model import names
from tinyclf.nn.onnx_model.graph import IR_VERSION, OPSET, Graph, Value
from tinyclf.nn.onnx_model.layers import add_layer
from tinyclf.nn.onnx_model.losses import add_probabilities
from tinyclf.nn.onnx_model.opinion import (
    Second,
    Standardize,
    averaged,
    mixed,
    require_temperature,
    standardized,
    tempered,
)
from tinyclf.nn.onnx_model.seal import sealed
from tinyclf.nn.sealed import Tensors

LARGEST = 2_000_000_000
"""Bytes of arrays in a file: protocol buffers end at two gibibytes."""


def to_onnx(
    checkpoint: Checkpoint,
    *,
    standardize: Standardize | None = None,
    temperature: float = 1.0,
    second: Second | None = None,
) -> bytes:
    """Return a checkpoint as an ONNX file; equal checkpoints give equal bytes.

    Its input is ``inputs`` (n, *input_shape), any n, in the precision of the parameters. Its
    outputs are ``probabilities`` (n, k), the mean of all networks' probabilities, and ``scores``
    (n, n_outputs), the mean of their scores; with a second opinion the probabilities are the
    mixture, and the scores remain the first bag's. All parameters are initializers by name, and the
    metadata holds the checkpoint's record and the names of the classes.

    ONNX keeps a leaky ReLU's slope and a batch norm's ε as float32 attributes, also in a file in
    double precision: there its results differ from ours in about the eighth digit. So do those of
    convolutions, which such a file runs in single precision: onnxruntime has them in no other.

    Args:
        checkpoint: What to write.
        standardize: How inputs are made ready within the graph; None to take them as they are.
        temperature: Each network's probabilities are tempered by it (``p^(1/T)``, normalised);
            0.001 to 1,000.
        second: Another bag that is heard, too; its inputs are made ready in the same way, by its
            own arrays. The checkpoint's array ``second`` must hold its bytes.

    Raises:
        ConfigError: the temperature is out of its range.
        ModelError: it holds a layer or loss without a form in ONNX, lacks the arrays to
            standardize with, is larger than such files can be, or the two do not fit each other.
        TypeError: ``preprocessing`` or ``training`` holds what JSON cannot.
        ValueError: it holds NaN or infinity, which JSON cannot either.
    """
    return sealed(
        model_of(checkpoint, standardize=standardize, temperature=temperature, second=second)
    )


def model_of(
    checkpoint: Checkpoint,
    *,
    standardize: Standardize | None = None,
    temperature: float = 1.0,
    second: Second | None = None,
) -> onnx.ModelProto:
    """Return what :func:`to_onnx` writes, before it is sealed."""
    _require_bytes(checkpoint, second)
    graph = Graph(checkpoint.thetas.dtype)
    temperature = require_temperature(temperature)
    scores, told, metadata = _bag(graph, checkpoint, standardize, temperature)
    if second is not None:
        second.require(checkpoint)
        _, other, more = _bag(
            graph, second.checkpoint, standardize, second.temperature, names.OF_SECOND
        )
        told, metadata = mixed(graph, told, other, second.share), {**metadata, **more}
    graph.name(scores, names.SCORES)
    graph.name(told, names.PROBABILITIES)
    return _model(graph, checkpoint, metadata)


def _bag(
    graph: Graph,
    checkpoint: Checkpoint,
    standardize: Standardize | None,
    temperature: float,
    prefix: str = "",
) -> tuple[Value, Value, dict[str, str]]:
    """Add a bag; return its mean scores and probabilities, and its metadata."""
    record, tensors = to_parts(checkpoint)
    _require_fit(checkpoint, tensors)
    if standardize is not None:
        standardize.require(checkpoint)
    for name in sorted(tensors.keys() - {THETAS, ARRAY + names.SECOND}):
        graph.array(prefix + name, tensors[name])
    scores, opinions = [], []
    for member, theta in enumerate(checkpoint.thetas):
        x = names.INPUTS
        if standardize is not None:
            x = standardized(graph, standardize, checkpoint, member, x, prefix)
        score, p = _network(graph, checkpoint, member, theta, x, prefix)
        scores.append(score)
        opinions.append(p if temperature == 1 else tempered(graph, p, temperature))
    metadata = {prefix + names.MEMBERS: str(len(checkpoint.thetas)), prefix + FORMAT: record}
    return averaged(graph, scores), averaged(graph, opinions), metadata


def _require_bytes(checkpoint: Checkpoint, second: Second | None) -> None:
    """Make sure that the way back will find what it was told: all of the second, or nothing."""
    held = checkpoint.arrays.get(names.SECOND)
    wanted = None if second is None else to_bytes(second.checkpoint)
    if (None if held is None else held.tobytes()) != wanted:
        raise ModelError(
            f"The model's array {names.SECOND!r} is not the second opinion given: name both, or "
            "neither."
        )


def _require_fit(checkpoint: Checkpoint, tensors: Tensors) -> None:
    if sum(array.nbytes for array in tensors.values()) > LARGEST:
        raise ModelError("The model is too large for an ONNX file: they end at 2 GB.")
    if checkpoint.thetas.size == 0:
        raise ModelError("A network without parameters is not worth an ONNX file.")


def _network(
    graph: Graph,
    checkpoint: Checkpoint,
    member: int,
    theta: npt.NDArray[Any],
    x: Value,
    prefix: str,
) -> tuple[Value, Value]:
    """Add one network of the bag; return its scores and probabilities."""
    objective = Objective(checkpoint.network, checkpoint.loss)
    called = names.parameter_names(objective, member, prefix)
    for part, views in zip(called, objective.layout.views(theta), strict=True):
        for name, array in views.items():
            graph.array(part[name], array)
    for layer, parameters in zip(checkpoint.network.layers, called, strict=False):
        x = add_layer(graph, layer, parameters, x)
    return x, add_probabilities(graph, checkpoint.loss, called[-1], x)


def _model(graph: Graph, checkpoint: Checkpoint, metadata: dict[str, str]) -> onnx.ModelProto:
    """Return the whole model around a graph, checked."""
    loss = checkpoint.loss
    make = functools.partial(onnx.helper.make_tensor_value_info, elem_type=graph.element_type)
    whole = onnx.helper.make_graph(
        graph.nodes,
        "tinyclf",
        [make(names.INPUTS, shape=["n", *checkpoint.network.input_shape])],
        [
            make(names.SCORES, shape=["n", loss.n_outputs]),
            make(names.PROBABILITIES, shape=["n", loss.classes]),
        ],
        list(graph.initializers.values()),
    )
    opset = onnx.helper.make_opsetid("", OPSET)
    model = onnx.helper.make_model(
        whole, opset_imports=[opset], ir_version=IR_VERSION, producer_name="Tiny Classifier"
    )
    classes = {names.CLASSES: json.dumps(checkpoint.classes)}
    onnx.helper.set_model_props(model, {**classes, **metadata})
    onnx.checker.check_model(model)
    return model
