"""Examples with their classes, whatever they were read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.words import listed
from tinyclf.domain import Problem
from tinyclf.errors import InputError
from tinyclf.nn.finite import all_finite, first_spoiled_row

KINDS = tuple(map(np.dtype, ("u1", "f4", "f8")))
PICTURE_AXES = 4


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples with their classes, at least one.

    Attributes:
        x: (n, *shape), kept as read: pictures (n, channels, h, w), as the network core takes them,
            bytes where the source has bytes; columns of a table (n, d), floats. One of uint8,
            float32 and float64.
        y: Classes (n,), int64, as places in ``classes``.
        classes: Their names, all different. Some may have no example here.
        source: What it is and where it came from, in a few words.
        names: What the examples are called, such as their files; ``None`` where nothing is known.
        features: What the columns of a table are called.
        groups: (n,) whole numbers; examples of equal ones, such as photos of one object, belong on
            the same side of a split.

    Raises:
        InputError: these do not fit together, or x is not finite; the message says where.
    """

    x: NDArray[Any]
    y: NDArray[np.int64]
    classes: tuple[str, ...]
    source: str = "examples"
    names: tuple[str, ...] | None = None
    features: tuple[str, ...] | None = None
    groups: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        _check_inputs(self)
        _check_classes(self)
        _check_lengths(self)

    def __len__(self) -> int:
        return len(self.x)

    @property
    def is_pictures(self) -> bool:
        """Whether the examples are pictures, (channels, h, w) each."""
        return self.x.ndim == PICTURE_AXES

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one example."""
        return self.x.shape[1:]

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many examples each class has, (classes,)."""
        return np.bincount(self.y, minlength=len(self.classes))

    def take(self, rows: NDArray[Any] | Sequence[int] | slice) -> Dataset:
        """Return some of the examples; the classes stay.

        Args:
            rows: Their places in the order wanted, a slice, or a mask (n,) of truth values.

        Raises:
            InputError: these are none at all.
        """
        places = np.arange(len(self))[rows if isinstance(rows, slice) else np.asarray(rows)]
        return replace(
            self,
            x=self.x[places],
            y=self.y[places],
            names=None if self.names is None else tuple(self.names[k] for k in places),
            groups=None if self.groups is None else self.groups[places],
        )

    def as_classes(self, classes: tuple[str, ...]) -> Dataset:
        """Return the same examples with their classes numbered as another dataset or a model does.

        Raises:
            InputError: an example has a class that is not among them.
        """
        place = {name: k for k, name in enumerate(classes)}
        present = [self.classes[k] for k in np.flatnonzero(self.counts)]
        if unknown := [name for name in present if name not in place]:
            raise InputError(
                f"{self.source} has examples of {listed(unknown)}, but only "
                f"{listed(classes)} are known. Leave the others out (--only)."
            )
        numbers = np.array([place.get(name, -1) for name in self.classes], np.int64)
        return replace(self, y=numbers[self.y], classes=classes)


@dataclass(frozen=True, eq=False)
class Parts:
    """What was read: examples to learn from, and those the source itself keeps for the test.

    Attributes:
        train: To learn from; all there is, where the source has no parts.
        test: The source's own test examples, of the same shape and classes.
        notes: What was decided about the source, a sentence each.
        problems: Files that could not be read; what was found is read or is one of these.

    Raises:
        InputError: the two parts do not fit together.
    """

    train: Dataset
    test: Dataset | None = None
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        if self.test is None:
            return
        for what, train, test in (
            ("examples of the shape", self.train.shape, self.test.shape),
            ("the classes", self.train.classes, self.test.classes),
            ("the columns", self.train.features, self.test.features),
        ):
            if train != test:
                raise InputError(
                    f"{self.train.source} has {what} {train} to learn from, but {test} to test: "
                    "give both parts alike."
                )
        kinds = self.train.x.dtype, self.test.x.dtype
        if self.train.is_pictures and np.dtype("u1") in kinds and kinds[0] != kinds[1]:
            raise InputError(
                f"{self.train.source} has pictures of {kinds[0]} to learn from, but of {kinds[1]} "
                "to test: give both parts as bytes, or both as floats on one scale."
            )


def _check_inputs(dataset: Dataset) -> None:
    x, source = dataset.x, dataset.source
    if x.dtype not in KINDS or x.ndim < 2:
        raise InputError(
            f"The examples of {source} must be bytes or floats of shape (n, …), not "
            f"{x.dtype} of shape {x.shape}."
        )
    if x.size == 0:
        raise InputError(f"There are no examples in {source}, or nothing in them.")
    if x.dtype.kind == "f" and not all_finite(np, x):
        row = first_spoiled_row(np, x)
        raise InputError(
            f"Example {row + 1} of {source} holds NaN or infinity. Mend it, or leave it out."
        )


def _check_classes(dataset: Dataset) -> None:
    y, classes, source = dataset.y, dataset.classes, dataset.source
    if len(set(classes)) != len(classes) or not all(classes):
        raise InputError(f"The classes of {source} must have names, all different.")
    if y.dtype != np.int64 or y.ndim != 1:
        raise InputError(f"The classes of {source} must be int64 of shape (n,), not {y.dtype}.")
    if len(y) and not 0 <= y.min() <= y.max() < len(classes):
        raise InputError(
            f"The classes of {source} go from {y.min()} to {y.max()}, but {len(classes)} are "
            "named: number them from 0."
        )


def _check_lengths(dataset: Dataset) -> None:
    n, source = len(dataset.x), dataset.source
    for what, one_each in (
        ("classes", dataset.y),
        ("names", dataset.names),
        ("groups", dataset.groups),
    ):
        if one_each is not None and len(one_each) != n:
            raise InputError(
                f"{source} has {n:,} examples, but {len(one_each):,} {what}: give one for each."
            )
    if dataset.groups is not None and dataset.groups.dtype.kind not in "iu":
        raise InputError(f"The groups of {source} must be whole numbers.")
    if dataset.features is not None and (len(dataset.features),) != dataset.shape:
        raise InputError(
            f"{len(dataset.features)} columns of {source} are named, but an example has the shape "
            f"{dataset.shape}."
        )
