"""The exam: random photos, graded blind and never learnt from, that tell what a training is worth.

Its photos are set aside before anyone has graded them, and by chance alone: chosen by doubt, or
among those graded already, they would tell how good a classifier is on doubtful photos, or on those
that a person likes to grade. So the random ones among the first suggestions are set aside when they
are suggested: later they have a grade, and the classifier has learnt from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import PhotoId
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.trust.suggestions import EXAM_PHOTOS, STARTERS_FOR_AN_EXAM

AT_MOST = 0.25
"""An exam is offered while it takes no more than this share of the photos that are free for it."""


@dataclass(frozen=True, slots=True)
class ExamStanding:
    """How far the exam is.

    Attributes:
        reserved: Photos set aside.
        answered: Of these, those a person graded.
        marked: Of these, those a person marked unsure or not gradable; they do not count.
        offered: Whether setting photos aside now, up to `EXAM_PHOTOS`, is worth it.
        wanted: So many answers make a trustworthy exam.
    """

    reserved: int
    answered: int
    marked: int
    offered: bool
    wanted: int = EXAM_PHOTOS

    @property
    def to_grade(self) -> int:
        """How many photos set aside wait for a verdict."""
        return self.reserved - self.answered - self.marked

    @property
    def lacking(self) -> int:
        """How many answers it lacks."""
        return max(self.wanted - self.answered, 0)

    @property
    def advised(self) -> int:
        """How many answers it lacks, if they can be had: begun far enough, or worth beginning."""
        return self.lacking if self.offered or self.to_grade >= self.lacking else 0


def learnable(table: PhotoTable) -> NDArray[np.bool_]:
    """Return which photos may be learnt from: graded, and not of a unit with one of the exam."""
    units = table.units
    return table.human & ~np.isin(units, units[table.exam])


def exam_standing(table: PhotoTable) -> ExamStanding:
    """Count the exam's photos."""
    answered = int(np.count_nonzero(table.exam & table.human))
    marked = int(np.count_nonzero(table.exam & (table.codes < 0)))
    reserved = int(np.count_nonzero(table.exam))
    missing = EXAM_PHOTOS - (reserved - marked)
    offered = (
        missing > 0
        and np.count_nonzero(learnable(table)) >= STARTERS_FOR_AN_EXAM
        and missing <= AT_MOST * np.count_nonzero(free_for_exam(table))
    )
    return ExamStanding(reserved, answered, marked, bool(offered))


def free_for_exam(table: PhotoTable) -> NDArray[np.bool_]:
    """Return which photos can be set aside: nothing said of them, and no grade in their unit."""
    units = table.units
    graded = np.isin(units, units[table.human | table.exam])
    return table.ungraded & ~graded


def exam_candidates(table: PhotoTable, seed: int, without: Sequence[PhotoId] = ()) -> list[PhotoId]:
    """Return the photos that can be set aside, in random order, one of each unit.

    Args:
        table: The collection.
        seed: Of the draw.
        without: Photos to be left where they are, as those drawn for an audit.
    """
    free = free_for_exam(table)
    free[table.rows(without)] = False
    # A stream of its own: what else draws by this seed must not favour the same photos.
    rng = np.random.default_rng([seed, *b"exam", np.count_nonzero(table.exam)])
    rows = rng.permutation(np.flatnonzero(free))
    _, first = np.unique(table.units[rows], return_index=True)
    return [table.ids[row] for row in rows[np.sort(first)].tolist()]


def reserve(
    store: CollectionStore,
    table: PhotoTable,
    count: int,
    seed: int,
    without: Sequence[PhotoId] = (),
) -> list[PhotoId]:
    """Set photos aside until the exam has so many that count; return those set aside now."""
    standing = exam_standing(table)
    missing = count - (standing.reserved - standing.marked)
    if missing <= 0:
        return []
    return store.reserve_exam(exam_candidates(table, seed, without), most=missing)


def to_grade(store: CollectionStore, table: PhotoTable) -> list[PhotoId]:
    """Return the photos set aside that wait for a verdict, those chosen first in front."""
    ids = store.exam()
    known = [photo_id for photo_id in ids if photo_id in table.row_of]
    return [one for one in known if table.codes[table.row_of[one]] == 0]
