"""Acts that are done, in a few words: for the toast and the history."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tinyclf.domain import ACCEPTING, Act, ActKind, Grade, Mark, Verdict
from tinyclf.project import Past, PastAct
from tinyclf_gui.commands import ExamplesAsBefore, PinExamples, SetAsideForExam, UnpinExamples
from tinyclf_gui.widgets.grade_words import number


def act_in_words(act: Act, name: str = "", *, told: bool = True) -> str:
    """Return an act in a few words: "312 graded 4", "IMG_2055 accepted".

    Args:
        act: What was done.
        name: What the photo is called, where it is just one.
        told: Its grade may be told: it is not shown blind.
    """
    who = _who(len(act.photo_ids), name)
    if act.kind is ActKind.UNDO:
        steps = _tr("{n} steps taken back")
        return _tr("{n} taken back").format(n=who) if act.steps == 1 else steps.format(n=act.steps)
    if act.kind is ActKind.REDO:
        steps = _tr("{n} steps done again")
        return _tr("{n} done again").format(n=who) if act.steps == 1 else steps.format(n=act.steps)
    return _deed_in_words(act.kind, act.verdict, who, told)


def past_in_words(past: Past, name: str = "", *, told: bool = True) -> str:
    """Return what was done in a few words, as `act_in_words` does, or on what was trained."""
    if isinstance(past, PastAct):
        return _deed_in_words(past.kind, past.verdict, _who(past.photos, name), told)
    if past.grades is None:
        return _tr("Trained")
    return _tr("Trained on {n} grades").format(n=number(past.grades))


def _who(photos: int, name: str) -> str:
    return name if name and photos == 1 else number(photos)


def _deed_in_words(kind: ActKind, verdict: Verdict, who: str, told: bool) -> str:
    if kind in ACCEPTING:
        return _tr("{n} accepted").format(n=who)
    if kind is ActKind.KEEP:
        return _tr("{n} kept").format(n=who)
    if kind is ActKind.LOOK_AGAIN:
        return _tr("{n} looked at again").format(n=who)
    if kind is ActKind.FINE:
        return _tr("{n} called fine").format(n=who)
    if kind is ActKind.NOT_FINE:
        return _tr("{n} called bad again").format(n=who)
    if kind is ActKind.IMPORT:
        return _tr("{n} taken over from a table").format(n=who)
    if kind in (ActKind.CORRECT, ActKind.GRADE) and verdict is None:
        # A step: each photo came to a grade of its own. What takes all grades away is CLEAR.
        return _tr("{n} corrected").format(n=who)
    if not told and verdict is not None:
        return _tr("{n} graded").format(n=who)
    return _verdict_in_words(verdict, who)


def remark_in_words(remark: object, *, told: bool = True) -> str:
    """Return what was arranged in a few words; empty where nothing is to be said.

    Args:
        remark: What was done.
        told: Grades may be told: no photo of it is shown blind.
    """
    match remark:
        case SetAsideForExam():
            return _tr("Photos set aside for the exam")
        case PinExamples(photo_ids, [grade]) if told:
            words = _tr("Pinned as an example of grade {grade}")
            if len(photo_ids) > 1:
                words = _tr("{n} pinned as examples of grade {grade}")
            return words.format(n=number(len(photo_ids)), grade=int(grade))
        case PinExamples(photo_ids) if len(photo_ids) == 1:
            return _tr("Pinned as an example of its grade")
        case PinExamples(photo_ids):
            words = _tr("{n} pinned as examples of their grades")
            return words.format(n=number(len(photo_ids)))
        case UnpinExamples(photo_ids, [grade]) if told:
            words = _tr("No example of grade {grade} any more")
            if len(photo_ids) > 1:
                words = _tr("{n} are no examples of grade {grade} any more")
            return words.format(n=number(len(photo_ids)), grade=int(grade))
        case UnpinExamples(photo_ids) if len(photo_ids) == 1:
            return _tr("No example any more")
        case UnpinExamples(photo_ids):
            return _tr("{n} are no examples any more").format(n=number(len(photo_ids)))
        case ExamplesAsBefore():
            return _tr("Examples as before")
        case _:
            return ""


def _verdict_in_words(verdict: Verdict, n: str) -> str:
    match verdict:
        case Grade():
            return _tr("{n} graded {grade}").format(n=n, grade=int(verdict))
        case Mark.UNSURE:
            return _tr("{n} marked unsure").format(n=n)
        case Mark.NOT_GRADABLE:
            return _tr("{n} marked not gradable").format(n=n)
        case _:
            return _tr("{n} cleared").format(n=n)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ActWords", text)
