"""Tables: a row for each example, in columns that are numbers or texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.columns import Column, ColumnBuilder, feature_of
from tinyclf.data.datasets.content import require_room
from tinyclf.data.datasets.table_head import (
    SEPARATORS,
    decimal_comma,
    find_separator,
    has_header,
    rows_of,
)
from tinyclf.data.datasets.words import listed
from tinyclf.data.table_text import decoded, read_content
from tinyclf.domain import Job, Progress
from tinyclf.errors import InputError

LARGEST = 500_000_000
"""Bytes of a table; MNIST as one has 110 million."""

MOST_WORDS = 50
"""Different texts of a column that still becomes numbers, one for each of them."""

MOST_COLUMNS = 65_536

_PLACE = re.compile(r"-?[0-9]{1,6}")
_BLOCK = 2_000
_LOOKED_AT = 1_000
_NAMED = 5
_LISTED = 20

ColumnChoice = str | int
"""A column by its name, or by its number from 1; negative numbers count from the last."""


@dataclass(frozen=True)
class TableOptions:
    """What is said of a table, where it should not be found out.

    Attributes:
        label: The column of the labels. Found out: the one called ``label``, ``class`` or the like,
            if there is just one; else the last.
        group: A column whose equal cells join rows that belong on one side of a split; it is not
            learnt from.
        without: Columns to leave out, such as numbers of rows.
        header: Whether the first row names the columns.
        separator: What stands between cells: one of ``, ; | `` and a tab.
        missing: What is done about rows with a cell that says nothing: ``"refuse"`` the table, or
            ``"drop"`` the rows. Filling cells in takes means of the examples learnt from, so it
            belongs inside a fold and is not done here.
        texts: Columns known to hold texts, as of a model that is judged, though in this file all
            of one may look like numbers.
    """

    label: ColumnChoice | None = None
    group: ColumnChoice | None = None
    without: tuple[ColumnChoice, ...] = ()
    header: bool | None = None
    separator: str | None = None
    missing: Literal["refuse", "drop"] = "refuse"
    texts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.separator is not None and self.separator not in tuple(SEPARATORS):
            raise InputError(
                f"Cells can be separated by a comma, a semicolon, a tab or |, not by "
                f"{self.separator!r}."
            )
        if self.missing not in ("refuse", "drop"):
            raise InputError(f"Missing cells are refused or dropped, not {self.missing!r}.")


PLAIN = TableOptions()


@dataclass(frozen=True)
class Table:
    """The columns of a table.

    Attributes:
        path: The file.
        columns: Those that say anything.
        heads: What all columns of the file are called, in its order.
        lines: (n,), the line on which each row begins.
        has_header: Whether the first row named the columns; else they are ``column 1`` and so on.
        notes: What was decided.
    """

    path: Path
    columns: tuple[Column, ...]
    heads: tuple[str, ...]
    lines: NDArray[np.int64]
    has_header: bool
    notes: tuple[str, ...]

    def find(self, choice: ColumnChoice) -> Column:
        """Return the column that is meant.

        Raises:
            InputError: there is none.
        """
        name = self._name_of(str(choice).strip())
        found = [column for column in self.columns if column.name == name]
        if found:
            return found[0]
        counting = " (numbers count from 1, or from -1 backwards)"
        why = f"no column {choice!r}{counting if _PLACE.fullmatch(str(choice)) else ''}"
        if self.is_dropped(choice):
            why = f"nothing in its column {choice!r} to learn from: it is empty, or numbers rows"
        names = [column.name for column in self.columns]
        raise InputError(f"{self.path} has {why}. It has {listed(names, _LISTED)}.")

    def is_dropped(self, choice: ColumnChoice) -> bool:
        """Tell whether a column is one of the file, but none of those that say anything."""
        name = self._name_of(str(choice).strip())
        return name in self.heads and all(column.name != name for column in self.columns)

    def _name_of(self, choice: str) -> str:
        """Return a name, or that of the column with a number."""
        if choice in self.heads or not _PLACE.fullmatch(choice):
            return choice
        place = int(choice)
        is_there = 1 <= abs(place) <= len(self.heads)
        return self.heads[place - 1 if place > 0 else place] if is_there else choice


def load_table(path: Path, options: TableOptions = PLAIN) -> Job[Table]:
    """Read a table's columns, whatever they hold.

    Raises:
        InputError: it is no table, or its rows are not equally long.
    """
    yield Progress("Reading the table", 0, 0)
    text = decoded(read_content(path, LARGEST, "Take fewer rows.", InputError), "latin-1")
    separator = options.separator or find_separator(text)
    rows = _even(path, rows_of(path, text, separator))
    first = list(islice(rows, _LOOKED_AT))
    if not first or len(first[0][1]) < 2:
        raise InputError(
            f"{path} has no two columns separated by a comma, a semicolon, a tab or |: it needs "
            "one for the label and others to tell it by."
        )
    header = options.header
    if header is None:
        header = has_header(path, [cells for _, cells in first], separator)
    names = _names(first.pop(0)[1] if header else [""] * len(first[0][1]))
    builders, lines = [ColumnBuilder() for _ in names], list[int]()
    for block in _blocks(first, rows):
        lines += [line for line, _ in block]
        for builder, cells in zip(
            builders, zip(*(row for _, row in block), strict=True), strict=True
        ):
            builder.add(cells)
        yield Progress("Reading the table", len(lines), 0)
    if not lines:
        raise InputError(f"{path} has no rows below the names of its columns.")
    comma = decimal_comma(separator)
    columns = [b.column(name, comma=comma) for b, name in zip(builders, names, strict=True)]
    return _named_table(path, columns, np.array(lines, np.int64), header)


def encoded(
    path: Path,
    columns: Sequence[Column],
    lines: NDArray[np.int64],
    texts: frozenset[str] = frozenset(),
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Return columns as numbers (n, d), and what these are called.

    Args:
        path: The file, for messages.
        columns: Those wanted.
        lines: (n,), the line on which each row begins.
        texts: Columns known to hold texts, though in these rows all may look like numbers.

    Raises:
        InputError: a column holds neither numbers nor a few texts; or they take too much memory.
    """
    if not columns:
        raise InputError(f"{path} has no column but the label: nothing to tell it by.")
    widths = [_width(path, column, lines, texts) for column in columns]
    require_room(str(path), 8 * len(lines) * sum(widths))
    x = np.empty((len(lines), sum(widths)))
    features: list[str] = []
    for column in columns:
        if column.is_numeric and column.name not in texts:
            x[:, len(features)] = column.numbers
            features.append(feature_of(column.name))
            continue
        for word in column.words:
            x[:, len(features)] = column.rows_of(word)
            features.append(feature_of(column.name, word))
    return x, tuple(features)


def _width(path: Path, column: Column, lines: NDArray[np.int64], texts: frozenset[str]) -> int:
    if column.name in texts:  # which of them are known, whoever knows says
        return len(column.words)
    if column.is_numeric:
        return 1
    if column.is_mostly_numeric:
        row = column.first_odd_row()
        raise InputError(
            f"Line {lines[row]} of {path} has {column.texts[column.codes[row]]!r} in column "
            f"{column.name!r}, where other rows have numbers. Correct it, or leave the column "
            "out (--without)."
        )
    if len(column.words) > MOST_WORDS:
        example = column.texts[column.codes[0]]
        raise InputError(
            f"Column {column.name!r} of {path} has {len(column.words):,} different texts, such as "
            f"{example!r} in line {lines[0]}; up to {MOST_WORDS} can be learnt from. Leave the "
            "column out (--without)."
        )
    return len(column.words)


def _blocks(
    first: list[tuple[int, list[str]]], rest: Iterable[tuple[int, list[str]]]
) -> Iterator[list[tuple[int, list[str]]]]:
    if first:
        yield first
    rest = iter(rest)
    while block := list(islice(rest, _BLOCK)):
        yield block


def _even(path: Path, rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield rows as long as they are equally long, and not too long."""
    width = None
    for line, cells in rows:
        width = len(cells) if width is None else width
        if len(cells) > MOST_COLUMNS:
            raise InputError(
                f"{path} has {len(cells):,} columns; up to {MOST_COLUMNS:,} are read. Leave "
                "some out."
            )
        if len(cells) != width:
            raise InputError(
                f"Line {line} of {path} has {len(cells)} cells, but the first row has {width}. "
                "Correct it; a text that holds the separator must stand in quotes."
            )
        yield line, cells


def _names(heads: Sequence[str]) -> list[str]:
    names: dict[str, None] = {}
    for number, head in enumerate(heads, 1):
        name = head.strip() or f"column {number}"
        while name in names:
            name = f"{name} (column {number})"
        names[name] = None
    return list(names)


def _named_table(
    path: Path, columns: list[Column], lines: NDArray[np.int64], header: bool
) -> Table:
    heads = tuple(column.name for column in columns)
    notes = ["The first row names the columns." if header else "There is no row of column names."]
    if header and columns[0].name == "column 1":  # as pandas writes the numbers of rows
        notes.append("The first column has no name, so it is taken for numbers of rows.")
        columns = columns[1:]
    said = tuple(column for column in columns if not column.is_empty)
    return Table(path, said, heads, lines, header, tuple(notes))


def whole_rows(
    table: Table, columns: Sequence[Column], options: TableOptions
) -> tuple[NDArray[np.bool_], list[str]]:
    """Return which rows (n,) have no missing cell, and what is to be said of the others.

    Raises:
        InputError: some have one, and these are refused; or all have.
    """
    missing = np.zeros(len(table.lines), bool)
    for column in columns:
        missing |= column.missing_rows
    count = int(missing.sum())
    if count == 0:
        return ~missing, []
    if options.missing == "refuse":
        raise InputError(_missing_words(table, columns, missing))
    if count == len(missing):
        raise InputError(f"Every row of {table.path} has a missing cell, so none is left.")
    return ~missing, [f"{count:,} of {len(missing):,} rows have a missing cell: left out."]


def _missing_words(table: Table, columns: Sequence[Column], missing: NDArray[np.bool_]) -> str:
    named = [
        f"line {table.lines[row]} in {column.name!r}"
        for row in np.flatnonzero(missing)[:_NAMED]
        for column in columns
        if column.missing_rows[row]
    ]
    count = int(missing.sum())
    more = f" (the first of {count:,} rows)" if count > 1 else ""
    return (
        f"A cell is missing in {table.path}: {', '.join(named[:_NAMED])}{more}. Fill it in, leave "
        "the column out (--without), or have such rows dropped (--drop-missing)."
    )
