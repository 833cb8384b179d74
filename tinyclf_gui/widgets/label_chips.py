"""The Label page's chips: which photos to show, and the lists that are looked at for a reason."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from tinyclf.session import Status
from tinyclf_gui.models.fault_words import faults_in_words
from tinyclf_gui.models.filters import ChipKeys
from tinyclf_gui.models.label_lists import (
    ACCEPTED,
    AGAIN,
    BAD,
    CELL,
    COPIES,
    DISAGREE,
    DOUBTFUL,
    EXAM,
    GRADED,
    NOT_GRADABLE,
    NOT_GRADED,
    OF_GRADE,
    PICKED,
    SUGGESTED,
    TO_CHECK,
    UNLIKE,
    UNSURE,
    LabelLists,
)
from tinyclf_gui.widgets.filter_chips import Chip
from tinyclf_gui.widgets.grade_words import grade_words
from tinyclf_gui.widgets.list_note import suggested_in_words


def label_chips(
    lists: LabelLists, counts: Mapping[str, int], status: Status, down: ChipKeys, keep: str
) -> list[Chip]:
    """Return the chips that have something to show, and those that are down.

    Args:
        lists: What they show.
        counts: How many photos each lets through.
        status: The counts of the collection.
        down: The keys of those that are down.
        keep: The key that keeps a grade, as it is read.
    """
    exam = status.exam
    offered = (
        (
            lists.suggested,
            Chip(
                SUGGESTED,
                _tr("Suggested"),
                counts[SUGGESTED],
                _suggested_tip(lists),
            ),
        ),
        (True, Chip(NOT_GRADED, _tr("Not graded"), counts[NOT_GRADED])),
        (True, Chip(GRADED, _tr("Graded"), counts[GRADED])),
        (
            lists.unlike,
            Chip(
                UNLIKE,
                _tr("New kinds"),
                counts[UNLIKE],
                _tr("New photos that look unlike those learnt from"),
                alone=True,
            ),
        ),
        (
            exam.reserved,
            Chip(
                EXAM,
                _tr("Exam {n} of {all}").format(n=exam.answered, all=exam.wanted),
                tip=_exam_tip(lists),
                alone=True,
            ),
        ),
        (
            lists.again or AGAIN in down,
            Chip(
                AGAIN,
                _tr("Test yourself"),
                counts[AGAIN],
                _tr(
                    "Photos you graded a while ago, with your grade hidden: do you grade them "
                    "alike once more? What you say changes no grade"
                ),
                alone=True,
            ),
        ),
        (
            lists.doubts or DOUBTFUL in down,
            Chip(
                DOUBTFUL,
                _tr("Doubtful grades"),
                counts[DOUBTFUL],
                _tr(
                    "Grades of yours that look like slips, the worst first: {0} keeps a grade, "
                    "a digit changes it"
                ).format(keep),
                alone=True,
            ),
        ),
        (
            status.bad.photos or BAD in down,
            Chip(BAD, _tr("Bad photos"), status.bad.photos, _bad_tip(status)),
        ),
        (CELL in down, _cell_chip(lists, counts)),
        (PICKED in down, Chip(PICKED, _tr("From the history"), counts[PICKED])),
    )
    return [chip for has_any, chip in offered if has_any]


def _suggested_tip(lists: LabelLists) -> str:
    words = _tr("Photos most worth grading next: the program learns most from them")
    if note := suggested_in_words(lists):
        words = _tr("Photos to grade next.") + "\n" + note
    return words


def _exam_tip(lists: LabelLists) -> str:
    words = _tr(
        "Random photos, graded without seeing a proposal and never learnt from: "
        "they tell how good the proposals are"
    )
    return words if lists.exam_waits else _tr("{0}. These are graded").format(words)


def _bad_tip(status: Status) -> str:
    counts = ", ".join(
        _tr("{n} {fault}").format(n=count, fault=faults_in_words(fault))
        for fault, count in status.bad.by_fault
    )
    words = _tr("Nothing is learnt from them: {counts}. Photo ▸ This photo is fine lets one count")
    return words.format(counts=counts)


def _cell_chip(lists: LabelLists, counts: Mapping[str, int]) -> Chip:
    """Return the chip of the cell of the table of confusion that was chosen last."""
    if lists.cell is None:
        return Chip(CELL, "")
    truth, proposed = int(lists.cell.truth), int(lists.cell.proposed)
    words = (
        _tr("You and it said {truth}")
        if truth == proposed
        else _tr("You said {truth}, it says {proposed}")
    )
    tip = _tr("What it says by networks that did not learn from the photo; click to show all")
    return Chip(CELL, words.format(truth=truth, proposed=proposed), counts[CELL], tip)


def more_chips(counts: Mapping[str, int]) -> list[list[Chip]]:
    """Return the chips that are wanted now and then, by kind."""

    def chip(key: str, words: str, tip: str = "") -> Chip:
        return Chip(key, words, counts[key], tip)

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
            COPIES,
            _tr("Near-duplicates"),
            _tr("The same picture saved anew, or put together by you; copies stand together"),
        ),
    ]
    return [grades, states, sets]


def _tr(text: str) -> str:
    return QCoreApplication.translate("LabelChips", text)
