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

from tinyclf.domain import JudgedOn, PhotoId
from tinyclf.errors import InputError
from tinyclf.project import CollectionStore, PhotoTable, StoredModel
from tinyclf.trust.exam import EXAM_PHOTOS, STARTERS_FOR_AN_EXAM

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


def learnable(table: PhotoTable, *, bad_too: bool = False) -> NDArray[np.bool_]:
    """Return which photos may be learnt from: graded, and not of a unit with one of the exam.

    Args:
        table: The collection.
        bad_too: Whether bad photos count; usually nothing is learnt from them.
    """
    units = table.units
    graded = table.human if bad_too else table.human & ~table.bad
    return graded & ~np.isin(units, units[table.exam])


def exam_standing(table: PhotoTable) -> ExamStanding:
    """Count the exam's photos."""
    answered = int(np.count_nonzero(table.exam & table.human))
    marked = int(np.count_nonzero(table.exam & (table.codes < 0)))
    reserved = int(np.count_nonzero(table.exam))
    missing = EXAM_PHOTOS - (reserved - marked)
    offered = (
        missing > 0
        and np.count_nonzero(learnable(table)) >= STARTERS_FOR_AN_EXAM
        and is_worth(missing, room_for_exam(table))
    )
    return ExamStanding(reserved, answered, marked, bool(offered))


def is_worth(missing: int, room: int) -> bool:
    """Tell whether an exam that lacks so many photos is worth what is left; else grading all is."""
    return missing <= AT_MOST * room


def room_for_exam(table: PhotoTable) -> int:
    """Return how many photos can be set aside, one of each unit."""
    units = np.zeros(len(table), np.bool_)
    units[table.units[free_for_exam(table)]] = True
    return int(np.count_nonzero(units))


def require_room(table: PhotoTable, count: int) -> None:
    """Make sure that an exam of so many photos can be had, and that it is worth it.

    Raises:
        InputError: too few photos are left.
    """
    standing = exam_standing(table)
    missing, room = count - (standing.reserved - standing.marked), room_for_exam(table)
    if missing <= 0:
        return
    begun = f" beside the {standing.reserved:,} set aside before" if standing.reserved else ""
    left = f"{room:,} {'photo is' if room == 1 else 'photos are'} left that can be set aside"
    if missing > room:
        raise InputError(f"An exam of {count:,} takes {missing:,} more photos{begun}; {left}.")
    if not is_worth(missing, room):
        raise InputError(
            f"Too few photos are left for an exam of {count:,}: it takes {missing:,} more{begun}, "
            f"and {left}. Grading them all is as quick."
        )


def waits_for_training(
    store: CollectionStore, exam: ExamStanding, model: StoredModel | None
) -> bool:
    """Tell whether the exam is complete, and was not yet when the latest model was trained."""
    if model is None or exam.lacking:
        return False
    if model.quality is not None and model.quality.judged_on is JudgedOn.EXAM:
        return False
    return len(store.exam(before=model.act)) < EXAM_PHOTOS


def free_for_exam(table: PhotoTable) -> NDArray[np.bool_]:
    """Return which photos can be set aside: good, nothing said of them, no grade in their unit."""
    units = table.units
    graded = np.isin(units, units[table.human | table.exam])
    return table.ungraded & ~graded & ~table.bad


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
    rows = ((one, table.row_of.get(one, len(table))) for one in ids)
    known = [(one, row) for one, row in rows if row < len(table)]  # the others came in since
    return [one for one, row in known if table.codes[row] == 0]
