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
from tinyclf.nn.kernels.activations import NONE, RELU, TANH
from tinyclf.nn.layers import BatchNorm, Dropout, Flatten, Layer, Linear, ReLU, Sigmoid, Tanh

Matrix: TypeAlias = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Dense:
    """a(W x + b).

    Attributes:
        W: Weights (outputs, inputs).
        b: Biases (outputs,).
        activation: a: NONE, RELU or TANH.
    """

    W: Matrix
    b: Matrix
    activation: int = NONE

    def scaled(self, factor: Matrix | float, offset: Matrix | float = 0.0) -> Dense:
        """Return factor · (W x + b) + offset, factor and offset single or by output."""
        by_row = np.reshape(factor, (-1, 1))
        return replace(self, W=self.W * by_row, b=self.b * factor + offset)

    def fed(self, factor: float, offset: float) -> Dense:
        """Return the same function of t for inputs x = factor · t + offset."""
        return replace(self, W=self.W * factor, b=self.b + offset * self.W.sum(axis=1))


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
    """Return a network as dense layers, computed in float64; None where it cannot be.

    Args:
        layers: The network's.
        views: The parameters of each by name, in main memory.
    """
    dense: list[Dense] = []
    factor, offset = 1.0, 0.0
    for layer, parameters in zip(layers, views, strict=True):
        open_ = bool(dense) and dense[-1].activation == NONE
        match layer:
            case Linear():
                W, b = (np.asarray(parameters[name], np.float64) for name in ("W", "b"))
                dense.append(Dense(W.T, b).fed(factor, offset))
                factor, offset = 1.0, 0.0
            case BatchNorm() if open_:
                dense[-1] = dense[-1].scaled(*_affine(layer, parameters))
            case ReLU() if open_:
                dense[-1] = replace(dense[-1], activation=RELU)
            case Tanh() if open_ and layer == Tanh():
                dense[-1] = replace(dense[-1], activation=TANH)
            case Sigmoid() if open_ and layer == Sigmoid():
                dense[-1] = replace(dense[-1].scaled(0.5), activation=TANH)
                factor, offset = 0.5, 0.5
            case Dropout() | Flatten():
                pass
            case _:
                return None
    return DenseNetwork(tuple(dense), factor, offset) if dense else None


def _affine(layer: BatchNorm, parameters: Views) -> tuple[Matrix, Matrix]:
    """Return factor and offset by feature of a batch normalisation when predicting."""
    scale, shift, mean, variance = (
        np.asarray(parameters[name], np.float64) for name in ("scale", "shift", "mean", "variance")
    )
    factor = scale / np.sqrt(variance + layer.epsilon)
    return factor, shift - mean * factor
