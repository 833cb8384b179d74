"""In which order to show photos: each order sorts row numbers, equal ones as they were.

Photos that an order has nothing to say about come last, also where it is turned round.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import NO_VERDICT, PhotoId
from tinyclf.project.photo_table import NO_GROUP
from tinyclf.trust.review_order import unclearness
from tinyclf_gui.models.columns import PhotoColumns, Rows

Order: TypeAlias = Callable[[PhotoColumns, Rows], Rows]
"""A function of columns and rows that returns the same rows in its order."""
SortKeys: TypeAlias = NDArray[np.floating[Any]]
"""One number a row, the first to be shown the least; NaN where there is nothing to say."""
Measure: TypeAlias = Callable[[PhotoColumns, Rows], SortKeys]


def by(measure: Measure, *, backwards: bool = False) -> Order:
    """Return the order by a number, or that order turned round."""

    def sort(table: PhotoColumns, rows: Rows) -> Rows:
        keys = measure(table, rows)
        return _sorted(rows, -keys if backwards else keys)

    return sort


def arrival(_table: PhotoColumns, rows: Rows) -> SortKeys:
    """How early a photo came in."""
    return rows.astype(np.float64)


def clearness(table: PhotoColumns, rows: Rows) -> SortKeys:
    """How clear a proposal is that nobody has judged."""
    asked = table.has_proposal[rows] & (table.codes[rows] == NO_VERDICT)
    keys = np.full(len(rows), np.nan)
    keys[asked] = -unclearness(table.probabilities[rows[asked]])
    return keys


def grade(table: PhotoColumns, rows: Rows) -> SortKeys:
    """The grade of a person, else the one expected of the classifier."""
    codes = table.codes[rows].astype(np.float64)
    grades = np.where(codes == NO_VERDICT, table.expected_grade[rows], np.maximum(codes, 0.0))
    return np.where(grades > 0, grades, np.nan)


def taken(table: PhotoColumns, rows: Rows) -> SortKeys:
    """When a photo was taken."""
    return table.taken[rows].astype(np.float64)


def of_each(numbers: NDArray[Any]) -> Measure:
    """Return the measure that was worked out of each row; of rows that came later, nothing."""

    def known(_table: PhotoColumns, rows: Rows) -> SortKeys:
        keys = np.full(len(rows), np.nan)
        there = rows < len(numbers)
        keys[there] = numbers[rows[there]]
        return keys

    return known


def by_doubt(*, backwards: bool = False) -> Order:
    """Return the order by clearness; then comes what a person has judged, then what has none."""

    def sort(table: PhotoColumns, rows: Rows) -> Rows:
        keys = clearness(table, rows)
        judged = table.codes[rows] != NO_VERDICT
        return _sorted(rows, np.where(judged, np.inf, -keys if backwards else keys))

    return sort


most_doubtful_first: Order = by_doubt()
"""Least clear proposals first."""

as_imported: Order = by(arrival)
"""As they came in."""


def as_listed(photo_ids: Sequence[PhotoId]) -> Order:
    """As these photos are listed; others behind them."""

    def listed(table: PhotoColumns, rows: Rows) -> Rows:
        known = [table.row_of[one] for one in photo_ids if one in table.row_of]
        return of_rows(np.array(known, np.intp))(table, rows)

    return listed


def of_rows(first: Rows) -> Order:
    """As these rows are listed; others behind them."""

    def listed(table: PhotoColumns, rows: Rows) -> Rows:
        ranks = np.full(len(table), np.nan)
        ranks[first[::-1]] = np.arange(len(first))[::-1]
        return _sorted(rows, ranks[rows])

    return listed


def wear_of_rows(wear: Mapping[PhotoId, float], table: PhotoColumns) -> NDArray[np.float64]:
    """Return how worn each row looks, greater for worse; NaN where that was not asked."""
    return np.array([wear.get(one, np.nan) for one in table.ids], np.float64)


def with_duplicates(order: Order) -> Order:
    """An order in which photos that belong together stand together, where the first of them is."""

    def together(table: PhotoColumns, rows: Rows) -> Rows:
        rows = order(table, rows)
        groups = table.group[rows]
        units = np.where(groups == NO_GROUP, -1 - rows, groups)
        _, first, unit = np.unique(units, return_index=True, return_inverse=True)
        return rows[np.argsort(first[unit], kind="stable")]

    return together


def _sorted(rows: Rows, keys: NDArray[Any]) -> Rows:
    return rows[np.argsort(keys, kind="stable")]
