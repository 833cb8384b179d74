"""The graded photos that look most like a photo: they explain what is proposed for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Grade, PhotoId
from tinyclf.session.standard import GradedVectors

LOOK_ALIKES = 8
"""So many of a photo are enough to see why it is proposed what it is."""


class Likeness(StrEnum):
    """How alike two photos look, beside how alike a graded photo and its nearest usually are."""

    SAME = "same"
    """They belong together: nearly the same picture, or the user said so."""
    CLOSE = "close"
    """At least as alike as usual."""
    LOOSE = "loose"
    """Less alike than usual."""
    FAR = "far"
    """As little alike as a graded photo and its nearest rarely are."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A graded photo that looks like another.

    Attributes:
        photo_id: The graded photo.
        grade: What the person gave it.
        likeness: How alike they look.
        cosine: The same as a number, -1 to 1.
    """

    photo_id: PhotoId
    grade: Grade
    likeness: Likeness
    cosine: float


def nearest(
    graded: GradedVectors,
    photo_id: PhotoId,
    vector: NDArray[np.float32],
    unit: int,
    count: int = LOOK_ALIKES,
) -> tuple[LookAlike, ...]:
    """Return the graded photos that look most like one, the most alike first, without itself.

    Args:
        graded: What they are looked for in.
        photo_id: Of the photo; it may be graded itself.
        vector: Its own vector (d,), as it was extracted.
        unit: The code of what it belongs together with; see `PhotoTable.units`.
        count: How many at most.
    """
    standard = graded.standard
    cosines = graded.matrix @ graded.direction(vector)
    some = min(count + 1, len(cosines))  # one more: the photo itself may be among them
    rows = np.argpartition(-cosines, some - 1)[:some] if some else np.empty(0, np.intp)
    found = []
    for row in rows[np.argsort(-cosines[rows], kind="stable")].tolist():
        place = graded.rows[row]
        if standard.photo_ids[place] != photo_id:
            belongs = bool(standard.units[place] == unit)
            cosine = float(cosines[row])
            likeness = Likeness.SAME if belongs else _likeness(cosine, graded.usual)
            grade = Grade(int(standard.codes[place]))
            found.append(LookAlike(standard.photo_ids[place], grade, likeness, cosine))
    return tuple(found[:count])


def _likeness(cosine: float, usual: tuple[float, float]) -> Likeness:
    close, far = usual
    if cosine >= close:
        return Likeness.CLOSE
    return Likeness.LOOSE if cosine >= far else Likeness.FAR
