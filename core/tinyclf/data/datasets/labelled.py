"""Examples with the labels a source gives them → a dataset, with the classes of all its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.dataset import Dataset, Parts
from tinyclf.data.datasets.words import listed
from tinyclf.data.natural_order import natural_key
from tinyclf.errors import InputError

MOST_CLASSES = 1_000


class Labelled(NamedTuple):
    """A part of a dataset as it is read.

    Attributes:
        x: (n, *shape), of a kind that a dataset has.
        labels: (n,), whole numbers, floats or texts.
        names: What the examples are called.
    """

    x: NDArray[Any]
    labels: NDArray[Any]
    names: tuple[str, ...] | None = None


def parts_of(
    source: str,
    train: Labelled,
    test: Labelled | None = None,
    *,
    classes: Sequence[str] | None = None,
    notes: Sequence[str] = (),
) -> Parts:
    """Return the parts as datasets with common classes.

    Args:
        source: What it is and where it came from.
        train: To learn from.
        test: To test.
        classes: Their names, where the labels number them from 0. Otherwise the classes are the
            labels there are: numbers in their order, texts as people sort them.
        notes: What was decided about the source.

    Raises:
        InputError: the labels are no classes, or do not fit the examples.
    """
    given = [train.labels] if test is None else [train.labels, test.labels]
    if classes is None:
        names, numbers = classes_of(source, given)
    else:
        names = tuple(classes)
        numbers = [_numbers(source, labels, len(names)) for labels in given]
    train_set, *rest = (
        Dataset(part.x, y, names, source, part.names)
        for part, y in zip((train, test), numbers, strict=False)
        if part is not None
    )
    test_set = rest[0] if rest else None
    return Parts(train_set, test_set, (*notes, *unlearnt(train_set, test_set)))


def unlearnt(train: Dataset, test: Dataset | None) -> tuple[str, ...]:
    """Return what is to be said of classes that are tested, but not learnt: at most a sentence."""
    if test is None:
        return ()
    unseen = np.flatnonzero((test.counts > 0) & (train.counts == 0))
    names = listed([test.classes[k] for k in unseen])
    return (f"There is something to test of {names}, but nothing to learn from.",) * bool(names)


def classes_of(
    source: str, labels: Sequence[NDArray[Any]]
) -> tuple[tuple[str, ...], list[NDArray[np.int64]]]:
    """Return the names of the classes that labels (n,) of several parts have, and the classes.

    Raises:
        InputError: the labels are no classes, but quantities.
    """
    for part in labels:
        if part.ndim != 1 or part.dtype.kind not in "biufSU":
            raise InputError(
                f"The labels of {source} must be numbers or texts, one for each example, not "
                f"{part.dtype} of shape {part.shape}."
            )
    every = np.concatenate([as_texts(source, part) for part in labels])
    distinct, places = np.unique(every, return_inverse=True)
    if every.dtype.kind == "U":
        words = [str(text).strip() for text in distinct]
        names = tuple(sorted(set(words), key=lambda word: (natural_key(word), word)))
    else:
        require_classes(source, distinct.astype(np.float64), len(every))
        words = [number_name(value) for value in distinct.tolist()]
        names = tuple(words)
    place = {name: k for k, name in enumerate(names)}
    y = np.array([place[word] for word in words], np.int64)[places.reshape(-1)]
    ends = np.cumsum([len(part) for part in labels])[:-1]
    return names, list(np.split(y, ends))


def as_texts(source: str, array: NDArray[Any]) -> NDArray[Any]:
    """Return an array with texts where it holds bytes, which are read as UTF-8.

    Raises:
        InputError: some are in another encoding.
    """
    if array.dtype.kind != "S":
        return array
    try:
        return np.strings.decode(array, "utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"A text of {source} is not in UTF-8: {error.object!r}. Save it so."
        ) from error


def number_name(value: float) -> str:
    """Return how a class is called that a number stands for: 3, not 3.0."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def require_classes(source: str, distinct: NDArray[np.float64], n: int) -> None:
    """Check that numeric labels are classes.

    Args:
        source: Whose they are.
        distinct: The different labels.
        n: How many examples have them.

    Raises:
        InputError: they are quantities to be predicted, as in regression; or not finite.
    """
    if not np.isfinite(distinct).all():
        raise InputError(f"A label of {source} is NaN or infinite. Mend it, or leave it out.")
    fractional = bool(np.any(distinct != np.round(distinct)))
    if len(distinct) > MOST_CLASSES or (fractional and 2 < len(distinct) > n // 2):
        raise InputError(
            f"The labels of {source} are {len(distinct):,} different numbers, "
            f"such as {number_name(distinct[0])} and {number_name(distinct[-1])}: that is "
            "regression, and this program tells classes apart. Give labels of at most "
            f"{MOST_CLASSES:,} classes, or name the column of a table that holds them (--label)."
        )


def _numbers(source: str, labels: NDArray[Any], classes: int) -> NDArray[np.int64]:
    if labels.dtype.kind not in "biu" or labels.ndim != 1:
        raise InputError(
            f"The labels of {source} must be whole numbers of shape (n,), as its classes are "
            f"named, not {labels.dtype} of shape {labels.shape}."
        )
    if len(labels) and not 0 <= int(labels.min()) <= int(labels.max()) < classes:
        raise InputError(
            f"The labels of {source} go from {labels.min()} to {labels.max()}, but it names "
            f"{classes} classes, from 0 to {classes - 1}."
        )
    return labels.astype(np.int64)
