"""How examples are brought to what a network takes: fitted on those learnt from, kept with it.

Each is frozen. What it learnt of the examples is arrays; they and its kind are saved in the model,
and the same object prepares whatever is predicted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.dataset import Dataset
from tinyclf.data.datasets.transforms import binarised
from tinyclf.errors import InputError, ModelError
from tinyclf.nn.finite import all_finite, first_spoiled_row

FARTHEST = 20.0
"""Deviations from the mean beyond which a number says no more."""

CONSTANT = 1e-12
"""A deviation below this share of the mean is rounding: such a column tells nothing."""

BYTES = np.arange(256.0)
ROWS = 256
"""Examples worked on at a time."""

Arrays = Mapping[str, NDArray[Any]]


class Preprocessing(Protocol):
    """What is done to examples before a network sees them."""

    kind: ClassVar[str]
    scale: ClassVar[float]
    """By what the prepared examples are still to be multiplied, batch by batch."""

    def prepare(self, x: NDArray[Any]) -> NDArray[Any]:
        """Return examples (n, *shape) prepared, bytes or float32; maybe the same array."""

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what it learnt, by name."""


@dataclass(frozen=True)
class Bytes:
    """Pictures of bytes: 0 to 255 become 0 to 1."""

    kind: ClassVar[str] = "bytes"
    scale: ClassVar[float] = 1 / 255

    def prepare(self, x: NDArray[Any]) -> NDArray[Any]:
        """Return the bytes as they are; they are scaled batch by batch."""
        return x

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return nothing: it learns nothing."""
        return {}


@dataclass(frozen=True)
class Binary:
    """Pictures of two values: set is what is more than the mean of its non-zero pixels."""

    kind: ClassVar[str] = "binary"
    scale: ClassVar[float] = 1 / 255

    def prepare(self, x: NDArray[Any]) -> NDArray[Any]:
        """Return bytes 0 and 255.

        Raises:
            InputError: a number is negative, NaN or infinite.
        """
        _require_finite(x)
        return binarised(x)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return nothing: it learns nothing."""
        return {}


@dataclass(frozen=True, eq=False)
class Standardised:
    """Each column of a table, or each channel of pictures, with mean 0 and deviation 1.

    Attributes:
        mean: (d,) float64, of each column or channel.
        factor: (d,) float64, one over the deviation; 0 for what never varies.
    """

    kind: ClassVar[str] = "standardised"
    scale: ClassVar[float] = 1.0
    mean: NDArray[np.float64]
    factor: NDArray[np.float64] = field(repr=False)

    def __post_init__(self) -> None:
        if self.mean.ndim != 1 or self.mean.shape != self.factor.shape:
            raise ModelError("The means and deviations of a model's inputs do not fit each other.")
        if not (np.isfinite(self.mean).all() and np.isfinite(self.factor).all()):
            raise ModelError("The means and deviations of a model's inputs are not finite.")

    @classmethod
    def fit(cls, x: NDArray[Any], features: Sequence[str] | None = None) -> Standardised:
        """Return that of the examples x (n, d, …): give it those learnt from, no others.

        Args:
            x: The examples.
            features: What its columns are called, for messages.

        Raises:
            InputError: numbers are so large that they have no deviation.
        """
        with np.errstate(all="ignore"):  # infinity is refused
            moments = _moments_of_bytes if x.dtype == np.uint8 else _moments
            mean, deviation = moments(x)
            varies = deviation > CONSTANT * np.abs(mean)
            factor = np.where(varies, 1 / np.where(varies, deviation, 1), 0)
        if not np.isfinite(deviation).all():
            place = int(np.argmin(np.isfinite(deviation)))
            name = f"{place + 1}" if features is None else repr(features[place])
            raise InputError(
                f"Column {name} holds numbers too large to be standardised: scale it down."
            )
        return cls(mean, factor)

    def prepare(self, x: NDArray[Any]) -> NDArray[Any]:
        """Return float32 of the same shape, a new array, clipped far from the mean.

        Raises:
            InputError: a number is NaN or infinite.
        """
        if x.shape[1:2] != self.mean.shape:
            raise InputError(f"Inputs of {len(self.mean)} columns are needed, not {x.shape[1:]}.")
        _require_finite(x)
        prepared = np.empty(x.shape, np.float32)
        of_byte = self._scaled(BYTES[:, None]).T.astype(np.float32)
        for start in range(0, len(x), ROWS):
            rows = slice(start, start + ROWS)
            if x.dtype == np.uint8:
                for k, scaled in enumerate(of_byte):
                    prepared[rows, k] = scaled.take(x[rows, k])
            else:
                prepared[rows] = self._scaled(x[rows])
        return prepared

    def _scaled(self, x: NDArray[Any]) -> NDArray[np.float64]:
        """Return numbers (n, d, …) scaled; of an axis of one column, for every column."""
        column = (-1, *(1,) * (x.ndim - 2))
        with np.errstate(over="ignore"):  # infinity is clipped
            scaled = (x - self.mean.reshape(column)) * self.factor.reshape(column)
        return np.clip(scaled, -FARTHEST, FARTHEST)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return means and factors."""
        return {"mean": self.mean, "factor": self.factor}


def fit_preprocessing(dataset: Dataset, model: str) -> Preprocessing:
    """Return what a model needs done to its inputs, learnt from these examples alone."""
    is_bytes = dataset.is_pictures and dataset.x.dtype == np.uint8
    if is_bytes and model == "bits":
        return Binary()
    if is_bytes and dataset.shape[0] == 1:
        return Bytes()
    return Standardised.fit(dataset.x, dataset.features)


def preprocessing_from(kind: object, arrays: Arrays) -> Preprocessing:
    """Return what a model file tells of.

    Raises:
        ModelError: it is of no kind that is known, or lacks an array.
    """
    if kind in (Bytes.kind, Binary.kind):
        return Bytes() if kind == Bytes.kind else Binary()
    if kind != Standardised.kind or not {"mean", "factor"} <= set(arrays):
        raise ModelError(
            f"The model's inputs are prepared as {kind!r}, which this version does not know, or "
            "the file lacks a part. Update Tiny Classifier, or fit again."
        )
    return Standardised(*(np.array(arrays[name], np.float64) for name in ("mean", "factor")))


def _require_finite(x: NDArray[Any]) -> None:
    if x.dtype.kind == "f" and not all_finite(np, x):
        row = first_spoiled_row(np, x)
        raise InputError(f"Input {row + 1} holds NaN or infinity. Mend it, or leave it out.")


def _moments(x: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and deviation of each column or channel, (d,) both."""
    mean = _mean(x, np.zeros(x.shape[1]))
    return mean, np.sqrt(_mean(x, mean, power=2))


def _moments_of_bytes(x: NDArray[np.uint8]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the same of bytes, by how often each is there: a tenth of the time."""
    counts = np.zeros((x.shape[1], len(BYTES)))
    for start in range(0, len(x), ROWS):
        for k, count in enumerate(counts):
            count += np.bincount(x[start : start + ROWS, k].ravel(), minlength=len(BYTES))
    shares = counts / counts.sum(axis=1, keepdims=True)
    mean: NDArray[np.float64] = shares @ BYTES
    return mean, np.sqrt((shares * (BYTES - mean[:, None]) ** 2).sum(axis=1))


def _mean(x: NDArray[Any], centre: NDArray[np.float64], power: int = 1) -> NDArray[np.float64]:
    """Return the mean of (x − centre)^power for each column or channel, (d,)."""
    axes, column = (0, *range(2, x.ndim)), (-1, *(1,) * (x.ndim - 2))
    total = np.zeros(x.shape[1])
    for start in range(0, len(x), ROWS):
        rows = x[start : start + ROWS].astype(np.float64)
        total += ((rows - centre.reshape(column)) ** power).sum(axis=axes)
    mean: NDArray[np.float64] = total / (x.size // x.shape[1])
    return mean
