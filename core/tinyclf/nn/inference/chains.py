"""Dense layers in a row, run for one input or for many, with weights of three kinds.

Many inputs lie in columns, so that a matrix stands to the left: a product of a large matrix with a
few columns is up to a half faster than that of a few rows with a large matrix.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.inference.folding import Dense, Folded
from tinyclf.nn.inference.rounding import as_half, as_int8
from tinyclf.nn.kernels.dense_chain import RELU, TANH, dense_chain
from tinyclf.nn.kernels.half_chain import half_chain
from tinyclf.nn.kernels.int8_chain import int8_chain
from tinyclf.nn.kernels.kernel import COMPILED

LONG = 512
"""Inputs from which on NumPy is faster with sums of products of rows than with sums of scaled
columns; compiled loops always are."""


class Chain(ABC):
    """Folded layers, their parameters in a few long vectors.

    Args:
        folded: The network.
        dtype: Of the arithmetic: ``float32`` or ``float64``.
        backend: Where it shall live.
    """

    def __init__(self, folded: Folded, dtype: np.dtype[Any], backend: Backend) -> None:
        layers = folded.layers
        self._backend = backend
        self._dtype = dtype
        widths = [layers[0].W.shape[1], *(len(dense.b) for dense in layers)]
        self._widths = np.asarray(widths, np.int64)
        self._activations = np.asarray([dense.activation for dense in layers], np.int64)

    @property
    @abstractmethod
    def n_bytes(self) -> int:
        """The memory its parameters take."""

    @abstractmethod
    def one(self, x: Array) -> Array:
        """Return the outputs (outputs,) of one input (inputs,)."""

    @abstractmethod
    def _matrix(self, layer: int) -> tuple[Array, Array | None]:
        """Return a layer's matrix (outputs, inputs), and its biases (outputs,).

        Without biases, they are the matrix's last column.
        """

    def many(self, x: Array) -> Array:
        """Return the outputs (outputs, n) of inputs (inputs, n)."""
        xp, n = self._backend.xp, x.shape[1]
        rooms = xp.ones((2, int(self._widths.max()) + 1, n), x.dtype)
        rooms[0, : len(x)] = x
        for layer, outputs in enumerate(self._widths[1:].tolist()):
            v, z = rooms[layer % 2], rooms[(layer + 1) % 2, :outputs]
            W, b = self._matrix(layer)
            xp.matmul(W, v[: W.shape[1]], out=z)
            if b is not None:
                z += b[:, None]
            _activate(xp, z, int(self._activations[layer]))
            rooms[(layer + 1) % 2, outputs] = 1
        result: Array = rooms[len(self._activations) % 2, : int(self._widths[-1])]
        return result

    def _moved(self, parts: list[Array], dtype: Any) -> Array:
        """Return one vector of all, on the backend."""
        return self._backend.asarray(np.concatenate([part.ravel() for part in parts]), dtype)


class FloatChain(Chain):
    """Weights in the precision of the arithmetic; see the kernel for how they lie."""

    def __init__(self, folded: Folded, dtype: np.dtype[Any], backend: Backend) -> None:
        super().__init__(folded, dtype, backend)
        self._long = 0 if backend.lane.name == COMPILED else LONG
        matrices = [_with_biases(dense, self._long) for dense in folded.layers]
        self._weights = self._moved(matrices, dtype)
        sizes = (self._widths[:-1] + 1) * self._widths[1:]
        self._starts = [0, *np.cumsum(sizes).tolist()]

    @property
    def n_bytes(self) -> int:
        """The memory of the weights and biases."""
        return int(self._weights.nbytes)

    def one(self, x: Array) -> Array:
        """Return the outputs of one input."""
        run = self._backend.kernel(dense_chain)
        return run(self._weights, self._widths, self._activations, self._long, x)

    def _matrix(self, layer: int) -> tuple[Array, Array | None]:
        inputs, outputs = self._widths[layer : layer + 2].tolist()
        flat = self._weights[self._starts[layer] : self._starts[layer + 1]]
        if inputs >= self._long:
            return flat.reshape(outputs, inputs + 1), None
        return flat.reshape(inputs + 1, outputs).T, None


class HalfChain(Chain):
    """Weights in float16, widened as they are used."""

    def __init__(self, folded: Folded, dtype: np.dtype[Any], backend: Backend) -> None:
        super().__init__(folded, dtype, backend)
        halves = [as_half(dense.W).view(np.uint16) for dense in folded.layers]
        self._weights = self._moved(halves, np.uint16)
        self._biases = self._moved([dense.b for dense in folded.layers], dtype)
        self._places = _places(self._widths)

    @property
    def n_bytes(self) -> int:
        """The memory of the weights and biases."""
        return int(self._weights.nbytes + self._biases.nbytes)

    def one(self, x: Array) -> Array:
        """Return the outputs of one input."""
        run = self._backend.kernel(half_chain)
        return run(self._weights, self._biases, self._widths, self._activations, x)

    def _matrix(self, layer: int) -> tuple[Array, Array | None]:
        weights, outputs, shape = self._places[layer]
        halves = self._weights[weights].view(self._backend.xp.float16)
        return halves.reshape(shape).astype(self._dtype), self._biases[outputs]


class Int8Chain(Chain):
    """Weights in one byte each, with a scale for each output."""

    def __init__(self, folded: Folded, dtype: np.dtype[Any], backend: Backend) -> None:
        super().__init__(folded, dtype, backend)
        rounded = [as_int8(dense.W, outputs=0) for dense in folded.layers]
        self._weights = self._moved([steps for steps, _ in rounded], np.int8)
        self._scales = self._moved([scale for _, scale in rounded], dtype)
        self._biases = self._moved([dense.b for dense in folded.layers], dtype)
        self._places = _places(self._widths)

    @property
    def n_bytes(self) -> int:
        """The memory of the weights, scales and biases."""
        return int(self._weights.nbytes + self._scales.nbytes + self._biases.nbytes)

    def one(self, x: Array) -> Array:
        """Return the outputs of one input."""
        run = self._backend.kernel(int8_chain)
        parts = self._weights, self._scales, self._biases
        return run(*parts, self._widths, self._activations, x)

    def _matrix(self, layer: int) -> tuple[Array, Array | None]:
        weights, outputs, shape = self._places[layer]
        W: Array = self._weights[weights].reshape(shape).astype(self._dtype)
        W *= self._scales[outputs, None]
        return W, self._biases[outputs]


def _with_biases(dense: Dense, long: int) -> Array:
    """Return a layer's parameters as :mod:`tinyclf.nn.kernels.dense_chain` wants them."""
    W = np.column_stack([dense.W, dense.b])
    return W if dense.W.shape[1] >= long else W.T


def _places(widths: Array) -> list[tuple[slice, slice, tuple[int, int]]]:
    """Return where each layer's weights and outputs lie in the vectors, and its shape."""
    places, start, first = [], 0, 0
    for inputs, outputs in zip(widths[:-1].tolist(), widths[1:].tolist(), strict=True):
        stop, last = start + inputs * outputs, first + outputs
        places.append((slice(start, stop), slice(first, last), (outputs, inputs)))
        start, first = stop, last
    return places


def _activate(xp: Any, y: Array, activation: int) -> None:
    if activation == RELU:
        xp.maximum(y, 0, out=y)
    elif activation == TANH:
        xp.tanh(y, out=y)
