"""Grades from a table: the columns ``photo`` and ``grade``, as spreadsheets write them.

A table that this program exported is read back, too: its ``path`` and ``human_grade``, where a
person has spoken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tinyclf.domain import Grade, Mark, PhotoId
from tinyclf.errors import GradesError
from tinyclf.project.photo_csv import BadRow, PhotoCsv
from tinyclf.project.photo_names import PhotoNames
from tinyclf.project.photo_table import PhotoTable

EXPORTED = ("path", "human_grade")
"""What an exported table calls the two; its ``grade`` is the classifier's, where no person's is."""
MARKS = {"unsure": Mark.UNSURE, "not gradable": Mark.NOT_GRADABLE}


@dataclass(frozen=True)
class GradesTable:
    """What a table of grades says.

    Attributes:
        path: The file.
        verdicts: One grade a photo, in the order of the file.
        bad: The rows that cannot be used, by line.
    """

    path: Path
    verdicts: list[tuple[PhotoId, Grade | Mark]]
    bad: list[BadRow]

    def require_all(self) -> list[tuple[PhotoId, Grade | Mark]]:
        """Return the grades if every row can be used.

        Raises:
            GradesError: some cannot; it names the first twenty.
        """
        if self.bad:
            raise _GRADES.refusal(self.path, self.bad, "Correct the file, or skip the bad rows")
        return self.verdicts


def read_grades(path: Path, table: PhotoTable, folders: Sequence[Path] = ()) -> GradesTable:
    """Read a table of grades for the photos of a collection.

    A photo is named by its path within a photo folder, by its absolute path, or by its file name
    where only one photo has it. It may come twice with the same grade; with different grades, none
    of its rows is used.

    Args:
        path: The file.
        table: The collection's photos.
        folders: The photo folders, to recognise them by another name (through a link).

    Raises:
        GradesError: the file cannot be read, or has no columns ``photo`` and ``grade``.
    """
    return GradesTable(path, *_GRADES.read(path, PhotoNames(table, folders)))


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
    other_names=EXPORTED,
)
