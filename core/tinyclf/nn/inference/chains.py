"""Dense layers in a row, run for one input or for many, with weights of three kinds.

Many inputs lie in columns, so that a matrix stands to the left: a product of a large matrix with a
few columns is up to a half faster than that of a few rows with a large matrix.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.finite import check_in_precision
from tinyclf.nn.inference.dense import DenseNetwork
from tinyclf.nn.inference.rounding import Weights, as_half, as_int8
from tinyclf.nn.kernels.activations import activation
from tinyclf.nn.kernels.dense_chain import dense_chain, fastest_by_outputs_from
from tinyclf.nn.kernels.half_chain import half_chain
from tinyclf.nn.kernels.int8_chain import int8_chain
from tinyclf.nn.kernels.kernel import Kernel
from tinyclf.nn.kernels.places import places


class Chain(ABC):
    """Dense layers, their parameters in a few long vectors.

    Args:
        network: The layers.
        dtype: Of the arithmetic: ``float32`` or ``float64``.
        backend: Where it shall live.
        rows_for_bias: How many rows of a layer's matrix are its biases: 1, or 0 if they lie apart.
    """

    _vectors: tuple[Array, ...]
    """The parameters."""

    def __init__(
        self,
        network: DenseNetwork,
        dtype: np.dtype[Any],
        backend: Backend,
        *,
        rows_for_bias: int = 0,
    ) -> None:
        layers = network.layers
        self._factor, self._offset = network.factor, network.offset
        self._backend = backend
        self._dtype = dtype
        widths = [layers[0].W.shape[1], *(len(dense.b) for dense in layers)]
        self._widths = np.asarray(widths, np.int64)
        self._activations = np.array([dense.activation for dense in layers], np.float64)
        self._shapes = [(inputs + rows_for_bias, outputs) for inputs, outputs in pairwise(widths)]
        self._places = list(places(self._shapes))

    @property
    def n_bytes(self) -> int:
        """The memory its parameters take."""
        return sum(int(vector.nbytes) for vector in self._vectors)

    def __call__(self, x: Array) -> Array:
        """Return the outputs (n, outputs), a new array, of inputs (n, *input_shape)."""
        flat = x.reshape(len(x), -1)
        y = self._one(flat[0])[None] if len(flat) == 1 else self._many(flat.T).T
        if (self._factor, self._offset) != (1, 0):
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
            activation(xp, self._activations[layer].tolist())(z, z)
            rooms[(layer + 1) % 2, outputs] = 1
        result: Array = rooms[len(self._activations) % 2, : int(self._widths[-1])]
        return result

    def _empty(self, dtype: Any) -> np.ndarray[Any, Any]:
        """Return room for all matrices in a row, in main memory."""
        return np.empty(sum(rows * outputs for rows, outputs in self._shapes), dtype)

    def _folded(self, network: DenseNetwork) -> Iterator[tuple[slice, slice, Weights, Weights]]:
        """Yield, layer by layer, the places of its matrix and its outputs, its weights and biases.

        Raises:
            InputError: one is not finite in the precision of the arithmetic.
        """
        for dense, (matrix, units) in zip(network.layers, self._places, strict=True):
            W, b = dense.folded()
            check_in_precision(W, self._dtype)
            check_in_precision(b, self._dtype)
            yield matrix, units, W, b


class FloatChain(Chain):
    """Weights in the precision of the arithmetic; see the kernel for how they lie."""

    def __init__(self, network: DenseNetwork, dtype: np.dtype[Any], backend: Backend) -> None:
        super().__init__(network, dtype, backend, rows_for_bias=1)
        self._by_outputs_from = fastest_by_outputs_from(backend.lane)
        weights = self._empty(dtype)
        for matrix, _, W, b in self._folded(network):
            weights[matrix] = _with_biases(W, b, self._by_outputs_from).ravel()
        self._vectors = (backend.asarray(weights),)

    def _one(self, x: Array) -> Array:
        """Return the outputs of one input."""
        run = self._backend.kernel(dense_chain)
        (weights,) = self._vectors
        return run(weights, self._widths, self._activations, self._by_outputs_from, x)

    def _matrix(self, layer: int) -> tuple[Array, Array | None]:
        (columns, outputs), (matrix, _) = self._shapes[layer], self._places[layer]
        (weights,) = self._vectors
        flat = weights[matrix]
        if columns > self._by_outputs_from:
            return flat.reshape(outputs, columns), None
        return flat.reshape(columns, outputs).T, None


class RoundedChain(Chain):
    """Weights in fewer bytes, with a scale for each output; widened as they are used."""

    _kernel: ClassVar[Kernel[..., Array]]
    """Runs it for one input."""

    _bits: ClassVar[Any]
    """The dtype that the kernel takes the rounded weights as."""

    _stored: ClassVar[Any]
    """The dtype that they are."""

    @staticmethod
    @abstractmethod
    def _rounded(W: Weights) -> tuple[Array, Weights]:
        """Return weights (outputs, inputs) rounded, and the scales (outputs, 1)."""

    def __init__(self, network: DenseNetwork, dtype: np.dtype[Any], backend: Backend) -> None:
        super().__init__(network, dtype, backend)
        steps = self._empty(self._bits)
        scales, biases = np.empty((2, int(self._widths[1:].sum())), dtype)
        for matrix, units, W, b in self._folded(network):
            rounded, scale = self._rounded(W)
            steps[matrix] = np.ascontiguousarray(rounded).view(self._bits).ravel()
            scales[units], biases[units] = scale[:, 0], b
        self._vectors = (
            backend.asarray(steps),
            backend.asarray(scales),
            backend.asarray(biases),
        )

    def _one(self, x: Array) -> Array:
        """Return the outputs of one input."""
        run = self._backend.kernel(self._kernel)
        return run(*self._vectors, self._widths, self._activations, x)

    def _matrix(self, layer: int) -> tuple[Array, Array | None]:
        (inputs, outputs), (matrix, units) = self._shapes[layer], self._places[layer]
        steps, scales, biases = self._vectors
        stored = steps[matrix].view(self._stored)
        W: Array = stored.reshape(outputs, inputs).astype(self._dtype)
        W *= scales[units, None]
        return W, biases[units]


class HalfChain(RoundedChain):
    """Weights in float16."""

    _kernel, _bits, _stored = half_chain, np.uint16, np.float16

    @staticmethod
    def _rounded(W: Weights) -> tuple[Array, Weights]:
        return as_half(W, outputs=0)


class Int8Chain(RoundedChain):
    """Weights in one byte each."""

    _kernel, _bits, _stored = int8_chain, np.int8, np.int8

    @staticmethod
    def _rounded(W: Weights) -> tuple[Array, Weights]:
        return as_int8(W, outputs=0)


def _with_biases(W: Weights, b: Weights, by_outputs_from: int) -> Weights:
    """Return a layer's parameters as :mod:`tinyclf.nn.kernels.dense_chain` wants them."""
    both = np.column_stack([W, b])
    return both if W.shape[1] >= by_outputs_from else both.T
