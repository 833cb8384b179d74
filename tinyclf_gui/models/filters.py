"""Which photos to show: each filter says yes or no to every row of a collection at once.

Filters combine as the chips do: ``any_of`` within a kind, ``all_of`` across kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeAlias

import numpy as np

from tinyclf.domain import NO_VERDICT, Grade, Mark, PhotoId
from tinyclf.project.photo_table import NO_GROUP
from tinyclf_gui.models.columns import Mask, PhotoColumns, Rows

Filter: TypeAlias = Callable[[PhotoColumns], Mask]
"""A function of the columns, one truth value a row; cheap, so that it may run at each key."""
ChipKeys: TypeAlias = AbstractSet[str]
"""Which chips are down, by what the program calls them."""


def everything(table: PhotoColumns) -> Mask:
    """All photos."""
    return np.ones(len(table), bool)


def human(table: PhotoColumns) -> Mask:
    """Photos a person graded."""
    return np.greater(table.codes, NO_VERDICT)


def not_graded(table: PhotoColumns) -> Mask:
    """Photos without a person's verdict."""
    return np.equal(table.codes, NO_VERDICT)


def verified(table: PhotoColumns) -> Mask:
    """Photos whose proposal a person signed."""
    return np.array(table.verified, bool)


def to_check(table: PhotoColumns) -> Mask:
    """Photos with a proposal that no person has judged."""
    return not_graded(table) & table.has_proposal


def graded(grade: Grade) -> Filter:
    """Photos a person gave this grade."""
    return lambda table: np.equal(table.codes, int(grade))


def marked(mark: Mark) -> Filter:
    """Photos a person put this mark on."""
    return lambda table: np.equal(table.codes, int(mark))


def on_wall(grade: Grade) -> Filter:
    """Photos whose current grade, a person's or else the proposed one, is this."""
    return lambda table: np.equal(table.current, int(grade))


def in_bulk(table: PhotoColumns) -> Mask:
    """Photos that were accepted with the rest of a wall and not looked at singly since."""
    return np.array(table.in_bulk, bool)


def looked_at(table: PhotoColumns) -> Mask:
    """Photos a person looked at and graded."""
    return human(table) & ~table.in_bulk


def bad(table: PhotoColumns) -> Mask:
    """Photos that nothing is learnt from."""
    return np.array(table.bad, bool)


def exam_to_grade(table: PhotoColumns) -> Mask:
    """Photos that are to be graded blind for the exam."""
    return table.exam & not_graded(table)


def counts_for_exam(table: PhotoColumns) -> Mask:
    """Photos whose grade counts for the exam; none while it has no grade."""
    return table.exam & human(table)


def has_duplicates(table: PhotoColumns) -> Mask:
    """Photos that belong together with others, as near-duplicates do.

    Not those of the exam: beside one that is graded, they would not be graded blind.
    """
    return np.not_equal(table.group, NO_GROUP) & ~exam_to_grade(table)


def mistaken(photo_ids: Iterable[PhotoId], truth: Grade) -> Filter:
    """Photos counted in a cell of the table of confusion, as long as their grade stands."""
    return all_of((among(photo_ids), graded(truth)))


def among(photo_ids: Iterable[PhotoId], done: Collection[PhotoId] = ()) -> Filter:
    """These photos.

    Args:
        photo_ids: Those meant.
        done: Which of them no longer count; it may grow meanwhile.
    """
    known = _KnownRows(photo_ids)

    def chosen(table: PhotoColumns) -> Mask:
        mask = np.zeros(len(table), bool)
        mask[known.at(table)[1]] = True
        _leave_out(mask, table, done)
        return mask

    return chosen


def suggested(photo_ids: Iterable[PhotoId]) -> Filter:
    """These photos, as long as no person has judged them."""
    return all_of((among(photo_ids), not_graded))


def doubted(grades: Mapping[PhotoId, Grade], kept: Collection[PhotoId] = ()) -> Filter:
    """Photos whose doubted grade still stands, and that nobody said is right.

    Args:
        grades: Of the photos meant, the grade that is doubted.
        kept: Those whose grade was said to be right; it may grow meanwhile.
    """
    known = _KnownRows(grades)
    codes = np.fromiter(map(int, grades.values()), np.int8, len(grades))

    def still(table: PhotoColumns) -> Mask:
        mask = np.zeros(len(table), bool)
        which, rows = known.at(table)
        mask[rows] = np.equal(table.codes[rows], codes[which])
        _leave_out(mask, table, kept)
        return mask

    return still


def any_of(filters: Iterable[Filter]) -> Filter:
    """Photos that at least one filter lets through; all photos where there is no filter."""
    several = tuple(filters)
    if not several:
        return everything
    return lambda table: np.logical_or.reduce([one(table) for one in several])


def all_of(filters: Iterable[Filter]) -> Filter:
    """Photos that every filter lets through."""
    several = (everything, *filters)
    return lambda table: np.logical_and.reduce([one(table) for one in several])


class _KnownRows:
    """Where photos stand in a table: looked up anew only when it has more rows, not at each key."""

    def __init__(self, photo_ids: Iterable[PhotoId]) -> None:
        self._photo_ids = tuple(photo_ids)
        self._table: PhotoColumns | None = None
        self._length = 0
        self._found: tuple[Rows, Rows] = (np.empty(0, np.intp), np.empty(0, np.intp))

    def at(self, table: PhotoColumns) -> tuple[Rows, Rows]:
        """Return which of the photos the table has, (m,), and their rows, (m,)."""
        if table is not self._table or len(table) != self._length:
            row_of = table.row_of
            rows = np.array([row_of.get(one, -1) for one in self._photo_ids], np.intp)
            which = np.flatnonzero(rows >= 0)
            self._table, self._length, self._found = table, len(table), (which, rows[which])
        return self._found


def _leave_out(mask: Mask, table: PhotoColumns, done: Collection[PhotoId]) -> None:
    rows = [table.row_of[one] for one in done if one in table.row_of]
    mask[np.array(rows, np.intp)] = False
