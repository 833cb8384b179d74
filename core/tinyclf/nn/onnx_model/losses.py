"""What scores mean, as ONNX nodes: one function a loss, from scores to probabilities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tinyclf.errors import ModelError
from tinyclf.nn.losses import (
    Committee,
    Corn,
    CumulativeLink,
    Hinge,
    Loss,
    SoftmaxCrossEntropy,
    SquaredError,
)
from tinyclf.nn.losses.cumulative_link import SMALLEST_GAP
from tinyclf.nn.onnx_model.graph import Graph, Value
from tinyclf.nn.onnx_model.layers import Names


def add_probabilities(graph: Graph, loss: Loss, parameters: Names, scores: Value) -> Value:
    """Add the nodes of a loss's probabilities; return these (n, k).

    Args:
        graph: Grows.
        loss: The loss.
        parameters: Where the graph holds its parameters.
        scores: What the network gave (n, n_outputs).

    Raises:
        ModelError: losses of this kind have no form in ONNX.
    """
    if type(loss) not in WRITERS:
        raise ModelError(f"A network with the loss {loss} cannot be written as ONNX.")
    return WRITERS[type(loss)](graph, loss, parameters, scores)


def _softmax(graph: Graph, loss: Loss, parameters: Names, scores: Value) -> Value:
    return graph.add("Softmax", scores, axis=1)


def _committee(graph: Graph, loss: Committee, parameters: Names, scores: Value) -> Value:
    """Return the weighted mean of what the seats say."""
    wide, opinions = loss.of.n_outputs, []
    for seat, share in enumerate(loss.shares):
        part = graph.columns(scores, seat * wide, (seat + 1) * wide)
        p = add_probabilities(graph, loss.of, loss.of_seat(seat, parameters), part)
        opinions.append(graph.add("Mul", p, graph.number(share)))
    told = graph.add("Sum", *opinions)
    return graph.add("Div", told, graph.add("ReduceSum", told, graph.integers(1)))


def _cumulative_link(graph: Graph, loss: CumulativeLink, parameters: Names, scores: Value) -> Value:
    """Return softmax(log p): the logarithms as in :class:`.CumulativeLink`, nothing cancels."""
    gaps = graph.add("Add", _softplus(graph, parameters["steps"]), graph.number(SMALLEST_GAP))
    later = graph.add("Add", parameters["first"], graph.add("CumSum", gaps, graph.integer(0)))
    thresholds = graph.add("Concat", parameters["first"], later, axis=0)
    M = graph.add("Sub", thresholds, scores)
    log_p = _log_p(graph, _softplus(graph, M), _softplus(graph, graph.add("Neg", M)))
    rooms = graph.add("Pad", _log_room(graph, gaps), graph.integers(1, 1))
    return graph.add("Softmax", graph.add("Add", log_p, rooms), axis=1)


def _corn(graph: Graph, loss: Corn, parameters: Names, scores: Value) -> Value:
    """Return softmax(log p): the logarithms as in :class:`.Corn`."""
    passed = _softplus(graph, graph.add("Neg", scores))
    passed = graph.add("CumSum", passed, graph.integer(1))
    return graph.add("Softmax", _log_p(graph, passed, _softplus(graph, scores)), axis=1)


def _squared_error(graph: Graph, loss: SquaredError, parameters: Names, scores: Value) -> Value:
    """Return the scores above zero over their sum; where none is, as if all were 1."""
    zero, axis = graph.number(0), graph.integers(1)
    p = graph.add("Clip", scores, zero, graph.number(loss.highest(graph.dtype)))
    empty = graph.add("Equal", graph.add("ReduceSum", p, axis), zero)
    p = graph.add("Add", p, graph.cast(empty, graph.dtype))
    return graph.add("Div", p, graph.add("ReduceSum", p, axis))


def _log_p(graph: Graph, below: Value, above: Value) -> Value:
    """Return log p (n, k), of which class j lacks ``below`` j − 1 and ``above`` j (n, k − 1)."""
    below = graph.add("Pad", below, graph.integers(0, 1, 0, 0))
    above = graph.add("Pad", above, graph.integers(0, 0, 0, 1))
    return graph.add("Neg", graph.add("Add", below, above))


def _log_room(graph: Graph, gaps: Value) -> Value:
    """Return log(1 − exp(−gap)), as 1 − exp(−g) = 2t / (1 + t) with t = tanh(g / 2)."""
    t = graph.add("Tanh", graph.add("Mul", gaps, graph.number(0.5)))
    doubled = graph.add("Mul", t, graph.number(2))
    return graph.add("Log", graph.add("Div", doubled, graph.add("Add", t, graph.number(1))))


def _softplus(graph: Graph, x: Value) -> Value:
    """Return max(x, 0) + log(1 + exp(−|x|)): onnxruntime has no Softplus in double precision."""
    shrunk = graph.add("Exp", graph.add("Neg", graph.add("Abs", x)))
    curve = graph.add("Log", graph.add("Add", shrunk, graph.number(1)))
    return graph.add("Add", graph.add("Relu", x), curve)


WRITERS: dict[type[Any], Callable[[Graph, Any, Names, Value], Value]] = {
    Committee: _committee,
    Corn: _corn,
    CumulativeLink: _cumulative_link,
    Hinge: _softmax,
    SoftmaxCrossEntropy: _softmax,
    SquaredError: _squared_error,
}
"""How each kind of loss turns scores into probabilities."""
