"""A trained network as matrices with a plain activation after each: all else is folded into them.

- Dropout does nothing when predicting, nor does flattening to numbers that lie in a row.
- The sigmoid is ½ + ½ tanh(x / 2). The inner half goes into the weights before it, the outer
  factor and offset into the weights and biases behind it: what is left is tanh, which is faster
  and whose layers need no arithmetic of their own.
- Batch normalisation with fixed statistics is a factor and an offset: into the layer before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from tinyclf.nn.arrays import Views
from tinyclf.nn.inference.tanh_stability import stable_sigmoid, stable_tanh
from tinyclf.nn.kernels.activations import PLAIN, RELU, Activation
from tinyclf.nn.layers import BatchNorm, Dropout, Flatten, Layer, Linear, ReLU, Sigmoid, Tanh
from tinyclf.nn.layers.batch_norm import running_variance

Floats: TypeAlias = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Dense:
    """a(outer · (W (inner · t + shift) + b) + offset), a layer with its neighbours folded into it.

    Nothing is computed before :meth:`folded`, so that of a large network no second copy is made.

    Attributes:
        W: Weights (outputs, inputs), as they lie in the network's parameters.
        b: Biases (outputs,), likewise.
        activation: a.
        inner: What the inputs are multiplied by.
        shift: What is added to them then.
        outer: What the sums are multiplied by, single or by output.
        offset: What is added to them then, likewise.
    """

    W: Floats
    b: Floats
    activation: Activation = PLAIN
    inner: float = 1.0
    shift: float = 0.0
    outer: Floats | float = 1.0
    offset: Floats | float = 0.0

    def scaled(self, factor: Floats | float, offset: Floats | float = 0.0) -> Dense:
        """Return it with what is in front of its activation times factor, plus offset."""
        return replace(self, outer=self.outer * factor, offset=self.offset * factor + offset)

    def folded(self) -> tuple[Floats, Floats]:
        """Return the weights (outputs, inputs) and biases (outputs,) in float64, all folded in."""
        W, b = np.asarray(self.W, np.float64), np.asarray(self.b, np.float64)
        if self.shift:
            b = b + self.shift * W.sum(axis=1)
        b = b * self.outer + self.offset
        factor = self.inner * np.reshape(self.outer, (-1, 1))
        return (W if (factor == 1).all() else W * factor), b


@dataclass(frozen=True, eq=False)
class DenseNetwork:
    """A network as dense layers.

    Attributes:
        layers: One after the other.
        factor: What the last layer's outputs are multiplied by.
        offset: What is added to them then.
    """

    layers: tuple[Dense, ...]
    factor: float = 1.0
    offset: float = 0.0


def as_dense(layers: Sequence[Layer], views: Sequence[Views]) -> DenseNetwork | None:
    """Return a network as dense layers; None where it cannot be.

    Args:
        layers: The network's.
        views: The parameters of each by name, in main memory.
    """
    dense: list[Dense] = []
    factor, offset = 1.0, 0.0
    for layer, parameters in zip(layers, views, strict=True):
        open_ = bool(dense) and dense[-1].activation == PLAIN
        match layer:
            case Linear():
                W, b = parameters["W"].T, parameters["b"]
                dense.append(Dense(W, b, inner=factor, shift=offset))
                factor, offset = 1.0, 0.0
            case BatchNorm() if open_:
                dense[-1] = dense[-1].scaled(*_affine(layer, parameters))
            case ReLU() if open_:
                dense[-1] = replace(dense[-1], activation=Activation(RELU))
            case Tanh(stability) if open_:
                dense[-1] = replace(dense[-1], activation=stable_tanh(stability))
            case Sigmoid(stability) if open_:
                t = stable_sigmoid(stability)
                dense[-1] = replace(dense[-1].scaled(0.5), activation=t)
                factor, offset = 0.5, 0.5
            case Dropout() | Flatten():
                pass
            case _:
                return None
    return DenseNetwork(tuple(dense), factor, offset) if dense else None


def _affine(layer: BatchNorm, parameters: Views) -> tuple[Floats, Floats]:
    """Return factor and offset by feature of a batch normalisation when predicting."""
    scale, shift, mean = (
        np.asarray(parameters[name], np.float64) for name in ("scale", "shift", "mean")
    )
    variance = np.asarray(running_variance(np, parameters), np.float64)
    factor = scale / np.sqrt(variance + layer.epsilon)
    return factor, shift - mean * factor
