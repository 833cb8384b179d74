"""Columns of another table, brought to those that a model learnt from: by name, in its order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.columns import Column, feature_of, parts_of_feature
from tinyclf.data.datasets.dataset import Dataset
from tinyclf.data.datasets.table import PLAIN, Table, TableOptions, encoded, load_table, whole_rows
from tinyclf.data.datasets.words import listed
from tinyclf.domain import Job
from tinyclf.errors import InputError

_UNNAMED = re.compile("column [0-9]+")


class KnownRows(NamedTuple):
    """Rows of a table to be told.

    Attributes:
        x: (n, d), as the model takes them.
        lines: (n,), the line of the file on which each begins.
        notes: What is to be said of rows that were left out.
    """

    x: NDArray[np.float64]
    lines: NDArray[np.int64]
    notes: tuple[str, ...]


def as_features(dataset: Dataset, features: tuple[str, ...]) -> Dataset:
    """Return the examples of a table with the columns that a model learnt from.

    Raises:
        InputError: one is missing, or has a text that the model does not know.
    """
    if dataset.features is None:
        raise InputError(f"{dataset.source} is no table, so it has no columns to be told by name.")
    x = _arranged(dataset.source, dataset.x, dataset.features, features)
    return replace(dataset, x=x, features=features)


def columns_of_texts(features: Sequence[str]) -> frozenset[str]:
    """Return the columns that a model learnt texts from, whatever some rows of them look like."""
    return frozenset(_texts_of(features))


def read_rows(
    path: Path, features: tuple[str, ...], options: TableOptions = PLAIN
) -> Job[KnownRows]:
    """Read the rows of a table, with or without labels, that a model is to tell.

    Args:
        path: The file. Columns that the model does not know are passed over.
        features: What the columns are called that the model learnt from, as of a dataset.
        options: How the table is written.

    Raises:
        InputError: it cannot be read, lacks a column, or has a text that the model does not know.
    """
    table = yield from load_table(path, options)
    known = list(dict.fromkeys(parts_of_feature(feature)[0] for feature in features))
    columns, said = _known_columns(table, known)
    rows, notes = whole_rows(table, columns, options)
    lines = table.lines[rows]
    x, found = encoded(
        path, [column.take(rows) for column in columns], lines, columns_of_texts(features)
    )
    return KnownRows(_arranged(str(path), x, found, features), lines, (*said, *notes))


def _known_columns(table: Table, known: Sequence[str]) -> tuple[list[Column], list[str]]:
    """Return the columns that a model knows, called as it calls them, and what is to be said.

    Names count. Where one of the two was written without any, and there are as many columns, their
    order does.
    """
    named = [column for column in table.columns if column.name in known]
    is_unnamed = not table.has_header or all(map(_UNNAMED.fullmatch, known))
    if len(named) < len(known) == len(table.columns) and is_unnamed:
        ordered = zip(table.columns, known, strict=True)
        words = f"The columns are told by their order: {listed(known)}."
        return [column.called(name) for column, name in ordered], [words]
    if not named:
        raise _lacking(str(table.path), feature_of(known[0]), table.heads)
    return named, []


def _arranged(
    source: str, x: NDArray[Any], found: Sequence[str], wanted: Sequence[str]
) -> NDArray[Any]:
    """Return the columns that are wanted; of a known column, a text that no row has is 0."""
    place = {name: k for k, name in enumerate(found)}
    of_texts = _texts_of(found)
    arranged = np.zeros((len(x), len(wanted)), x.dtype)
    for k, name in enumerate(wanted):
        column, text = parts_of_feature(name)
        if name in place:
            arranged[:, k] = x[:, place[name]]
        elif text is None or column not in of_texts:
            raise _lacking(source, name, [parts_of_feature(each)[0] for each in found])
    known = _texts_of(wanted)
    for column, texts in of_texts.items():
        if column in known and (unknown := sorted(texts - known[column])):
            raise InputError(
                f"{source} has {unknown[0]!r} in column {column!r}, which no row had that was "
                "learnt from. Correct it, or leave the row out."
            )
    return arranged


def _lacking(source: str, feature: str, there: Sequence[str]) -> InputError:
    """Return what to say of a table without a column, or with another kind of it."""
    column, text = parts_of_feature(feature)
    if column in there:
        learnt, held = ("numbers", "texts") if text is None else ("texts", "numbers")
        return InputError(
            f"{source} has {held} in column {column!r}, where the model learnt from {learnt}: "
            "write it as there."
        )
    return InputError(
        f"{source} has no column {column!r}, which the model learnt from. It has "
        f"{listed(tuple(dict.fromkeys(there)))}: give its columns the names of those learnt from."
    )


def _texts_of(features: Sequence[str]) -> dict[str, set[str]]:
    """Return the columns that hold texts, and which."""
    texts: dict[str, set[str]] = {}
    for column, text in map(parts_of_feature, features):
        if text is not None:
            texts.setdefault(column, set()).add(text)
    return texts
