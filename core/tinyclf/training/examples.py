"""What a network is trained or judged on: inputs, and which class each of them is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from tinyclf.errors import InputError
from tinyclf.nn.arrays import Array, Shape
from tinyclf.nn.backend import Backend
from tinyclf.nn.finite import all_finite, first_spoiled_row
from tinyclf.nn.kernels.gather_rows import gather_rows
from tinyclf.nn.ranges import require, settle
from tinyclf.training.given import check_classes, check_rows

CHUNK = 1024
"""Examples scaled at a time where all are looked at."""

LARGEST_SCALE = 1e300


@dataclass(frozen=True, eq=False)
class Examples:
    """Inputs with their classes, at least one.

    Attributes:
        x: (n, *input_shape), floats of any precision, or whole numbers such as the bytes of
            pictures.
        y: Classes (n,) from 0.
        scale: A factor on every input, applied batch by batch: 1 / 255 for bytes; −1e300 to 1e300.

    Raises:
        ConfigError: the scale is out of its range.
        InputError: there are no inputs, or not as many classes as inputs; the inputs are not real
            numbers, or the classes not whole ones from 0.
    """

    x: NDArray[Any]
    y: NDArray[np.integer[Any]]
    scale: float = 1.0

    def __post_init__(self) -> None:
        check_rows("The inputs", self.x)
        check_classes(self.y)
        if len(self.x) != len(self.y):
            raise InputError(
                f"There are {len(self.x)} inputs, but {len(self.y)} classes: give one for each."
            )
        if len(self.x) == 0:
            raise InputError("There are no examples: give at least one.")
        if self.y.min() < 0:
            raise InputError(f"Classes must be whole numbers from 0, not {self.y.min()}.")
        scale = require("The scale of examples", self.scale, -LARGEST_SCALE, LARGEST_SCALE)
        settle(self, scale=scale)

    def __len__(self) -> int:
        return len(self.x)

    def some(self, n: int, rng: np.random.Generator) -> Examples:
        """Return n of them, chosen at random and in their order; all, if there are no more."""
        if len(self) <= n:
            return self
        rows = np.sort(rng.choice(len(self), n, replace=False))
        return Examples(self.x[rows], self.y[rows], self.scale)

    def chunks(self, dtype: DTypeLike, size: int = CHUNK) -> Iterator[NDArray[Any]]:
        """Yield all inputs in their order, scaled, so many at a time.

        Args:
            dtype: The precision of the arithmetic.
            size: Of all chunks but the last, at least 1.

        Raises:
            InputError: a scaled input is NaN or infinite in that precision; the message names it.
        """
        for start in range(0, len(self), size):
            with np.errstate(over="ignore", invalid="ignore"):
                rows = np.asarray(self.x[start : start + size], dtype)
                chunk = np.multiply(rows, self.scale, dtype=dtype)
            if not all_finite(np, chunk):
                row = start + first_spoiled_row(np, chunk)
                raise InputError(
                    f"Input {row} of the examples holds NaN or infinity, or a number too large "
                    f"for {np.dtype(dtype)}. Mend the input, or leave it out."
                )
            yield chunk

    def check_finite(self, dtype: DTypeLike) -> None:
        """Check that every input, scaled, is finite in the precision of the arithmetic.

        Raises:
            InputError: one is not; the message names it.
        """
        if _bound(self.x.dtype) * abs(self.scale) <= float(np.finfo(dtype).max):
            return
        for _ in self.chunks(dtype):
            pass

    def check_shapes(self, input_shape: Shape, classes: int) -> None:
        """Check that they fit a network with inputs of this shape, and so many classes.

        Raises:
            InputError: they do not.
        """
        if self.x.shape[1:] != input_shape:
            raise InputError(
                f"The network takes inputs (n, {', '.join(map(str, input_shape))}), "
                f"but is given an array of shape {self.x.shape}."
            )
        if self.y.max() >= classes:
            raise InputError(
                f"Classes must be whole numbers from 0 to {classes - 1}, not {self.y.max()}."
            )


class Batches:
    """Examples on a backend, of which batches are picked.

    Args:
        examples: All of them; their inputs are moved to the backend once.
        targets: What is right for each, as rows of shares (n, classes), on the backend.
        dtype: Of the batches.
        backend: Where they live.
    """

    def __init__(
        self, examples: Examples, targets: Array, dtype: DTypeLike, backend: Backend
    ) -> None:
        self._shape = examples.x.shape[1:]
        flat = np.ascontiguousarray(examples.x, _carried(examples.x.dtype))
        self._rows = backend.asarray(flat.reshape(len(examples), -1))
        self._targets = targets
        self._scale = examples.scale
        self._dtype = np.dtype(dtype)
        self._backend = backend

    def pick(self, numbers: NDArray[np.int64]) -> tuple[Array, Array]:
        """Return inputs (m, *input_shape), scaled, and target rows (m, classes), both new.

        Args:
            numbers: Which examples (m,).
        """
        rows = self._backend.asarray(numbers)
        x = self._backend.xp.empty((len(rows), self._rows.shape[1]), self._dtype)
        self._backend.kernel(gather_rows)(self._rows, rows, self._scale, x)
        return x.reshape(-1, *self._shape), self._targets[rows]


def _bound(dtype: np.dtype[Any]) -> float:
    """Return what no number of the dtype exceeds; of floats that is infinity."""
    if dtype.kind == "b":
        return 1.0
    return float(np.iinfo(dtype).max) + 1 if dtype.kind in "iu" else math.inf


def _carried(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """Return what inputs of a dtype are kept as: what compiled loops and cards know."""
    if dtype.kind == "b":
        return np.dtype(np.uint8)
    if dtype.kind == "f" and dtype.itemsize not in (4, 8):
        return np.dtype(np.float32 if dtype.itemsize < 4 else np.float64)
    return dtype.newbyteorder("=")
