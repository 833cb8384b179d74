"""The backend of a card, with all that a recorded step needs to find in its place again."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tinyclf.nn.arrays import Array, Shape
from tinyclf.nn.backend import CupyBackend
from tinyclf.nn.kernels.cuda import matmul


class RecordableBackend(CupyBackend):
    """The backend of a card, as one recorded step sees it.

    Its product of matrices is one that can be recorded. Constants are moved to the card the first
    time only. Randomness stays where it is, in the order in which it is asked for, until all of it
    is renewed.

    Args:
        backend: The usual one.
    """

    def __init__(self, backend: CupyBackend) -> None:
        # Not super().__init__(): the card has answered, and its lane is already built.
        self.xp = _CupyWithOwnMatmul(backend.xp)
        self.lane = backend.lane
        self._constants: dict[object, Array] = {}
        self._noises: list[Array] = []
        self._next_noise = 0

    def constant(self, values: tuple[float, ...], dtype: npt.DTypeLike) -> Array:
        """Return ``values`` on the card, moved the first time only."""
        key = values, np.dtype(dtype)
        if key not in self._constants:
            self._constants[key] = super().constant(values, dtype)
        return self._constants[key]

    def noise(self, rng: np.random.Generator, shape: Shape) -> Array:
        """Return random numbers as usual, drawn the first time only."""
        if self._next_noise == len(self._noises):
            self._noises.append(super().noise(rng, shape))
        self._next_noise += 1
        return self._noises[self._next_noise - 1]

    def rewind(self) -> None:
        """Begin with the first randomness again."""
        self._next_noise = 0

    def renew(self, rng: np.random.Generator) -> None:
        """Draw all randomness anew, and begin with the first."""
        for noise in self._noises:
            noise[...] = super().noise(rng, noise.shape)
        self.rewind()


class _CupyWithOwnMatmul:
    """CuPy, but for its product of matrices.

    CuPy refuses to record what computes with cuBLAS (its issue 6290), so matrices are multiplied by
    a kernel of our own, :mod:`tinyclf.nn.kernels.cuda.matmul`.
    """

    def __init__(self, cupy: Any) -> None:
        self._cupy = cupy
        self.matmul = matmul.build(cupy)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cupy, name)
