"""Grades from a table: the columns ``photo`` and ``grade``, as spreadsheets write them.

Comma, semicolon or tab between; any of a spreadsheet's encodings and line ends; the header in any
case, other columns ignored. Each row that cannot be used is named with its line. A table that this
program exported is read back, too: its ``path`` and ``human_grade``, where a person has spoken.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import stat
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tinyclf.domain import Grade, Mark, PhotoId
from tinyclf.errors import GradesError
from tinyclf.project.photo_names import PhotoNames
from tinyclf.project.photo_table import PhotoTable

COLUMNS = ("photo", "grade")
EXPORTED = ("path", "human_grade")
"""What an exported table calls the two; its ``grade`` is the classifier's, where no person's is."""
MARKS = {"unsure": Mark.UNSURE, "not gradable": Mark.NOT_GRADABLE}
SEPARATORS = ",;\t"
ROWS_NAMED = 20
LARGEST = 64_000_000
"""Bytes; a line for each of 100,000 photos takes a tenth of it."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used: the line it begins on, from 1, and why, in a few words."""

    line: int
    reason: str


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
        if not self.bad:
            return self.verdicts
        named = [f"line {row.line}: {row.reason}" for row in self.bad[:ROWS_NAMED]]
        if len(self.bad) > ROWS_NAMED:
            named.append(f"and {len(self.bad) - ROWS_NAMED} more")
        count = "1 row" if len(self.bad) == 1 else f"{len(self.bad)} rows"
        raise GradesError(
            f"{count} of {self.path} cannot be used, so none was applied. Correct the file, or "
            "skip the bad rows: " + "; ".join(named) + "."
        )


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a table has its two columns; in an exported one an empty grade says nothing."""

    columns: dict[str, int]
    exported: bool = False


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
    names = PhotoNames(table, folders)
    given: dict[PhotoId, list[tuple[int, Grade | Mark]]] = defaultdict(list)
    bad = []
    for line, cells in _records(path):
        try:
            photo_id, grade = _photo_and_grade(cells, names)
        except GradesError as error:
            bad.append(BadRow(line, str(error)))
        else:
            given[photo_id].append((line, grade))
    verdicts = []
    for photo_id, rows in given.items():
        if len({grade for _, grade in rows}) == 1:
            verdicts.append((photo_id, rows[0][1]))
        else:
            bad.extend(_contradictions(rows))
    return GradesTable(path, verdicts, sorted(bad, key=lambda row: row.line))


def _photo_and_grade(cells: dict[str, str], names: PhotoNames) -> tuple[PhotoId, Grade | Mark]:
    name, grade = cells["photo"], cells["grade"].strip()
    if not name.strip():
        raise GradesError("it names no photo")
    verdict = _verdict(grade)
    found = names.find(name)
    if not found:
        raise GradesError(f"there is no photo {name!r} in this collection")
    if len(found) > 1:
        raise GradesError(f"{len(found)} photos go by {name!r}, write the whole path")
    return found[0], verdict


def _verdict(text: str) -> Grade | Mark:
    if text.lower() in MARKS:
        return MARKS[text.lower()]
    if not re.fullmatch("[1-5]", text):
        raise GradesError(f"{text!r} is no grade, write 1, 2, 3, 4 or 5")
    return Grade(int(text))


def _contradictions(rows: list[tuple[int, Grade | Mark]]) -> Iterator[BadRow]:
    for line, grade in rows:
        other, another = next(row for row in rows if row[1] != grade)
        yield BadRow(line, f"graded {_shown(grade)} here but {_shown(another)} in line {other}")


def _shown(verdict: Grade | Mark) -> str:
    words = {mark: word for word, mark in MARKS.items()}
    return words[verdict] if isinstance(verdict, Mark) else f"{verdict:d}"


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row's first line and its two cells; rows that are blank are passed over."""
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        where = _find_columns(path, reader)
        line = reader.line_num + 1
        for cells in reader:
            row = {name: (cells[k] if k < len(cells) else "") for name, k in where.columns.items()}
            nothing_said = where.exported and not row["grade"].strip()
            if any(cell.strip() for cell in cells) and not nothing_said:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise GradesError(
            f"{path} is no table from line {reader.line_num} on ({error}). Save it as CSV again."
        ) from error


def _find_columns(path: Path, reader: Iterator[list[str]]) -> _Columns:
    for cells in reader:
        if cells and not cells[0].lower().startswith("sep="):
            break
    else:
        cells = []
    header = [cell.strip().lower() for cell in cells]
    if set(EXPORTED) <= set(header):
        return _Columns(dict(zip(COLUMNS, map(header.index, EXPORTED), strict=True)), exported=True)
    if missing := [name for name in COLUMNS if name not in header]:
        raise GradesError(
            f"{path} has no column {' and no column '.join(missing)}. "
            "Its first line must name the columns: photo,grade."
        )
    return _Columns({name: header.index(name) for name in COLUMNS})


def _text(path: Path) -> str:
    """Read a spreadsheet's text; bytes that are no UTF-8 are kept as ``os.fsdecode`` keeps them."""
    try:
        content = _content(path)
    except FileNotFoundError as error:
        raise GradesError(f"There is no file {path}. Check the name.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise GradesError(f"{path} cannot be read: {reason}.") from error
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "surrogateescape")


def _content(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe may wait for ever
        raise GradesError(f"{path} cannot be read: it is no file of text. Save a table as CSV.")
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise GradesError(
            f"{path} is larger than {LARGEST // 1_000_000} MB. "
            "Leave only the columns photo and grade, or cut it in two."
        )
    return content


def _separator(text: str) -> str:
    """Return what stands most often in the first line that is not Excel's ``sep=``."""
    lines = (line for line in text.splitlines() if line.strip())
    first = next(lines, "")
    if match := re.match(f"sep=([{SEPARATORS}])", first, re.IGNORECASE):
        return match[1]
    return max(SEPARATORS, key=first.count)
