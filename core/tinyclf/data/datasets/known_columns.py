"""Columns of another table, brought to those that a model learnt from: by name, in its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.dataset import Dataset
from tinyclf.data.datasets.table import PLAIN, TableOptions, encoded, load_table, whole_rows
from tinyclf.domain import Job
from tinyclf.errors import InputError


class Inputs(NamedTuple):
    """Rows of a table to be told.

    Attributes:
        x: (n, d), as the model takes them.
        lines: (n,), the line of the file on which each begins.
    """

    x: NDArray[np.float64]
    lines: NDArray[np.int64]


def as_features(dataset: Dataset, features: tuple[str, ...]) -> Dataset:
    """Return the examples of a table with the columns that a model learnt from.

    Raises:
        InputError: one is missing, or has a text that the model does not know.
    """
    if dataset.features is None:
        raise InputError(f"{dataset.source} is no table, so it has no columns to be told by name.")
    x = _arranged(dataset.source, dataset.x, dataset.features, features)
    return replace(dataset, x=x, features=features)


def read_inputs(
    path: Path, features: tuple[str, ...], options: TableOptions = PLAIN
) -> Job[Inputs]:
    """Read the rows of a table, with or without labels, that a model is to tell.

    Args:
        path: The file. Columns that the model does not know are passed over.
        features: What the columns are called that the model learnt from, as of a dataset.
        options: How the table is written.

    Raises:
        InputError: it cannot be read, lacks a column, or has a text that the model does not know.
    """
    table = yield from load_table(path, options)
    known = {*features, *map(_column_of, features)}
    columns = [column for column in table.columns if column.name in known]
    rows, _ = whole_rows(table, columns, options)
    lines = table.lines[rows]
    x, found = encoded(path, [column.take(rows) for column in columns], lines)
    return Inputs(_arranged(str(path), x, found, features), lines)


def _arranged(
    source: str, x: NDArray[Any], found: Sequence[str], wanted: Sequence[str]
) -> NDArray[Any]:
    """Return the columns that are wanted; of a known column, a text that no row has is 0."""
    place = {name: k for k, name in enumerate(found)}
    of_texts = {_column_of(name) for name in found} - {""}
    arranged = np.zeros((len(x), len(wanted)), x.dtype)
    for k, name in enumerate(wanted):
        if name in place:
            arranged[:, k] = x[:, place[name]]
        elif _column_of(name) not in of_texts:
            raise InputError(f"{source} has no column {_column_of(name) or name!r} as was learnt.")
    known = {_column_of(name) for name in wanted} - {""}
    for name in found:
        if name not in wanted and _column_of(name) in known:
            raise InputError(
                f"{source} has {name.partition('=')[2]!r} in column {_column_of(name)!r}, which "
                "no row had that was learnt from. Correct it, or leave the row out."
            )
    return arranged


def _column_of(feature: str) -> str:
    """Return which column a feature ``name=text`` comes from; "" where it is a column itself."""
    return feature.partition("=")[0] if "=" in feature else ""
