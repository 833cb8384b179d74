"""All grades as a table that any spreadsheet opens."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from tinyclf.domain import Mark
from tinyclf.errors import InputError
from tinyclf.export.rows import ExportRow
from tinyclf.whole_file import whole_file

COLUMNS = (
    "path",
    "photo_id",
    "grade",
    "source",
    "human_grade",
    "proposed_grade",
    "expected_grade",
    "confidence",
    "p1",
    "p2",
    "p3",
    "p4",
    "p5",
    "verified",
    "copy_of",
    "in_bulk",
)
_MARKS = {Mark.UNSURE: "unsure", Mark.NOT_GRADABLE: "not gradable"}


def write_csv(rows: Iterable[ExportRow], out: Path) -> int:
    """Write one line a file: UTF-8, comma, the columns of `COLUMNS`; what is unknown is empty.

    A ``human_grade`` is 1 to 5, ``unsure`` or ``not gradable``; ``grade`` is the human grade, else
    the proposed one. ``verified`` is true of a human grade that is an accepted proposal, as the
    tick says in the window; of one given by hand, whose ``source`` is ``human`` too, false. Where
    ``in_bulk`` is true as well, it was accepted with the rest of a wall: nobody has looked at that
    photo singly. An exact copy of a photo has all that is known of the photo, and where that lies
    as ``copy_of``, which is empty for a photo itself. Paths are absolute and written as they are,
    so that programs find the photos; as they begin with the root, no spreadsheet takes one for a
    formula. A name whose bytes are no Unicode is written as these bytes.

    Returns:
        How many lines were written.

    Raises:
        InputError: the file to write is one of the photos.
        StorageError: it cannot be written; what was there before still is.
    """
    rows = list(rows)
    if out.exists() and any(row.path.name == out.name and out.samefile(row.path) for row in rows):
        raise InputError(f"{out} is one of the photos. Choose another name for the table.")
    with (
        whole_file(out) as part,
        part.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file,
    ):
        table = csv.writer(file, lineterminator="\n")
        quoted = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        table.writerow(COLUMNS)
        for row in rows:  # before Python 3.13, a carriage return alone is left without quotes
            odd = "\r" in f"{row.path}{row.copy_of}"
            (quoted if odd else table).writerow(_cells(row))
    return len(rows)


def _cells(row: ExportRow) -> list[str | int]:
    proposal = row.proposal
    human = _MARKS.get(row.human, row.human) if isinstance(row.human, Mark) else row.human
    opinion: list[str | int] = [""] * 8
    if proposal is not None:
        shares = [proposal.confidence, *proposal.probabilities]
        opinion = [int(proposal.grade), f"{proposal.expected_grade:.4f}"]
        opinion += [f"{share:.6f}" for share in shares]
    return [
        str(row.path),
        row.photo_id,
        _cell(row.grade),
        row.source,
        _cell(human),
        *opinion,
        "true" if row.verified else "false",
        "" if row.copy_of is None else str(row.copy_of),
        "true" if row.in_bulk else "false",
    ]


def _cell(value: int | str | None) -> int | str:
    if value is None:
        return ""
    return value if isinstance(value, str) else int(value)
