"""How large an exam is to be, when it is worth having, and how it begins unasked."""

from __future__ import annotations

EXAM_PHOTOS = 40
"""An exam of so many answers is believed more than cross-validation."""

STARTERS_FOR_AN_EXAM = 30
"""From so many photos on that can be learnt from, an exam is offered."""

FIRST_EXAM_PHOTOS = 25
"""So many photos of the exam are among the first that are suggested: it begins with them."""

FIRST_SHARE = 0.4
"""Of the first suggestions, at most this share is of the exam."""

FEWEST_FOR_AN_EXAM = 5 * EXAM_PHOTOS
"""In a smaller collection an exam costs more than it tells: none is begun unasked."""


def exam_photos_among(suggested: int, *, photos: int, answered: int) -> int:
    """Return how many of the next first suggestions are to be random ones, for the exam.

    Args:
        suggested: How many photos are suggested.
        photos: How many the collection holds.
        answered: How many photos of the exam a person has judged.
    """
    if photos < FEWEST_FOR_AN_EXAM:
        return 0
    return min(round(FIRST_SHARE * suggested), max(FIRST_EXAM_PHOTOS - answered, 0))
