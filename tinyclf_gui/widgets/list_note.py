"""What must be known of the list in view, in a sentence above its photos."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tinyclf.session import ExamStanding
from tinyclf_gui.models.filters import ChipKeys
from tinyclf_gui.models.label_lists import AGAIN, DOUBTFUL, EXAM, SUGGESTED, LabelLists
from tinyclf_gui.widgets.grade_words import number


def note_on_list(lists: LabelLists, exam: ExamStanding, down: ChipKeys, keep: str) -> str:
    """Return the sentence; empty where the chip that is down says all.

    Args:
        lists: What the chips show.
        exam: How far the exam is.
        down: The keys of the chips that are down.
        keep: The key that keeps a grade, as it is read.
    """
    if down == {SUGGESTED}:
        return suggested_first(lists)
    if AGAIN in down and lists.again:
        return _tr("You graded these a while ago: grade them once more. It changes no grade.")
    if DOUBTFUL in down and lists.doubts:
        words = _tr(
            "These grades of yours look like slips: {keep} or the same digit keeps one, another "
            "digit changes it."
        )
        return words.format(keep=keep)
    return exam_list_in_words(lists, exam) if EXAM in down else ""


def suggested_in_words(lists: LabelLists) -> str:
    """Return how many of the photos suggested are learnt from; empty where all of them are."""
    for_exam, all_ = lists.suggested_for_exam(), lists.count(SUGGESTED)
    if not for_exam:
        return ""
    words = _tr(
        "{n} to learn from, {exam} set aside at random for the exam: grade all of them alike."
    )
    return words.format(n=number(all_ - for_exam), exam=number(for_exam))


def suggested_first(lists: LabelLists) -> str:
    """Return why just these photos stand here, maybe by themselves; empty once all are graded."""
    for_exam, all_ = lists.suggested_for_exam(), lists.count(SUGGESTED)
    if not all_:
        return ""
    begin = _tr("Suggested next:") if lists.suggested_on else _tr("Suggested first:")
    words = _tr("{begin} {n} to learn from.")
    if for_exam:
        words = _tr("{begin} {n} to learn from, {exam} for the exam. Grade all of them alike.")
    return words.format(begin=begin, n=number(all_ - for_exam), exam=number(for_exam))


def suggested_since() -> str:
    """Return that the photos in view are not those suggested by now."""
    return _tr("More photos are suggested by now.")


def exam_list_in_words(lists: LabelLists, exam: ExamStanding) -> str:
    """Return what photos of the exam these are: those that wait, or those that are graded."""
    if lists.exam_waits:
        return _tr(
            "Grade these without any proposal: nothing is learnt from them, they only judge."
        )
    words = _tr("All {n} photos set aside for the exam are done: a grade changed here counts.")
    return words.format(n=number(exam.reserved))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ListNote", text)
