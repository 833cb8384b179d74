"""Why there is nothing to check just now, in a sentence: the menu always answers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tinyclf.domain import GRADES
from tinyclf.session import ExamStanding, Status
from tinyclf.trust.consistency import FEWEST_FRESH
from tinyclf.trust.exam import STARTERS_FOR_AN_EXAM
from tinyclf_gui.widgets.grade_words import number


def why_no_exam(exam: ExamStanding, learnable: int) -> str:
    """Return why no photo can be set aside for the exam.

    Args:
        exam: How far it is.
        learnable: How many graded photos can be learnt from.
    """
    if not exam.lacking:
        return _tr("The exam is complete: {n} photos are graded.").format(n=number(exam.answered))
    if learnable < STARTERS_FOR_AN_EXAM:
        return _tr("An exam can begin once {n} photos are graded.").format(n=STARTERS_FOR_AN_EXAM)
    return _tr("Too few photos are left for an exam: grading them all is as quick.")


def why_no_training(status: Status) -> str:
    """Return what must be graded before anything can be learnt; empty where nothing must."""
    if status.counts.can_train:
        return ""
    known = [grade for grade, photos in zip(GRADES, status.counts.learnable, strict=True) if photos]
    if not status.counts.photos:
        return _tr("Before training: add photos, and grade some of at least two different grades.")
    if not known:
        return _tr("Before training: grade photos here, of at least two different grades.")
    words = _tr("Before training: grade photos of another grade than {grade} too.")
    return words.format(grade=int(known[0]))


def why_nothing_again() -> str:
    """Return why no photo is due to be shown again blind."""
    words = _tr(
        "Nothing to test yourself on yet: of {n} grades and more, a few come back to be graded."
    )
    return words.format(n=FEWEST_FRESH)


def why_no_doubts(*, trained: bool) -> str:
    """Return why no grade is doubted."""
    if trained:
        return _tr("None of your grades looks like a slip.")
    return _tr("Train first: then grades that look like slips are shown here.")


def why_nothing_unlike(*, trained: bool) -> str:
    """Return why no new photo is shown as unlike the others."""
    if trained:
        return _tr("No new photos look unlike those it learnt from.")
    return _tr("Train first: then new photos are compared with those it learnt from.")


def why_no_audit(*, trained: bool, proposals: int) -> str:
    """Return why a wall is not checked at random.

    Args:
        trained: Whether there are walls.
        proposals: How many merely proposed photos hang on it.
    """
    if not trained:
        return _tr("Train first: then there are walls to check.")
    if not proposals:
        return _tr("Nothing is left to check on this wall.")
    return _tr("Looking at the whole wall is as quick as a check at random.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("CheckWords", text)
