"""Why a step or a drop moves no photo, in a sentence: what does nothing says so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication

from tinyclf.domain import GRADES, NO_VERDICT, PhotoId
from tinyclf_gui.commands import MoveGrades, StepGrades
from tinyclf_gui.models import filters
from tinyclf_gui.models.open_collection import OpenCollection


def why_no_step(
    collection: OpenCollection, step: StepGrades, moves: MoveGrades, accept: str
) -> str:
    """Return why a step would change no grade; empty where it changes some.

    Args:
        collection: Whose photos.
        step: What is asked for.
        moves: What it comes to.
        accept: The key that accepts a proposal, as it is read.
    """
    if len(moves.rows):
        return ""
    table = collection.table
    rows = table.rows(step.photo_ids)
    end = GRADES[-1] if step.by > 0 else GRADES[0]
    blind = filters.exam_to_grade(table)[rows]
    at_end = np.equal(table.current[rows], int(end)) & ~blind
    if not at_end.any():
        return _tr("There is no grade yet to go up or down from: give one by its digit.")
    words = _tr("1 is the lowest grade.") if step.by < 0 else _tr("5 is the highest grade.")
    if np.equal(table.codes[rows[at_end]], NO_VERDICT).any():
        words += " " + _tr("{key} accepts the proposal.").format(key=accept)
    return words


def why_no_step_blind() -> str:
    """Return why a photo that is shown again blind is not stepped."""
    return _tr("Its grade is not shown here: give one by its digit.")


def why_no_drop(collection: OpenCollection, photo_ids: Sequence[PhotoId]) -> str:
    """Return why photos that were dropped are not graded; empty where they are the collection's."""
    if collection.has_all(photo_ids):
        return ""
    return _tr("These photos are of another collection: grade them in its own window.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("StepWords", text)
