"""Grades from a table: the columns ``photo`` and ``grade``, as spreadsheets write them.

A table that this program exported is read back, too: its ``path`` and ``human_grade``, where a
person has spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from tinyclf.domain import Copy, Grade, Mark
from tinyclf.errors import GradesError
from tinyclf.project.photo_csv import CsvContents, PhotoCsv
from tinyclf.project.photo_table import PhotoTable

EXPORTED = ("path", "human_grade")
"""What an exported table calls the two; its ``grade`` is the classifier's, where no person's is."""
MARKS = {"unsure": Mark.UNSURE, "not gradable": Mark.NOT_GRADABLE}


GradesTable: TypeAlias = CsvContents[Grade | Mark]


def read_grades(
    path: Path,
    table: PhotoTable,
    folders: Sequence[Path] = (),
    copies: Iterable[Copy] = (),
) -> GradesTable:
    """Read a table of grades for the photos of a collection.

    How photos are named in it, and what happens to rows that contradict each other: see
    `PhotoCsv.read`.

    Raises:
        GradesError: the file cannot be read, or has no columns ``photo`` and ``grade``.
    """
    return _GRADES.read(path, table, folders, copies)


def _verdict(text: str) -> Grade | Mark:
    if text.lower() in MARKS:
        return MARKS[text.lower()]
    if not re.fullmatch("[1-5]", text):
        raise ValueError(f"{text!r} is no grade, write 1, 2, 3, 4 or 5")
    return Grade(int(text))


def _shown(verdict: Grade | Mark) -> str:
    words = {mark: word for word, mark in MARKS.items()}
    return words[verdict] if isinstance(verdict, Mark) else f"{verdict:d}"


_GRADES: PhotoCsv[Grade | Mark] = PhotoCsv(
    column="grade",
    parse=_verdict,
    shown=_shown,
    contradiction="graded {} here but {} in line {}",
    error=GradesError,
    cure="Correct the file, or skip the bad rows",
    other_names=EXPORTED,
)
