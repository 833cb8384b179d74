"""A column of a table: its different texts, and which of them each row has.

What a column is (numbers, a few words, a label) is told from the different texts alone, however
many rows there are; and a table of a million equal cells takes four bytes for each.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

MISSING = frozenset({"", "?", "na", "n/a", "#n/a", "nan", "null"})
"""What stands in a cell that nothing is known of, in lower case."""

_FEATURE = re.compile(r"(?P<column>(?:[^\\=]|\\.)*)(?:=(?P<text>.*))?", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+(?:[eE][+-]?[0-9]+)?")


def is_missing(text: str) -> bool:
    """Tell whether a cell says nothing."""
    return text.strip().lower() in MISSING


def feature_of(column: str, text: str | None = None) -> str:
    """Return what a model calls a column of numbers, or a text of another: ``colour=red``."""
    name = column.replace("\\", "\\\\").replace("=", "\\=")
    return name if text is None else f"{name}={text}"


def parts_of_feature(feature: str) -> tuple[str, str | None]:
    """Return which column a feature comes from, and which text of it; ``None`` for its numbers."""
    found = _FEATURE.fullmatch(feature)
    if found is None:  # a lone backslash at its end, from before names were escaped
        return feature, None
    return re.sub(r"\\(.)", r"\1", found["column"], flags=re.DOTALL), found["text"]


def parse_number(text: str, *, comma: bool = False) -> float | None:
    """Return the number that a cell holds; ``None`` where it holds none, or none that is finite.

    Args:
        text: The cell, trimmed.
        comma: Whether a comma may stand before the decimals.
    """
    if comma and _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


class ColumnBuilder:
    """Takes a column's cells in as they come."""

    def __init__(self) -> None:
        self._codes_of: dict[str, int] = {}
        self._codes = array("i")

    def add(self, cells: Iterable[str]) -> None:
        """Take in the cells of further rows."""
        known = self._codes_of
        self._codes.extend([known.setdefault(cell, len(known)) for cell in cells])

    def column(self, name: str, *, comma: bool) -> Column:
        """Return the column, its cells trimmed.

        Args:
            name: What it is called.
            comma: Whether numbers may have a decimal comma.
        """
        trimmed: dict[str, int] = {}
        places = [trimmed.setdefault(text.strip(), len(trimmed)) for text in self._codes_of]
        codes = np.array(places, np.int32)[np.frombuffer(self._codes, np.int32)]
        return Column(name, tuple(trimmed), codes, comma)


class Column:
    """A column.

    Attributes:
        name: What it is called.
        texts: What its cells say, each once.
        codes: (n,), the place of each row's cell among them.
    """

    def __init__(
        self, name: str, texts: tuple[str, ...], codes: NDArray[np.int32], comma: bool
    ) -> None:
        self.name, self.texts, self.codes = name, texts, codes
        mixed = comma and any("." in text and parse_number(text) is not None for text in texts)
        parsed = [parse_number(text, comma=comma and not mixed) for text in texts]
        self._comma = comma
        self._counts = np.bincount(codes, minlength=len(texts))
        self._is_missing = np.array([is_missing(text) for text in texts], bool)
        self._is_number = np.array([value is not None for value in parsed], bool)
        self._values = np.array([0.0 if value is None else value for value in parsed])

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def is_empty(self) -> bool:
        """Whether no row says anything."""
        return not self._counts[~self._is_missing].any()

    @property
    def is_numeric(self) -> bool:
        """Whether all cells that say something are numbers."""
        return not self.is_empty and not self._counts[~self._is_number & ~self._is_missing].any()

    @property
    def is_mostly_numeric(self) -> bool:
        """Whether more than half of the cells that say something are numbers."""
        said = self._counts[~self._is_missing].sum()
        return bool(2 * self._counts[self._is_number].sum() > said)

    @property
    def numbers(self) -> NDArray[np.float64]:
        """The numbers (n,) of a column that has nothing else."""
        return self._values[self.codes]

    @property
    def words(self) -> tuple[str, ...]:
        """The different texts that rows have and that say something, sorted."""
        said = np.flatnonzero((self._counts > 0) & ~self._is_missing)
        return tuple(sorted(self.texts[code] for code in said))

    @property
    def labels(self) -> NDArray[np.float64] | NDArray[np.str_]:
        """The cells (n,): numbers where all are, else texts."""
        return self.numbers if self.is_numeric else np.array(self.texts, "U")[self.codes]

    @property
    def missing_rows(self) -> NDArray[np.bool_]:
        """Which rows (n,) say nothing."""
        return self._is_missing[self.codes]

    def rows_of(self, word: str) -> NDArray[np.bool_]:
        """Return which rows (n,) have a text."""
        found = self.texts.index(word) if word in self.texts else -1
        return np.equal(self.codes, found)

    def first_odd_row(self) -> int:
        """Return the first row that says something, but no number; there must be one."""
        return int(np.argmax((~self._is_number & ~self._is_missing)[self.codes]))

    def called(self, name: str) -> Column:
        """Return the same column by another name."""
        return Column(name, self.texts, self.codes, self._comma)

    def take(self, rows: NDArray[np.bool_]) -> Column:
        """Return some of the rows, by a mask (n,)."""
        return Column(self.name, self.texts, self.codes[rows], self._comma)
