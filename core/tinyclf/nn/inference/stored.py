"""Weights as they lie in memory when only predicting: the fewer bytes, the faster for one input.

Predicting for one input reads every weight once, and memory is slower than arithmetic. So half
precision is worth up to two times the speed of single, bytes up to four.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.inference.folding import Dense
from tinyclf.nn.kernels.half_product import half_product
from tinyclf.nn.kernels.int8_product import int8_product

LARGEST_HALF = 65504.0


class Stored(Protocol):
    """One layer's matrix and biases, in some form."""

    @property
    def n_bytes(self) -> int:
        """The memory they take."""

    def times(self, x: Array, y: Array, *, backend: Backend) -> None:
        """Make y ← W x + b.

        Args:
            x: One input (inputs,), or a batch with an input in each column (inputs, n).
            y: Receives the outputs (outputs,) or (outputs, n).
            backend: Whose arrays these are.
        """


class Half:
    """Weights in float16, 2 bytes each; sums in the precision of the inputs.

    Args:
        dense: The layer; weights beyond ±65,504 become that.
        dtype: Of the arithmetic.
        backend: Where they shall live.
    """

    def __init__(self, dense: Dense, dtype: np.dtype[Any], backend: Backend) -> None:
        halves = np.clip(dense.W, -LARGEST_HALF, LARGEST_HALF).astype(np.float16)
        self._W = backend.asarray(np.ascontiguousarray(halves).view(np.uint16))
        self._b = backend.asarray(dense.b, dtype)

    @property
    def n_bytes(self) -> int:
        """The memory of weights and biases."""
        return int(self._W.nbytes + self._b.nbytes)

    def times(self, x: Array, y: Array, *, backend: Backend) -> None:
        """Make y ← W x + b."""
        if x.ndim == 1:
            backend.kernel(half_product)(self._W, self._b, x, y)
            return
        xp = backend.xp
        xp.matmul(self._W.view(xp.float16).astype(x.dtype), x, out=y)
        y += self._b[:, None]


class Int8:
    """Weights in one byte each, with a scale for each row: the largest of a row is ±127.

    Args:
        dense: The layer.
        dtype: Of the arithmetic.
        backend: Where they shall live.
    """

    def __init__(self, dense: Dense, dtype: np.dtype[Any], backend: Backend) -> None:
        largest = np.abs(dense.W).max(axis=1)
        scale = np.where(largest > 0, largest / 127, 1.0)
        steps = np.rint(dense.W / scale[:, None]).astype(np.int8)
        self._W = backend.asarray(np.ascontiguousarray(steps))
        self._scale = backend.asarray(scale, dtype)
        self._b = backend.asarray(dense.b, dtype)

    @property
    def n_bytes(self) -> int:
        """The memory of weights, scales and biases."""
        return int(self._W.nbytes + self._scale.nbytes + self._b.nbytes)

    def times(self, x: Array, y: Array, *, backend: Backend) -> None:
        """Make y ← W x + b."""
        if x.ndim == 1:
            backend.kernel(int8_product)(self._W, self._scale, self._b, x, y)
            return
        backend.xp.matmul(self._W.astype(x.dtype), x, out=y)
        y *= self._scale[:, None]
        y += self._b[:, None]
