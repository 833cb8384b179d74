"""What a network is trained or judged on: inputs, and which class each of them is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from tinyclf.errors import InputError
from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.kernels.gather_rows import gather_rows

CHUNK = 1024
"""Examples scaled at a time where all are looked at."""


@dataclass(frozen=True, eq=False)
class Examples:
    """Inputs with their classes, at least one.

    Attributes:
        x: (n, *input_shape), floats, or whole numbers such as the bytes of pictures.
        y: Classes (n,) from 0.
        scale: A factor on every input, applied batch by batch: 1 / 255 for bytes.

    Raises:
        InputError: there are no inputs, or not as many classes as inputs.
    """

    x: NDArray[Any]
    y: NDArray[np.integer[Any]]
    scale: float = 1.0

    def __post_init__(self) -> None:
        if len(self.x) != len(self.y):
            raise InputError(
                f"There are {len(self.x)} inputs, but {len(self.y)} classes: give one for each."
            )
        if len(self.x) == 0:
            raise InputError("There are no examples: give at least one.")

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
        """
        for start in range(0, len(self), size):
            yield np.multiply(self.x[start : start + size], self.scale, dtype=dtype)


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
        self._rows = backend.asarray(np.ascontiguousarray(examples.x).reshape(len(examples), -1))
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
