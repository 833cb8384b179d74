"""The reference ladder: for each grade the photos that show what it means to this person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tinyclf.domain import GRADES, Grade, PhotoId
from tinyclf.session.standard import GradedVectors, Standard

TYPICAL = 2
"""Examples that the program chooses where the person has pinned none."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One grade of the ladder.

    Attributes:
        grade: The grade.
        photo_ids: Its examples: in the order pinned, or the most typical first.
        is_pinned: The person has chosen them, not the program.
    """

    grade: Grade
    photo_ids: tuple[PhotoId, ...]
    is_pinned: bool


def ladder_of(
    pinned: Iterable[tuple[PhotoId, Grade]], standard: Standard, graded: GradedVectors | None
) -> tuple[Rung, ...]:
    """Return the five rungs, the flawless first; where no photo was pinned, typical ones stand in.

    Args:
        pinned: The examples that stand, and their grades.
        standard: What the person graded.
        graded: The vectors of that, if any are known; else the photos graded first stand in.
    """
    by_grade: dict[Grade, list[PhotoId]] = {grade: [] for grade in GRADES}
    for photo_id, grade in pinned:
        by_grade[grade].append(photo_id)
    return tuple(
        Rung(grade, tuple(by_grade[grade] or typical(grade, standard, graded)), bool(chosen))
        for grade, chosen in reversed(by_grade.items())
    )


def typical(grade: Grade, standard: Standard, graded: GradedVectors | None) -> tuple[PhotoId, ...]:
    """Return the photos of a grade that are nearest to the mean of its vectors, no two of a unit.

    Those graded by hand come before signed proposals, which are the program's own idea.
    """
    if graded is None or not len(graded.rows):
        rows = np.flatnonzero(standard.codes == grade)
        likeness = np.zeros(len(rows))
    else:
        own = standard.codes[graded.rows] == grade
        rows, vectors = graded.rows[own], graded.matrix[own]
        likeness = vectors @ vectors.mean(axis=0) if len(rows) else np.zeros(0)
    order = np.lexsort((-likeness, ~standard.by_hand[rows]))
    _, first = np.unique(standard.units[rows[order]], return_index=True)
    chosen = rows[order][np.sort(first)[:TYPICAL]]
    return tuple(standard.photo_ids[row] for row in chosen.tolist())
