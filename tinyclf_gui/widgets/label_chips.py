"""The Label page's chips: which photos to show, and the lists that are looked at for a reason."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tinyclf.session import Status
from tinyclf_gui.models.fault_words import faults_in_words
from tinyclf_gui.models.label_lists import (
    AGAIN,
    BAD,
    DOUBTFUL,
    EXAM,
    GRADED,
    NOT_GRADABLE,
    NOT_GRADED,
    SUGGESTED,
    UNLIKE,
    UNSURE,
    Keys,
    LabelLists,
)
from tinyclf_gui.widgets.filter_chips import Chip


def label_chips(lists: LabelLists, status: Status, down: Keys) -> list[Chip]:
    """Return the chips that have something to show, and those that are down."""
    exam = status.exam
    offered = (
        (
            lists.suggested,
            Chip(
                SUGGESTED,
                _tr("Suggested"),
                lists.count(SUGGESTED),
                _tr("Photos most worth grading next: the program learns most from them"),
            ),
        ),
        (True, Chip(NOT_GRADED, _tr("Not graded"), lists.count(NOT_GRADED))),
        (True, Chip(GRADED, _tr("Graded"), status.human)),
        (
            lists.unlike,
            Chip(
                UNLIKE,
                _tr("New kinds"),
                lists.count(UNLIKE),
                _tr("New photos that look unlike those learnt from"),
                alone=True,
            ),
        ),
        (
            exam.reserved,
            Chip(
                EXAM,
                _tr("Exam {n} of {all}").format(n=exam.answered, all=exam.wanted),
                tip=_tr(
                    "Random photos, graded without seeing a proposal and never learnt from: "
                    "they tell how good the proposals are"
                ),
                alone=True,
            ),
        ),
        (
            lists.again or AGAIN in down,
            Chip(
                AGAIN,
                _tr("Show again"),
                lists.count(AGAIN),
                _tr(
                    "Photos you graded a while ago, without your grade: how alike do you "
                    "grade? What you say changes no grade"
                ),
                alone=True,
            ),
        ),
        (
            lists.doubts or DOUBTFUL in down,
            Chip(
                DOUBTFUL,
                _tr("Doubtful grades"),
                lists.count(DOUBTFUL),
                _tr(
                    "Grades of yours that look like slips, the worst first: Enter keeps a "
                    "grade, a digit changes it"
                ),
                alone=True,
            ),
        ),
        (status.unsure, Chip(UNSURE, _tr("Unsure"), status.unsure)),
        (status.not_gradable, Chip(NOT_GRADABLE, _tr("Not gradable"), status.not_gradable)),
        (
            status.bad.photos or BAD in down,
            Chip(BAD, _tr("Bad photos"), status.bad.photos, _bad_tip(status)),
        ),
    )
    return [chip for has_any, chip in offered if has_any]


def _bad_tip(status: Status) -> str:
    counts = ", ".join(
        _tr("{n} {fault}").format(n=count, fault=faults_in_words(fault))
        for fault, count in status.bad.by_fault
    )
    words = _tr("Nothing is learnt from them: {counts}. Photo ▸ This photo is fine lets one count")
    return words.format(counts=counts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LabelChips", text)
