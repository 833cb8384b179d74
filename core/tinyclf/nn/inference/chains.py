"""Dense layers in a row, run for one input or for many."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.inference.folding import Folded
from tinyclf.nn.inference.stored import Half, Int8, Stored
from tinyclf.nn.kernels.dense_chain import RELU, TANH, dense_chain

SMALL: dict[str, type[Half] | type[Int8]] = {"f2": Half, "int8": Int8}
"""How weights are stored in fewer bytes than the arithmetic has."""


class Chain(Protocol):
    """Runs folded layers."""

    @property
    def n_bytes(self) -> int:
        """The memory its parameters take."""

    def one(self, x: Array) -> Array:
        """Return the outputs (outputs,) of one input (inputs,)."""

    def many(self, x: Array) -> Array:
        """Return the outputs (outputs, n) of inputs (inputs, n): feature-major, which BLAS likes.

        A product of a large matrix with a few columns is a third faster than that of a few rows
        with a large matrix.
        """


class FloatChain:
    """Weights in the precision of the arithmetic, in one vector; a bias is one more column.

    Args:
        folded: The network.
        dtype: ``float32`` or ``float64``.
        backend: Where it shall live.
    """

    def __init__(self, folded: Folded, dtype: np.dtype[Any], backend: Backend) -> None:
        self._backend = backend
        columns = [np.column_stack([dense.W, dense.b]) for dense in folded.layers]
        self._weights = backend.asarray(np.concatenate([W.ravel() for W in columns]), dtype)
        self._shapes = [W.shape for W in columns]
        widths = [self._shapes[0][1] - 1, *(rows for rows, _ in self._shapes)]
        self._widths = np.asarray(widths, np.int64)
        self._activations = np.asarray([dense.activation for dense in folded.layers], np.int64)

    @property
    def n_bytes(self) -> int:
        """The memory of the vector."""
        return int(self._weights.nbytes)

    def one(self, x: Array) -> Array:
        """Return the outputs of one input."""
        run = self._backend.kernel(dense_chain)
        return run(self._weights, self._widths, self._activations, x)

    def many(self, x: Array) -> Array:
        """Return the outputs of inputs in columns."""
        xp, n = self._backend.xp, x.shape[1]
        rooms = xp.ones((2, int(self._widths.max()) + 1, n), x.dtype)
        v = rooms[0, : len(x) + 1]
        v[:-1] = x
        start = 0
        for number, (outputs, inputs) in enumerate(self._shapes, start=1):
            stop = start + outputs * inputs
            z = rooms[number % 2, : outputs + 1]
            W = self._weights[start:stop].reshape(outputs, inputs)
            xp.matmul(W, v, out=z[:-1])
            _activate(xp, z[:-1], int(self._activations[number - 1]))
            z[-1] = 1
            v, start = z, stop
        outputs_: Array = v[:-1]
        return outputs_


class SmallChain:
    """Weights in fewer bytes than the arithmetic's, widened as they are used.

    Args:
        folded: The network.
        form: ``"f2"`` or ``"int8"``.
        dtype: Of the arithmetic.
        backend: Where it shall live.
    """

    def __init__(self, folded: Folded, form: str, dtype: np.dtype[Any], backend: Backend) -> None:
        self._backend = backend
        self._layers: list[tuple[Stored, int, int]] = [
            (SMALL[form](dense, dtype, backend), len(dense.b), dense.activation)
            for dense in folded.layers
        ]

    @property
    def n_bytes(self) -> int:
        """The memory of all layers."""
        return sum(stored.n_bytes for stored, _, _ in self._layers)

    def one(self, x: Array) -> Array:
        """Return the outputs of one input."""
        return self._run(x)

    def many(self, x: Array) -> Array:
        """Return the outputs of inputs in columns."""
        return self._run(x)

    def _run(self, x: Array) -> Array:
        xp = self._backend.xp
        for stored, outputs, activation in self._layers:
            y = xp.empty((outputs, *x.shape[1:]), x.dtype)
            stored.times(x, y, backend=self._backend)
            _activate(xp, y, activation)
            x = y
        return x


def _activate(xp: Any, y: Array, activation: int) -> None:
    if activation == RELU:
        xp.maximum(y, 0, out=y)
    elif activation == TANH:
        xp.tanh(y, out=y)
