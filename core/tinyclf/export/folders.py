"""Copies of the photos, sorted into a folder for each grade."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tinyclf.data.files import open_regular
from tinyclf.data.identity import identify
from tinyclf.domain import GRADES, Job, Problem, Progress
from tinyclf.errors import PhotoChangedError, PhotoError
from tinyclf.export.originals import require_apart
from tinyclf.export.rows import OTHER_FILE, ExportRow
from tinyclf.whole_file import make_folder, whole_file


@dataclass(frozen=True)
class FolderReport:
    """What became of the photos; ``copied + already_there + without_grade + problems`` is all.

    Attributes:
        copied: Photos copied.
        already_there: Photos whose copy was there before.
        without_grade: Photos that hang on no wall.
        problems: Photos that could not be copied, each with its reason.
    """

    copied: int
    already_there: int
    without_grade: int
    problems: tuple[Problem, ...] = field(default=())


def copy_to_folders(rows: Iterable[ExportRow], folder: Path) -> Job[FolderReport]:
    """Copy every photo that has a grade into the folder's ``1`` to ``5``, under its own name.

    No file is ever overwritten: where another file has the name, the copy gets a number. A photo
    whose grade has changed since an earlier export is not removed from where that put it.

    Raises:
        InputError: the folder is one that holds the photos.
        StorageError: a copy cannot be written.
    """
    rows = list(rows)
    places = {grade: folder / str(int(grade)) for grade in GRADES}
    require_apart(rows, places.values())
    for place in places.values():
        make_folder(place)
    copied = already_there = without_grade = 0
    problems = []
    for done, row in enumerate(rows):
        yield Progress("Copying photos", done, len(rows))
        if row.grade is None:
            without_grade += 1
            continue
        try:
            is_new = _copy(row, places[row.grade])
        except PhotoError as error:
            problems.append(Problem(row.path, str(error)))
        else:
            copied += is_new
            already_there += not is_new
    yield Progress("Copying photos", len(rows), len(rows))
    return FolderReport(copied, already_there, without_grade, tuple(problems))


def _copy(row: ExportRow, place: Path) -> bool:
    """Copy a photo unless its copy is there; return whether it was copied."""
    with open_regular(row.path) as file:
        status = os.fstat(file.fileno())
        if identify(file) != row.photo_id:
            raise PhotoChangedError(OTHER_FILE)
        file.seek(0)
        content = file.read()
    for target in _names(place, row.path):
        if not os.path.lexists(target):
            with whole_file(target) as part:
                part.write_bytes(content)
                os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))
            return True
        if target.is_file() and _holds(target, content):
            return False
    raise AssertionError("unreachable: there is always another number")


def _names(place: Path, path: Path) -> Iterator[Path]:
    yield place / path.name
    number = 2
    while True:
        yield place / f"{path.stem} ({number}){path.suffix}"
        number += 1


def _holds(path: Path, content: bytes) -> bool:
    return path.stat().st_size == len(content) and path.read_bytes() == content
