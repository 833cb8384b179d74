"""Which photos to show: each filter says yes or no to every row of a collection at once.

Filters combine as the chips do: ``any_of`` within a kind, ``all_of`` across kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeAlias

import numpy as np

from tinyclf.domain import NO_VERDICT, Grade, Mark, PhotoId
from tinyclf_gui.models.columns import Mask, PhotoColumns, Rows

Filter: TypeAlias = Callable[[PhotoColumns], Mask]
"""A function of the columns, one truth value a row; cheap, so that it may run at each key."""


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


def mistaken(truth: Grade, proposed: Grade) -> Filter:
    """Photos of one cell of the confusion matrix: graded ``truth``, proposed ``proposed``."""
    return lambda table: (
        np.equal(table.codes, int(truth)) & table.has_proposal & (table.proposed == int(proposed))
    )


def numbered(rows: Rows) -> Filter:
    """The photos in these rows of the table, whatever becomes of them."""

    def chosen(table: PhotoColumns) -> Mask:
        mask = np.zeros(len(table), bool)
        mask[rows] = True
        return mask

    return chosen


def among(photo_ids: Iterable[PhotoId], done: Collection[PhotoId] = ()) -> Filter:
    """These photos.

    Args:
        photo_ids: Those meant.
        done: Which of them no longer count; it may grow meanwhile.
    """
    wanted = tuple(photo_ids)

    def chosen(table: PhotoColumns) -> Mask:
        mask = np.zeros(len(table), bool)
        left = (table.row_of[one] for one in wanted if one in table.row_of and one not in done)
        mask[np.fromiter(left, np.intp)] = True
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

    def still(table: PhotoColumns) -> Mask:
        mask = np.zeros(len(table), bool)
        for photo_id, grade in grades.items():
            row = table.row_of.get(photo_id)
            if row is not None:
                mask[row] = photo_id not in kept and table.codes[row] == grade
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
