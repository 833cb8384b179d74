"""The Label page's chips: which photos to show, and the lists that are looked at for a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from tinyclf.session import Status
from tinyclf_gui.models.actions import QT_TRANSLATE_NOOP
from tinyclf_gui.models.fault_words import faults_in_words
from tinyclf_gui.models.filters import ChipKeys
from tinyclf_gui.models.label_lists import (
    ACCEPTED,
    AGAIN,
    BAD,
    CELL,
    DOUBTFUL,
    DUPLICATES,
    EXAM,
    GRADED,
    NOT_GRADABLE,
    NOT_GRADED,
    OF_GRADE,
    OF_THEIR_OWN,
    PICKED,
    SUGGESTED,
    UNLIKE,
    UNSURE,
    LabelLists,
)
from tinyclf_gui.models.list_keys import DISAGREE, TO_CHECK, UNSEEN
from tinyclf_gui.widgets.filter_chips import Chip
from tinyclf_gui.widgets.grade_words import grade_words
from tinyclf_gui.widgets.list_note import suggested_in_words

BAR: dict[str, tuple[str, str]] = {
    SUGGESTED: (
        QT_TRANSLATE_NOOP("LabelChips", "Suggested"),
        QT_TRANSLATE_NOOP(
            "LabelChips", "Photos most worth grading next: the program learns most from them"
        ),
    ),
    NOT_GRADED: (QT_TRANSLATE_NOOP("LabelChips", "Not graded"), ""),
    GRADED: (QT_TRANSLATE_NOOP("LabelChips", "Graded"), ""),
    UNSEEN: (
        QT_TRANSLATE_NOOP("LabelChips", "Accepted unseen"),
        QT_TRANSLATE_NOOP(
            "LabelChips", "Proposals accepted with the rest of a wall, and not looked at singly"
        ),
    ),
    UNLIKE: (
        QT_TRANSLATE_NOOP("LabelChips", "New kinds"),
        QT_TRANSLATE_NOOP("LabelChips", "New photos that look unlike those learnt from"),
    ),
    EXAM: (
        QT_TRANSLATE_NOOP("LabelChips", "Exam {answered} of {wanted}"),
        QT_TRANSLATE_NOOP(
            "LabelChips",
            "Random photos, graded without seeing a proposal and never learnt from: "
            "they tell how good the proposals are",
        ),
    ),
    AGAIN: (
        QT_TRANSLATE_NOOP("LabelChips", "Test yourself"),
        QT_TRANSLATE_NOOP(
            "LabelChips",
            "Photos you graded a while ago, with your grade hidden: do you grade them "
            "alike once more? What you say changes no grade",
        ),
    ),
    DOUBTFUL: (
        QT_TRANSLATE_NOOP("LabelChips", "Doubtful grades"),
        QT_TRANSLATE_NOOP(
            "LabelChips",
            "Grades of yours that look like slips, the worst first: {keep} keeps a grade, "
            "a digit changes it",
        ),
    ),
    BAD: (
        QT_TRANSLATE_NOOP("LabelChips", "Bad photos"),
        QT_TRANSLATE_NOOP(
            "LabelChips",
            "Nothing is learnt from them: {faults}. Photo ▸ This photo is fine lets one count",
        ),
    ),
    CELL: (
        QT_TRANSLATE_NOOP("LabelChips", "You said {truth}, it says {proposed}"),
        QT_TRANSLATE_NOOP(
            "LabelChips",
            "What it says by networks that did not learn from the photo; click to show all",
        ),
    ),
    PICKED: (QT_TRANSLATE_NOOP("LabelChips", "From the history"), ""),
}
"""The chips of the bar in their order: what is read on each, and its tip."""
AGREED = QT_TRANSLATE_NOOP("LabelChips", "You and it said {truth}")


def label_chips(lists: LabelLists, status: Status, down: ChipKeys, keep: str) -> list[Chip]:
    """Return the chips that have something to show, and those that are down.

    Only these are counted: of very many photos each count takes a moment.

    Args:
        lists: What they show.
        status: The counts of the collection.
        down: The keys of those that are down.
        keep: The key that keeps a grade, as it is read.
    """
    offered, told = _offered(lists, status, down), _told(lists, status, keep)
    return [_chip(key, lists, status, told) for key in BAR if offered[key]]


def more_chips(count: Callable[[str], int | None]) -> list[list[Chip]]:
    """Return the chips that are wanted now and then, by kind.

    Args:
        count: How many photos a chip lets through, by its key; ``None`` where that is not known.
    """

    def chip(key: str, words: str, tip: str = "") -> Chip:
        return Chip(key, words, count(key), tip)

    grades = [
        chip(key, _tr("Graded {grade}").format(grade=int(grade)), grade_words(grade))
        for grade, key in reversed(OF_GRADE.items())
    ]
    states = [
        chip(TO_CHECK, _tr("Proposed, not checked")),
        chip(ACCEPTED, _tr("Accepted"), _tr("Proposals that you signed")),
        chip(UNSURE, _tr("Unsure")),
        chip(NOT_GRADABLE, _tr("Not gradable")),
    ]
    sets = [
        chip(
            DISAGREE,
            _tr("Disagreements"),
            _tr("Your grade is another than the one it would give, not having learnt from it"),
        ),
        chip(
            DUPLICATES,
            _tr("Near-duplicates"),
            _tr("The same picture saved anew, or put together by you; they stand together"),
        ),
    ]
    return [grades, states, sets]


def _chip(key: str, lists: LabelLists, status: Status, told: Mapping[str, object]) -> Chip:
    text, tip = BAR[key]
    if key == CELL and told["truth"] == told["proposed"]:
        text = AGREED
    text, tip = (_tr(one).format_map(told) if one else "" for one in (text, tip))
    if key == SUGGESTED and (note := suggested_in_words(lists)):
        tip = _tr("Photos to grade next.") + "\n" + note
    if key == EXAM and not lists.exam_waits:
        tip = _tr("{0}. These are graded").format(tip)
    return Chip(key, text, _count(key, lists, status), tip, alone=key in OF_THEIR_OWN)


def _count(key: str, lists: LabelLists, status: Status) -> int | None:
    if key == EXAM:
        return None  # its text tells how far it is
    return status.counts.bad.photos if key == BAD else lists.count(key)


def _offered(lists: LabelLists, status: Status, down: ChipKeys) -> dict[str, bool]:
    """Return which chips have something to show, or are down."""
    return {
        SUGGESTED: bool(lists.suggested),
        NOT_GRADED: True,
        GRADED: True,
        UNSEEN: bool(status.bulk.photos) or UNSEEN in down,
        UNLIKE: bool(lists.unlike),
        EXAM: bool(status.exam.reserved),
        AGAIN: bool(lists.again) or AGAIN in down,
        DOUBTFUL: bool(lists.doubts) or DOUBTFUL in down,
        BAD: bool(status.counts.bad.photos) or BAD in down,
        CELL: CELL in down and lists.cell is not None,
        PICKED: PICKED in down,
    }


def _told(lists: LabelLists, status: Status, keep: str) -> dict[str, object]:
    """Return what stands in the braces of the texts."""
    faults = ", ".join(
        _tr("{n} {fault}").format(n=count, fault=faults_in_words(fault))
        for fault, count in status.counts.bad.by_fault
    )
    return {
        "answered": status.exam.answered,
        "wanted": status.exam.wanted,
        "keep": keep,
        "faults": faults,
        "truth": int(lists.cell.truth) if lists.cell else 0,
        "proposed": int(lists.cell.proposed) if lists.cell else 0,
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("LabelChips", text)
