"""What is said of an export: whose grades go out, and where they went."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from tinyclf.domain import Problem
from tinyclf.session import Status
from tinyclf.session.without_grade import WithoutGrade
from tinyclf_gui.widgets.grade_words import number


def standing_in_words(status: Status) -> str:
    """Return how many grades a person has looked at, and how many are only proposed."""
    counts, bulk = status.counts, status.bulk
    checked = max(0, counts.human - bulk.photos)
    parts = [(checked, _tr("{n} checked by you")), (counts.proposed, _tr("{n} as proposed"))]
    parts.append((bulk.photos, _tr("{n} accepted unseen")))
    parts.append((counts.photos - counts.human - counts.proposed, _tr("{n} without a grade")))
    told = [words.format(n=number(n)) for n, words in parts if n]
    return _tr("Grades: {parts}.").format(parts=", ".join(told)) if told else ""


def why_none_in_words(without: WithoutGrade) -> str:
    """Return why photos have no grade; empty where each has one."""
    parts = (
        (without.exam, _tr("{n} of the exam, for which nothing is proposed until you grade them")),
        (without.unsure, _tr("{n} unsure")),
        (without.not_gradable, _tr("{n} not gradable")),
        (without.not_proposed, _tr("{n} not proposed yet")),
    )
    told = [words.format(n=number(n)) for n, words in parts if n]
    return _tr("Without a grade: {parts}.").format(parts=", ".join(told)) if told else ""


def exported_in_words(paths: Sequence[Path]) -> str:
    """Return what was written, and the folder it is in, once; nothing of it is long."""
    if not paths:
        return _tr("Nothing was exported.")
    names = ", ".join(path.name for path in paths)
    folders = {path.parent for path in paths}
    if len(folders) > 1:
        return _tr("Exported {names}").format(names=names)
    return _tr("Exported to “{folder}”: {names}").format(
        folder=folders.pop().name or paths[0].anchor, names=names
    )


def left_out_in_words(problems: Sequence[Problem]) -> str:
    """Return how many files an export left out, and which is the first, with the reason."""
    first = problems[0]
    if len(problems) == 1:
        return _tr("Not exported: {name}: {reason}.").format(
            name=first.path.name, reason=first.reason
        )
    return _tr("{n} photos not exported. The first, {name}: {reason}.").format(
        n=number(len(problems)), name=first.path.name, reason=first.reason
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExportWords", text)
