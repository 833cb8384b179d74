"""The next best step as a sentence for the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from tinyclf.domain import GRADES
from tinyclf.trust.advice import Advice, Step


def step_in_words(advice: Advice) -> str:
    """Return what to do next, in a collector's words."""
    grades = _listed([str(int(grade)) for grade in advice.grades])
    sentences = {
        Step.IMPORT: _tr("Add a folder of photos."),
        Step.GRADE: _starters_sentence(len(advice.grades)),
        Step.TRAIN: _tr("Enough of each grade: train now."),
        Step.PROPOSE: _tr("{n} photos have no grade yet: train again to see proposals for them."),
        Step.RETRAIN: _tr("{n} corrections since the last training: retrain."),
        Step.REVIEW: _tr("Next best step: check the most doubtful of wall {grades}."),
        Step.EXAM: _tr("Grade {n} photos blind for the exam: it tells how good the proposals are."),
        Step.AUDIT: _tr(
            "Check wall {grades} at random: {n} looks prove how many are wrong at most."
        ),
        Step.STOP: _tr("Good enough: about {n} are still wrong. Accept the rest and export."),
        Step.EXPORT: _tr("The walls look right: export."),
    }
    return sentences[advice.step].format(n=advice.count, grades=grades)


def train_in_words(grades: int) -> str:
    """Return what the button says that trains on so many grades."""
    return _tr("Train on {n} grades").format(n=f"{grades:,}") if grades > 1 else _tr("Train")


def _starters_sentence(grades: int) -> str:
    if grades == 1:
        return _tr("About {n} more of grade {grades} will help most.")
    if grades == len(GRADES):
        return _tr("About {n} more of each grade will help most.")
    return _tr("About {n} more each of grades {grades} will help most.")


def _listed(words: Sequence[str]) -> str:
    """Return "1", "1 and 2", "1, 2 and 3"."""
    *others, last = words or ("",)
    if not others:
        return last
    return _tr("{others} and {last}").format(others=", ".join(others), last=last)


def _tr(text: str) -> str:
    return QCoreApplication.translate("nextStep", text)
