"""In which order to show photos: each order sorts row numbers, equal ones as they were.

Photos that an order has nothing to say about come last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import NO_VERDICT, PhotoId
from tinyclf.trust.review_order import unclearness
from tinyclf_gui.models.columns import PhotoColumns, Rows

Order: TypeAlias = Callable[[PhotoColumns, Rows], Rows]
"""A function of columns and rows that returns the same rows in its order."""


def as_imported(_table: PhotoColumns, rows: Rows) -> Rows:
    """As they came in."""
    return np.sort(rows)


def as_listed(photo_ids: Sequence[PhotoId]) -> Order:
    """As these photos are listed; others behind them."""

    def listed(table: PhotoColumns, rows: Rows) -> Rows:
        places = {table.row_of[one]: k for k, one in enumerate(photo_ids) if one in table.row_of}
        return _sorted(rows, np.array([places.get(row, len(places)) for row in rows.tolist()]))

    return listed


def most_doubtful_first(table: PhotoColumns, rows: Rows) -> Rows:
    """Least clear proposals first; then what a person has judged, then what has none."""
    judged = table.codes[rows] != NO_VERDICT
    keys = np.where(table.has_proposal[rows], -unclearness(table.probabilities[rows]), 2.0)
    return _sorted(rows, np.where(judged, 1.0, keys))


def worst_first(table: PhotoColumns, rows: Rows) -> Rows:
    """Lowest grade first: a person's, else the one expected of the classifier."""
    grades = _grades(table, rows)
    return _sorted(rows, np.where(grades > 0, grades, np.inf))


def most_worn_first(wear: Mapping[PhotoId, float]) -> Order:
    """What looks most worn first, by a guess that needs no grade.

    Args:
        wear: Greater for worse.
    """

    def worn(table: PhotoColumns, rows: Rows) -> Rows:
        scores = [wear.get(table.ids[row], -np.inf) for row in rows.tolist()]
        return _sorted(rows, -np.array(scores, np.float64))

    return worn


def _grades(table: PhotoColumns, rows: Rows) -> NDArray[np.float64]:
    codes = table.codes[rows].astype(np.float64)
    return np.where(codes == NO_VERDICT, table.expected_grade[rows], np.maximum(codes, 0.0))


def _sorted(rows: Rows, keys: NDArray[Any]) -> Rows:
    return rows[np.argsort(keys, kind="stable")]
