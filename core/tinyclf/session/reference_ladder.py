"""The reference ladder: for each grade the photos that show what it means to this person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from tinyclf.domain import GRADES, Grade, PhotoId
from tinyclf.project.exemplar_rows import MOST_EXEMPLARS
from tinyclf.session.standard import GradedVectors, Standard

TYPICAL = 2
"""Examples that the program chooses, as long as a rung has room for them beside those pinned."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One grade of the ladder.

    Attributes:
        grade: The grade.
        pinned: The examples that the person has chosen, in the order pinned.
        typical: Those that the program has chosen, the most typical first.
    """

    grade: Grade
    pinned: tuple[PhotoId, ...] = ()
    typical: tuple[PhotoId, ...] = ()

    @property
    def photo_ids(self) -> tuple[PhotoId, ...]:
        """All of its examples, the pinned ones first."""
        return self.pinned + self.typical


def ladder_of(
    pinned: Iterable[tuple[PhotoId, Grade]], standard: Standard, graded: GradedVectors | None
) -> tuple[Rung, ...]:
    """Return the five rungs, the flawless first; where few photos were pinned, typical ones follow.

    Args:
        pinned: The examples that stand, and their grades.
        standard: What the person graded.
        graded: The vectors of that, if any are known; else the photos graded first stand in.
    """
    by_grade: dict[Grade, list[PhotoId]] = {grade: [] for grade in GRADES}
    for photo_id, grade in pinned:
        by_grade[grade].append(photo_id)
    return tuple(
        Rung(grade, tuple(chosen), typical(grade, standard, graded, chosen))
        for grade, chosen in reversed(by_grade.items())
    )


def typical(
    grade: Grade, standard: Standard, graded: GradedVectors | None, pinned: Sequence[PhotoId] = ()
) -> tuple[PhotoId, ...]:
    """Return the photos of a grade that are nearest to the mean of its vectors, no two of a unit.

    Those graded by hand come before signed proposals, which are the program's own idea. None is
    one of the pinned or of a unit with one; of these there are so many that the rung is not longer
    than it can be with pinned ones alone.
    """
    if graded is None or not len(graded.rows):
        rows = np.flatnonzero(standard.codes == grade)
        likeness = np.zeros(len(rows))
    else:
        own = standard.codes[graded.rows] == grade
        rows, vectors = graded.rows[own], graded.matrix[own]
        likeness = vectors @ vectors.mean(axis=0) if len(rows) else np.zeros(0)
    order = np.lexsort((-likeness, ~standard.by_hand[rows]))
    rows = rows[order]
    known = set(pinned)
    held = [row for row, one in enumerate(standard.photo_ids) if one in known] if pinned else []
    rows = rows[~np.isin(standard.units[rows], standard.units[held])]
    _, first = np.unique(standard.units[rows], return_index=True)
    room = min(TYPICAL, max(0, MOST_EXEMPLARS - len(pinned)))
    chosen = rows[np.sort(first)[:room]]
    return tuple(standard.photo_ids[row] for row in chosen.tolist())
