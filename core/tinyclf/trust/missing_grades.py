"""Which grades nothing was learnt of: their photos are proposed as another grade, and surely so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tinyclf.domain import GRADES, Grade

PLENTY = 100
"""Where none is among more photos graded by hand than this, the collection seems to have none."""

SHARE = 0.5
"""Likewise among more than this share of a collection."""


@dataclass(frozen=True, slots=True)
class MissingGrades:
    """Grades of which no photo was learnt from.

    Attributes:
        untold: How many photos are of these, and so how many proposals are wrong, nobody can tell.
        absent: Of these the collection seems to have none: many photos were graded.
    """

    untold: tuple[Grade, ...] = ()
    absent: tuple[Grade, ...] = ()


def missing_grades(learnt: Sequence[int], graded: Sequence[int], photos: int) -> MissingGrades:
    """Return the grades of which no photo was learnt from.

    Args:
        learnt: How many photos of the grades 1, 2, 3, 4, 5 the latest training learnt from.
        graded: How many a person has given by now.
        photos: How many the collection holds.
    """
    is_plenty = sum(graded) > min(PLENTY, SHARE * photos)
    missing = [grade for grade, count in zip(GRADES, learnt, strict=True) if not count]
    absent = [grade for grade in missing if is_plenty and not graded[grade - 1]]
    untold = tuple(grade for grade in missing if grade not in absent)
    return MissingGrades(untold, tuple(absent))
