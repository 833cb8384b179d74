"""Features brought to one scale, by what the photos trained on look like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from tinyclf.errors import InputError
from tinyclf.nn.finite import require_real

CLIP = 6.0
"""Standard deviations beyond which a feature says no more."""

ROWS = 256
"""Rows worked on at a time: features may be many, and half precision must not sum in itself."""


@dataclass(frozen=True, eq=False)
class Standardizer:
    """Shifts each feature by its mean, divides by its deviation, clips, and divides by √d.

    So a typical photo is a vector of length one, whatever the extractor and its width d.

    Attributes:
        mean: (d,) float32.
        scale: (d,) float32, one over the standard deviation; 0 for a feature that never varies.

    Raises:
        InputError: a mean or a scale is NaN or infinite, as of features that are.
    """

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]

    def __post_init__(self) -> None:
        for array in (self.mean, self.scale):
            require_real("The means and scales of features", array.dtype)
            if not np.isfinite(array).all():
                raise InputError(
                    "The means or scales of features hold NaN or infinity: read the features "
                    "again, or leave out photos whose features are huge."
                )

    @classmethod
    def fit(cls, x: NDArray[Any]) -> Standardizer:
        """Return the standardizer of the photos x (n, d): give it those trained on, no others."""
        total = np.zeros(x.shape[1])
        for rows in _chunks(x):
            total += rows.sum(axis=0)
        mean = total / len(x)
        squares = np.zeros(x.shape[1])
        for rows in _chunks(x):
            squares += ((rows - mean) ** 2).sum(axis=0)
        deviation = np.sqrt(squares / len(x))
        varies = deviation > 1e-6 * np.maximum(np.abs(mean), 1e-6)
        scale = np.where(varies, 1 / np.where(varies, deviation, 1), 0)
        with np.errstate(all="ignore"):  # infinity is refused
            return cls(mean.astype(np.float32), scale.astype(np.float32))

    def apply(self, x: NDArray[Any], dtype: DTypeLike = np.float32) -> NDArray[Any]:
        """Return x (n, d) standardized, as a new array."""
        y = x.astype(dtype)
        with np.errstate(over="ignore", under="ignore"):  # infinity is clipped
            y -= self.mean
            y *= self.scale
        np.clip(y, -CLIP, CLIP, out=y)
        y *= 1 / np.sqrt(x.shape[1])
        return y

    def apply_to(
        self, x: NDArray[Any], rows: NDArray[np.intp], dtype: DTypeLike = np.float32
    ) -> NDArray[Any]:
        """Return rows (k,) of x (n, d) standardized, (k, d); beside these few are in memory."""
        y = np.empty((len(rows), x.shape[1]), dtype)
        for start in range(0, len(rows), ROWS):
            some = slice(start, start + ROWS)
            y[some] = self.apply(x[rows[some]], dtype)
        return y


def _chunks(x: NDArray[Any]) -> Iterator[NDArray[np.float64]]:
    for start in range(0, len(x), ROWS):
        yield x[start : start + ROWS].astype(np.float64)
