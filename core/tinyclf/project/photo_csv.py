"""Tables that say one thing of each photo, as spreadsheets write them.

Comma, semicolon or tab between; any of a spreadsheet's encodings and line ends; the header in any
case, other columns ignored. Each row that cannot be used is named with its line.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from tinyclf.data.table_text import decoded, read_content, stated_separator
from tinyclf.domain import Copy, PhotoId
from tinyclf.errors import InputError
from tinyclf.project.named_photos import NamedPhotos
from tinyclf.project.photo_table import PhotoTable

T = TypeVar("T")

SEPARATORS = ",;\t"
ROWS_NAMED = 20
LARGEST = 64_000_000
"""Bytes; a line for each of 100,000 photos takes a tenth of it."""


PHOTO_ID = "photo_id"
"""What an exported table calls the column of identities."""


class _Columns(NamedTuple):
    """Where a table says what, and whether one of its rows says nothing without a second cell."""

    photo: int
    thing: int
    photo_id: int | None
    empty_says_nothing: bool


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used: the line it begins on, from 1, and why, in a few words."""

    line: int
    reason: str


@dataclass(frozen=True)
class CsvContents(Generic[T]):
    """What a table says.

    Attributes:
        kind: Which kind of table it is.
        path: The file.
        said: One thing a photo, in the order of the file.
        bad: The rows that cannot be used, by line.
    """

    kind: PhotoCsv[T]
    path: Path
    said: list[tuple[PhotoId, T]]
    bad: list[BadRow]

    def require_all(self) -> list[tuple[PhotoId, T]]:
        """Return what is said if every row can be used.

        Raises:
            InputError: some cannot; it names the first twenty. Of the kind that the table's has.
        """
        if self.bad:
            raise self._refusal()
        return self.said

    def _refusal(self) -> InputError:
        named = [f"line {row.line}: {row.reason}" for row in self.bad[:ROWS_NAMED]]
        if len(self.bad) > ROWS_NAMED:
            named.append(f"and {len(self.bad) - ROWS_NAMED} more")
        count = "1 row" if len(self.bad) == 1 else f"{len(self.bad)} rows"
        return self.kind.error(
            f"{count} of {self.path} cannot be used, so none was applied. {self.kind.cure}: "
            + "; ".join(named)
            + "."
        )


@dataclass(frozen=True)
class PhotoCsv(Generic[T]):
    """A kind of table: the photo in one column, what is said of it in another.

    Attributes:
        column: What the second column is called; the first is called ``photo``.
        parse: What a cell of it says, trimmed; raises ValueError with the reason if nothing.
        shown: How that is written in a table.
        contradiction: Names with ``{}`` what is said here, what else is said, and in which line.
        error: What is raised where a table cannot be used.
        cure: What to do about bad rows.
        other_names: What other tables call the two columns, if these are read, too; a row of
            theirs whose second cell is empty says nothing.
        empty_says_nothing: Whether that holds of any table.
    """

    column: str
    parse: Callable[[str], T]
    shown: Callable[[T], str]
    contradiction: str
    error: type[InputError]
    cure: str = "Correct the file"
    other_names: tuple[str, str] | None = None
    empty_says_nothing: bool = False

    def read(
        self,
        path: Path,
        table: PhotoTable,
        folders: Sequence[Path],
        copies: Iterable[Copy] = (),
    ) -> CsvContents[T]:
        """Return what is said of each photo of a collection.

        A photo is named by its identity, where the table has a column ``photo_id`` of them; else by
        its path within a photo folder, by its absolute path, or by its file name where only one
        photo has it; or so by a copy of it. A name counts only while no other file has it. A photo
        may come twice if the same is said; else none of its rows is used.

        Args:
            path: The file.
            table: The collection's photos.
            folders: The photo folders, to recognise them by another name (through a link).
            copies: The copies of these photos.

        Raises:
            InputError: the file cannot be read, or lacks a column; of the kind ``error``.
        """
        photos = NamedPhotos(table, folders, copies)
        said: dict[PhotoId, list[tuple[int, T]]] = defaultdict(list)
        bad = []
        for line, name, cell, identity in self._rows(path):
            try:
                thing, photo_id = self.parse(cell.strip()), photos.find(name, identity)
            except ValueError as error:
                bad.append(BadRow(line, str(error)))
            else:
                said[photo_id].append((line, thing))
        things = []
        for photo_id, rows in said.items():
            if len({thing for _, thing in rows}) == 1:
                things.append((photo_id, rows[0][1]))
            else:
                bad.extend(self._contradictions(rows))
        return CsvContents(self, path, things, sorted(bad, key=lambda row: row.line))

    def _contradictions(self, rows: list[tuple[int, T]]) -> Iterator[BadRow]:
        for line, thing in rows:
            other, another = next(row for row in rows if row[1] != thing)
            words = self.contradiction.format(self.shown(thing), self.shown(another), other)
            yield BadRow(line, words)

    def _rows(self, path: Path) -> Iterator[tuple[int, str, str, str]]:
        """Yield each row's first line, its two cells, and its identity, where it has one.

        Rows that say nothing are passed over.
        """
        text = self._text(path)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
        try:
            columns = self._find_columns(path, reader)
            line = reader.line_num + 1
            for cells in reader:
                name, cell, identity = (
                    cells[k] if k is not None and k < len(cells) else "" for k in columns[:3]
                )
                says_nothing = columns.empty_says_nothing and not cell.strip()
                if any(each.strip() for each in cells) and not says_nothing:
                    yield line, name, cell, identity
                line = reader.line_num + 1
        except csv.Error as error:
            raise self.error(
                f"{path} is no table from line {reader.line_num} on ({error}). "
                "Save it as CSV again."
            ) from error

    def _find_columns(self, path: Path, reader: Iterator[list[str]]) -> _Columns:
        for cells in reader:
            if cells and not cells[0].lower().startswith("sep="):
                break
        else:
            cells = []
        header = [cell.strip().lower() for cell in cells]
        photo_id = header.index(PHOTO_ID) if PHOTO_ID in header else None
        names, empty_says_nothing = ("photo", self.column), self.empty_says_nothing
        if self.other_names and set(self.other_names) <= set(header):
            names, empty_says_nothing = self.other_names, True
        if missing := [name for name in names if name not in header]:
            raise self.error(
                f"{path} has no column {' and no column '.join(missing)}. "
                f"Its first line must name the columns: photo,{self.column}."
            )
        photo, thing = map(header.index, names)
        return _Columns(photo, thing, photo_id, empty_says_nothing)

    def _text(self, path: Path) -> str:
        """Read the text; bytes that are no UTF-8 are kept as ``os.fsdecode`` keeps them."""
        cure = f"Leave only the columns photo and {self.column}, or cut it in two."
        return decoded(read_content(path, LARGEST, cure, self.error), "surrogateescape")


def _separator(text: str) -> str:
    """Return what stands most often in the first line that is not Excel's ``sep=``."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return stated_separator(text, SEPARATORS) or max(SEPARATORS, key=first.count)
