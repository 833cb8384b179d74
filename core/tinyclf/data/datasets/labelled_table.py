"""A table to learn from: which column holds the labels, and what classes these are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.columns import Column
from tinyclf.data.datasets.dataset import Dataset, Parts
from tinyclf.data.datasets.labelled import classes_of
from tinyclf.data.datasets.table import (
    PLAIN,
    Table,
    TableOptions,
    encoded,
    load_table,
    whole_rows,
)
from tinyclf.data.datasets.words import listed
from tinyclf.domain import Job
from tinyclf.errors import InputError

LABEL_NAMES = ("label", "class", "species", "target", "grade", "y")
"""In lower case: a column of one of these names holds the labels, unless another is named."""

ALL_DIFFERENT = 20
"""From so many rows on, labels that are all different are none."""

_LISTED = 20


def read_table(path: Path, options: TableOptions = PLAIN) -> Job[Parts]:
    """Read a table with a column of labels.

    Columns of numbers stay columns; one of a few texts becomes a column ``name=text`` of 0 and 1
    for each; one of many texts is refused.

    Args:
        path: The file.
        options: What is known of it.

    Raises:
        InputError: it cannot be read, or a cell of it cannot; the message names line and column.
    """
    table = yield from load_table(path, options)
    group = None if options.group is None else table.find(options.group)
    without = [table.find(choice) for choice in options.without if not table.is_dropped(choice)]
    label = _label_column(table, options, [*without, *([group] if group else [])])
    left_out = [label, group, *without]
    inputs = [column for column in table.columns if column not in left_out]
    rows, notes = whole_rows(table, [label, *([group] if group else []), *inputs], options)
    label, inputs = label.take(rows), [column.take(rows) for column in inputs]
    lines = table.lines[rows]
    _require_repeated(path, [each for each in inputs if each.name not in options.texts], lines)
    x, features = encoded(path, inputs, lines, options.texts)
    classes, y = _classes(path, label)
    groups = None if group is None else np.unique(group.take(rows).codes, return_inverse=True)[1]
    groups = None if groups is None else groups.astype(np.int64)
    train = Dataset(x, y, classes, f"the table {path}", None, features, groups)
    return Parts(train, notes=(*table.notes, f"The labels are in {label.name!r}.", *notes))


def _label_column(table: Table, options: TableOptions, others: Sequence[Column]) -> Column:
    """Return the column of the labels, which is none of those that are said to be something else.

    Raises:
        InputError: it cannot be told which.
    """
    if options.label is not None:
        label = table.find(options.label)
        if label in others:
            raise InputError(
                f"Column {label.name!r} of {table.path} cannot be both: the label, and a group or "
                "left out. Name another for one of these."
            )
        return label
    free = [column for column in table.columns if column not in others]
    if not free:
        raise InputError(f"{table.path} has no column left that could hold labels.")
    named = [column for column in free if _is_called_label(column.name, table.heads)]
    last = free[-1]
    taken = [column for column in others if _is_called_label(column.name, table.heads)]
    if taken and not named:
        raise InputError(
            f"The labels of {table.path} would be in {taken[0].name!r}, but that is left out or "
            "joins rows: name the column that holds them (--label)."
        )
    if len(named) > 1 and last not in named:
        names = listed([column.name for column in named], _LISTED)
        raise InputError(
            f"{names} could all be the label of {table.path}: name the one that is (--label)."
        )
    return named[0] if len(named) == 1 else last


def _is_called_label(name: str, heads: Sequence[str]) -> bool:
    """Tell whether a column is called like labels; the y beside an x is half of a place."""
    name = name.lower()
    is_of_place = name == "y" and any(head.lower() == "x" for head in heads)
    return name in LABEL_NAMES and not is_of_place


def _require_repeated(path: Path, columns: Sequence[Column], lines: NDArray[np.int64]) -> None:
    """Make sure that texts stand for something that several rows share.

    Raises:
        InputError: those of a column tell single rows apart, as names and comments do.
    """
    if len(lines) < ALL_DIFFERENT:
        return
    for column in columns:
        is_of_texts = not column.is_numeric and not column.is_mostly_numeric
        if is_of_texts and len(column.words) > len(lines) // 2:
            raise InputError(
                f"Column {column.name!r} of {path} has {len(column.words):,} different texts in "
                f"{len(lines):,} rows, such as {column.texts[column.codes[0]]!r} in line "
                f"{lines[0]}: they tell rows apart, not classes. Leave the column out (--without)."
            )


def _classes(path: Path, label: Column) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    source = f"column {label.name!r} of {path}"
    classes, (y,) = classes_of(source, [label.labels])
    if len(classes) == len(label) >= ALL_DIFFERENT:
        raise InputError(
            f"Each of the {len(label):,} rows of {path} has a label of its own in {label.name!r}, "
            f"such as {classes[0]!r}: these are no classes. Name the column of the labels "
            "(--label)."
        )
    return classes, y
