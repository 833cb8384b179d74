"""Dense layers in a row, run for one input or for many, with weights of three kinds.

Many inputs lie in columns, so that a matrix stands to the left: a product of a large matrix with a
few columns is up to a half faster than that of a few rows with a large matrix.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import pairwise
from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.inference.dense import Dense, DenseNetwork
from tinyclf.nn.inference.rounding import as_half, as_int8
from tinyclf.nn.kernels.activations import activation
from tinyclf.nn.kernels.dense_chain import dense_chain, fastest_by_outputs_from
from tinyclf.nn.kernels.half_chain import half_chain
from tinyclf.nn.kernels.int8_chain import int8_chain
from tinyclf.nn.kernels.places import places


class Chain(ABC):
    """Dense layers, their parameters in a few long vectors.

    Args:
        network: The layers.
        dtype: Of the arithmetic: ``float32`` or ``float64``.
        backend: Where it shall live.
    """

    def __init__(self, network: DenseNetwork, dtype: np.dtype[Any], backend: Backend) -> None:
        layers = network.layers
        self._factor, self._offset = network.factor, network.offset
        self._backend = backend
        self._dtype = dtype
        widths = [layers[0].W.shape[1], *(len(dense.b) for dense in layers)]
        self._widths = np.asarray(widths, np.int64)
        self._activations = np.asarray([dense.activation for dense in layers], np.int64)

    @property
    @abstractmethod
    def n_bytes(self) -> int:
        """The memory its parameters take."""

    def __call__(self, x: Array) -> Array:
        """Return the outputs (n, outputs), a new array, of inputs (n, *input_shape)."""
        flat = x.reshape(len(x), -1)
        y = self._one(flat[0])[None] if len(flat) == 1 else self._many(flat.T).T
        if self._factor != 1:
            y *= self._factor
            y += self._offset
        return y

    @abstractmethod
    def _one(self, x: Array) -> Array:
        """Return the outputs (outputs,) of one input (inputs,)."""

    @abstractmethod
    def _matrix(self, layer: int) -> tuple[Array, Array | None]:
        """Return a layer's matrix (outputs, inputs), and its biases (outputs,).

        Without biases, they are the matrix's last column.
        """

    def _many(self, x: Array) -> Array:
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
            activation(xp, int(self._activations[layer]))(z, z)
            rooms[(layer + 1) % 2, outputs] = 1
        result: Array = rooms[len(self._activations) % 2, : int(self._widths[-1])]
        return result

    def _moved(self, parts: list[Array], dtype: Any) -> Array:
        """Return one vector of all, on the backend."""
        return self._backend.asarray(np.concatenate([part.ravel() for part in parts]), dtype)


class FloatChain(Chain):
    """Weights in the precision of the arithmetic; see the kernel for how they lie."""

    def __init__(self, network: DenseNetwork, dtype: np.dtype[Any], backend: Backend) -> None:
        super().__init__(network, dtype, backend)
        self._by_outputs_from = fastest_by_outputs_from(backend.lane)
        matrices = [_with_biases(dense, self._by_outputs_from) for dense in network.layers]
        self._weights = self._moved(matrices, dtype)
        self._shapes = [(i + 1, o) for i, o in pairwise(self._widths.tolist())]
        self._places = list(places(self._shapes))

    @property
    def n_bytes(self) -> int:
        """The memory of the weights and biases."""
        return int(self._weights.nbytes)

    def _one(self, x: Array) -> Array:
        """Return the outputs of one input."""
        run = self._backend.kernel(dense_chain)
        return run(self._weights, self._widths, self._activations, self._by_outputs_from, x)

    def _matrix(self, layer: int) -> tuple[Array, Array | None]:
        (columns, outputs), (matrix, _) = self._shapes[layer], self._places[layer]
        flat = self._weights[matrix]
        if columns > self._by_outputs_from:
            return flat.reshape(outputs, columns), None
        return flat.reshape(columns, outputs).T, None


class HalfChain(Chain):
    """Weights in float16, widened as they are used."""

    def __init__(self, network: DenseNetwork, dtype: np.dtype[Any], backend: Backend) -> None:
        super().__init__(network, dtype, backend)
        halves = [as_half(dense.W).view(np.uint16) for dense in network.layers]
        self._weights = self._moved(halves, np.uint16)
        self._biases = self._moved([dense.b for dense in network.layers], dtype)
        self._shapes = list(pairwise(self._widths.tolist()))
        self._places = list(places(self._shapes))

    @property
    def n_bytes(self) -> int:
        """The memory of the weights and biases."""
        return int(self._weights.nbytes + self._biases.nbytes)

    def _one(self, x: Array) -> Array:
        """Return the outputs of one input."""
        run = self._backend.kernel(half_chain)
        return run(self._weights, self._biases, self._widths, self._activations, x)

    def _matrix(self, layer: int) -> tuple[Array, Array | None]:
        (inputs, outputs), (matrix, units) = self._shapes[layer], self._places[layer]
        halves = self._weights[matrix].view(self._backend.xp.float16)
        return halves.reshape(outputs, inputs).astype(self._dtype), self._biases[units]


class Int8Chain(Chain):
    """Weights in one byte each, with a scale for each output."""

    def __init__(self, network: DenseNetwork, dtype: np.dtype[Any], backend: Backend) -> None:
        super().__init__(network, dtype, backend)
        rounded = [as_int8(dense.W, outputs=0) for dense in network.layers]
        self._weights = self._moved([steps for steps, _ in rounded], np.int8)
        self._scales = self._moved([scale for _, scale in rounded], dtype)
        self._biases = self._moved([dense.b for dense in network.layers], dtype)
        self._shapes = list(pairwise(self._widths.tolist()))
        self._places = list(places(self._shapes))

    @property
    def n_bytes(self) -> int:
        """The memory of the weights, scales and biases."""
        return int(self._weights.nbytes + self._scales.nbytes + self._biases.nbytes)

    def _one(self, x: Array) -> Array:
        """Return the outputs of one input."""
        run = self._backend.kernel(int8_chain)
        parts = self._weights, self._scales, self._biases
        return run(*parts, self._widths, self._activations, x)

    def _matrix(self, layer: int) -> tuple[Array, Array | None]:
        (inputs, outputs), (matrix, units) = self._shapes[layer], self._places[layer]
        W: Array = self._weights[matrix].reshape(outputs, inputs).astype(self._dtype)
        W *= self._scales[units, None]
        return W, self._biases[units]


def _with_biases(dense: Dense, by_outputs_from: int) -> Array:
    """Return a layer's parameters as :mod:`tinyclf.nn.kernels.dense_chain` wants them."""
    W = np.column_stack([dense.W, dense.b])
    return W if dense.W.shape[1] >= by_outputs_from else W.T
