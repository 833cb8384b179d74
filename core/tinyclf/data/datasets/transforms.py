"""What 1-bit networks are trained and tried on: datasets made from others.

Each is a frozen object that turns a dataset into another and leaves the first alone; chance comes
from a generator that is passed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.dataset import Dataset, Parts
from tinyclf.errors import ConfigError, InputError

ON = 255
"""Of a binary pixel that is set; the others are 0. So they are shown and scaled as any bytes."""

NOISE = "noise"

_CHUNK = 4_096


class Transform(Protocol):
    """Makes a dataset from another."""

    def __call__(self, dataset: Dataset, rng: np.random.Generator) -> Dataset:
        """Return the new dataset."""

    def for_test(self) -> Transform:
        """Return what becomes of the test part."""


def binarised(x: NDArray[Any], source: str = "One of the pictures") -> NDArray[np.uint8]:
    """Return examples (n, *shape) as the bytes 0 and 255: set is what :class:`Binarise` sets.

    Raises:
        InputError: an input is negative.
    """
    rows = x.reshape(len(x), math.prod(x.shape[1:]))
    if rows.dtype.kind == "f" and np.any(rows < 0):
        raise InputError(f"{source} has negative numbers: only pixels have two values.")
    binary = np.empty(rows.shape, np.uint8)
    for start in range(0, len(rows), _CHUNK):
        binary[start : start + _CHUNK] = _more_than_mean(rows[start : start + _CHUNK])
    return binary.reshape(x.shape)


@dataclass(frozen=True)
class Binarise:
    """A pixel is set if it is more than the mean of its picture's non-zero pixels.

    Where these are all alike, they are set: a binary picture stays as it is.
    """

    def __call__(self, dataset: Dataset, rng: np.random.Generator | None = None) -> Dataset:
        """Return the dataset with bytes 0 and 255.

        Raises:
            InputError: an input is negative.
        """
        x = binarised(dataset.x, dataset.source)
        return replace(dataset, x=x, source=f"{dataset.source}, binarised")

    def for_test(self) -> Binarise:
        """Return itself: the test part is binarised, too."""
        return self


@dataclass(frozen=True)
class Noisy:
    """Each pixel of each picture is flipped with a probability; what is not binary is binarised.

    Attributes:
        probability: Of a flip, 0 to 1.
    """

    probability: float

    def __post_init__(self) -> None:
        _require_share("The probability of noise", self.probability)

    def __call__(self, dataset: Dataset, rng: np.random.Generator) -> Dataset:
        """Return the dataset with noise."""
        binary = _binary(dataset)
        x = _flipped(binary.x, self.probability, rng)
        return replace(binary, x=x, source=f"{binary.source}, noise {self.probability:g}")

    def for_test(self) -> Noisy:
        """Return itself: networks are judged on noisy pictures, too."""
        return self


@dataclass(frozen=True)
class NoiseClass:
    """A further class ``noise`` of pictures drawn from all others, with pixels flipped.

    It gets as many examples as the others have on average. With a probability of 0.5 they are pure
    noise, with 0.3 they show a trace of what they were. The other pictures are binarised, and have
    no noise.

    Attributes:
        probability: Of a flip, 0 to 1.
    """

    probability: float

    def __post_init__(self) -> None:
        _require_share("The probability of noise", self.probability)

    def __call__(self, dataset: Dataset, rng: np.random.Generator) -> Dataset:
        """Return the dataset with the further class, last.

        Raises:
            InputError: it has a class of this name.
        """
        if NOISE in dataset.classes:
            raise InputError(f"{dataset.source} has a class {NOISE!r} already.")
        binary = _binary(dataset)
        n = max(1, round(len(dataset) / len(dataset.classes)))
        rows = np.sort(rng.choice(len(binary), n, replace=False))
        spoiled = binary.take(rows)
        return Dataset(
            np.concatenate([binary.x, _flipped(spoiled.x, self.probability, rng)]),
            np.concatenate([binary.y, np.full(n, len(binary.classes), np.int64)]),
            (*binary.classes, NOISE),
            f"{binary.source}, with a class of noise {self.probability:g}",
            None if binary.names is None else (*binary.names, *(spoiled.names or ())),
            binary.features,
            None if spoiled.groups is None else np.concatenate([binary.groups, spoiled.groups]),
        )

    def for_test(self) -> NoiseClass:
        """Return itself: the test part gets the class as well."""
        return self


@dataclass(frozen=True)
class Only:
    """Only some of the classes.

    Attributes:
        classes: Their names, in the order that they get.
    """

    classes: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.classes or len(set(self.classes)) != len(self.classes):
            raise ConfigError(f"Name different classes to keep, not {self.classes}.")

    def __call__(self, dataset: Dataset, rng: np.random.Generator | None = None) -> Dataset:
        """Return the examples of these classes.

        Raises:
            InputError: the dataset has no such class, or none of their examples.
        """
        places = _places(dataset, self.classes)
        kept = dataset.take(np.isin(dataset.y, places))
        source = f"{dataset.source}, only {', '.join(self.classes)}"
        return replace(kept.as_classes(self.classes), source=source)

    def for_test(self) -> Only:
        """Return itself."""
        return self


@dataclass(frozen=True)
class SampleByFraction:
    """So many examples of two classes, shuffled, of which a share is of the second.

    Attributes:
        classes: The two, in the order that they get.
        fraction: The share of the second, 0 to 1.
        n: How many examples, at least 1; each is taken once.
    """

    classes: tuple[str, str]
    fraction: float
    n: int

    def __post_init__(self) -> None:
        _require_share("The share of the second class", self.fraction)
        if len(set(self.classes)) != 2 or len(self.classes) != 2:
            raise ConfigError(f"A sample by fraction is of two classes, not of {self.classes}.")
        if self.n < 1:
            raise ConfigError(f"A sample has at least one example, not {self.n}.")

    @classmethod
    def parse(cls, text: str) -> SampleByFraction:
        """Return what a text such as ``0,1:0.5:600`` asks for: classes, share and number.

        Raises:
            ConfigError: it asks for none.
        """
        try:
            classes, fraction, n = text.rsplit(":", 2)
            first, second = (word.strip() for word in classes.split(","))
            return cls((first, second), float(fraction), int(n))
        except ValueError as error:
            raise ConfigError(
                "A sample is two classes, the share of the second and how many, such as "
                f"0,1:0.5:600, not {text!r}."
            ) from error

    def __call__(self, dataset: Dataset, rng: np.random.Generator) -> Dataset:
        """Return the sample.

        Raises:
            InputError: the dataset has no such class, or not enough of its examples.
        """
        second = round(self.fraction * self.n)
        rows = [
            _some(dataset, name, place, wanted, rng)
            for name, place, wanted in zip(
                self.classes,
                _places(dataset, self.classes),
                (self.n - second, second),
                strict=True,
            )
        ]
        sample = dataset.take(rng.permutation(np.concatenate(rows)))
        source = f"{self.n} of {dataset.source}, {self.fraction:.0%} {self.classes[1]}"
        return replace(sample.as_classes(self.classes), source=source)

    def for_test(self) -> Only:
        """Return what keeps all examples of the two classes."""
        return Only(self.classes)


def transformed(parts: Parts, transforms: Sequence[Transform], rng: np.random.Generator) -> Parts:
    """Return both parts as the transforms make them, one after the other."""
    train, test = parts.train, parts.test
    for transform in transforms:
        train = transform(train, rng)
        test = None if test is None else transform.for_test()(test, rng)
    return replace(parts, train=train, test=test)


def _more_than_mean(rows: NDArray[np.generic]) -> NDArray[np.uint8]:
    wide = rows.astype(np.float64)
    lit = np.count_nonzero(wide, axis=1, keepdims=True)
    # pixel · count > sum says the same as pixel > sum / count, and is exact for bytes
    is_more = wide * lit > wide.sum(axis=1, keepdims=True)
    least = np.where(wide > 0, wide, np.inf).min(axis=1, keepdims=True, initial=np.inf)
    is_any = (wide > 0) & (wide.max(axis=1, keepdims=True, initial=0.0) == least)
    return np.where(is_more | is_any, np.uint8(ON), np.uint8(0))


def _binary(dataset: Dataset) -> Dataset:
    x = dataset.x
    is_binary = x.dtype == np.uint8 and not np.any((x != 0) & (x != ON))
    return dataset if is_binary else Binarise()(dataset)


def _flipped(
    x: NDArray[np.uint8], probability: float, rng: np.random.Generator
) -> NDArray[np.uint8]:
    flipped = np.empty_like(x)
    for start in range(0, len(x), _CHUNK):
        some = x[start : start + _CHUNK]
        flips = rng.random(some.shape, np.float32) < probability
        flipped[start : start + _CHUNK] = np.where(flips, np.uint8(ON) - some, some)
    return flipped


def _places(dataset: Dataset, classes: Sequence[str]) -> list[int]:
    if unknown := [name for name in classes if name not in dataset.classes]:
        raise InputError(
            f"{dataset.source} has no class {unknown[0]!r}. It has {', '.join(dataset.classes)}."
        )
    return [dataset.classes.index(name) for name in classes]


def _some(
    dataset: Dataset, name: str, place: int, wanted: int, rng: np.random.Generator
) -> NDArray[np.intp]:
    rows = np.flatnonzero(dataset.y == place)
    if len(rows) < wanted:
        raise InputError(
            f"{dataset.source} has {len(rows):,} examples of {name!r}, but {wanted:,} are wanted."
        )
    return rng.choice(rows, wanted, replace=False)


def _require_share(what: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ConfigError(f"{what} must be from 0 to 1, not {value}.")
