"""Taking grades, walls and the classifier out of an open collection."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tinyclf.data.in_place import holds_another
from tinyclf.data.thumbnails import thumbnail
from tinyclf.domain import Copy, Job, PhotoId, Problem, Progress, verdict_of
from tinyclf.errors import InputError, PhotoError
from tinyclf.export import (
    OTHER_FILE,
    ExportRow,
    FolderReport,
    copy_to_folders,
    wall_sheets,
    write_csv,
)
from tinyclf.project.database_file import COMPANIONS
from tinyclf.project.schema import APPLICATION_ID
from tinyclf.session.session import Session
from tinyclf.session.trained import require_classifier
from tinyclf.trust.review_order import unclearness
from tinyclf.whole_file import require_file_place, require_writable, whole_file

_SQLITE = b"SQLite format 3\0"
_HEADER_BYTES = 72
"""Of a SQLite file, up to and with its application id."""


@dataclass(frozen=True)
class TableReport:
    """What was written into a table.

    Attributes:
        photos: Lines of photos.
        copies: Lines of exact copies of them.
        problems: Files that have none, since they are others now than were graded.
    """

    photos: int
    copies: int
    problems: tuple[Problem, ...] = ()


def export_csv(session: Session, out: Path) -> Job[TableReport]:
    """Write all grades as a table, each copy of a photo after it.

    A file that lies in the place of a photo but is another one has no line: whoever reads the table
    would take the grade for its own.
    """
    copies = session.copies
    rows = list(_with_copies(export_rows(session), copies))
    kept, problems = list[ExportRow](), list[Problem]()
    modified = {copy.path: copy.stamp.modified_ns for copy in copies if copy.stamp}
    for done, row in enumerate(rows):
        yield Progress("Looking at photos", done, len(rows))
        photo = session.table.photo(session.table.row_of[PhotoId(row.photo_id)])
        if row.copy_of is not None:
            photo = replace(photo, path=row.path, modified_ns=modified.get(row.path, 0))
        if holds_another(photo):
            problems.append(Problem(row.path, OTHER_FILE))
        else:
            kept.append(row)
    lines, of_copies = write_csv(kept, out), sum(row.copy_of is not None for row in kept)
    return TableReport(lines - of_copies, of_copies, tuple(problems))


def export_folders(session: Session, folder: Path) -> Job[FolderReport]:
    """Copy every graded or proposed photo into the folder of its grade, once for all its copies."""
    return copy_to_folders(export_rows(session), folder)


def export_walls(session: Session, folder: Path) -> Job[list[Path]]:
    """Draw the walls as pictures, most doubtful first as in the window; return their paths."""

    def picture(row: ExportRow) -> bytes | None:
        photo = session.table.photo(session.table.row_of[PhotoId(row.photo_id)])
        try:
            return thumbnail(photo, session.thumbnails)
        except PhotoError:
            return None

    table = session.table
    doubt = unclearness(table.probabilities)
    rows = sorted(export_rows(session), key=lambda row: -doubt[table.row_of[PhotoId(row.photo_id)]])
    return wall_sheets(rows, folder, picture)


def export_model(session: Session, out: Path) -> int:
    """Write the latest classifier as one file; return its bytes.

    Raises:
        TrainingError: there is no classifier yet.
    """
    blob = require_classifier(session.model_blob())
    with whole_file(out) as part:
        part.write_bytes(blob)
    return len(blob)


def export_onnx(session: Session, out: Path) -> int:
    """Write the latest classifier, from pixels to probabilities, as ONNX; return its bytes.

    Raises:
        TrainingError: there is no classifier yet.
        ModelError: its encoder is missing, another one by now, or cannot be exported.
    """
    blob = session.model_onnx()
    with whole_file(out) as part:
        part.write_bytes(blob)
    return len(blob)


def export_all(
    session: Session,
    csv: Path | None,
    folders: Path | None,
    walls: Path | None,
    model: Path | None,
    onnx: Path | None = None,
    problems: list[Problem] | None = None,
) -> Job[list[Path]]:
    """Take out whatever has a path; all places are checked first. Return the paths.

    Args:
        session: What is taken out of.
        csv: The table.
        folders: The folder of folders.
        walls: The folder of pictures.
        model: The classifier.
        onnx: The same as ONNX.
        problems: Takes the files that were left out, and why; each once.
    """
    left_out = list[Problem]()
    yield Progress("Exporting", 0, 0)
    require_places(session, files=(csv, model, onnx), folders=(folders, walls))
    if onnx is not None:  # first: where its encoder cannot be exported, nothing is written
        export_onnx(session, onnx)
    if csv is not None:
        left_out += (yield from export_csv(session, csv)).problems
    if model is not None:
        export_model(session, model)
    if folders is not None:
        left_out += (yield from export_folders(session, folders)).problems
    if walls is not None:
        yield from export_walls(session, walls)
    if problems is not None:
        problems += {problem.path: problem for problem in left_out}.values()
    return [path for path in (onnx, csv, model, folders, walls) if path is not None]


def require_places(
    session: Session, files: Iterable[Path | None], folders: Iterable[Path | None]
) -> None:
    """Make sure, before anything is written, that it can be written there and costs nothing else.

    Args:
        session: Whose collection and photos must stay as they are.
        files: Files to write; one that is there before is replaced.
        folders: Folders to write into.

    Raises:
        InputError: a place is of the wrong kind, lies nowhere, may not be written, is given twice,
            or is the collection's, another collection's or a photo's.
    """
    taken = {os.path.realpath(session.path)}
    for out in filter(None, files):
        require_file_place(out)
        place = os.path.realpath(out)
        if place in taken:
            raise InputError(f"{out} is the collection itself, or named twice. Name another file.")
        with _system_errors(out):
            _require_no_collection(session, out)
        if place in _photos_named(session, out.name):
            raise InputError(f"{out} is one of the photos. Choose another name.")
        taken.add(place)
    for folder in filter(None, folders):
        with _system_errors(folder):
            _require_folder_place(folder)


@contextmanager
def _system_errors(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{place} cannot be written: {error.strerror}.") from error


def _photos_named(session: Session, name: str) -> set[str]:
    table = session.table
    rows = [row for row, (_, inner) in enumerate(table.places) if inner.endswith(name)]
    paths = [table.path(row) for row in rows]
    paths += [copy.path for copy in session.copies if copy.path.name == name]
    return {os.path.realpath(path) for path in paths}


def _require_no_collection(session: Session, out: Path) -> None:
    """Refuse a collection and the files that SQLite keeps beside one."""
    ends = [end for end in COMPANIONS if out.name.endswith(end)]
    names = [out.name, *(out.name.removesuffix(end) for end in ends)]
    for file in (out.parent / name for name in names):
        # The open one is not read: closing a file drops this process's SQLite locks on it.
        if file.is_file() and (file.samefile(session.path) or _is_collection(file)):
            raise InputError(f"{out} belongs to the collection {file}. Name another file.")


def _is_collection(file: Path) -> bool:
    with file.open("rb") as stream:
        header = stream.read(_HEADER_BYTES)
    return header.startswith(_SQLITE) and header.endswith(APPLICATION_ID.to_bytes(4, "big"))


def _require_folder_place(folder: Path) -> None:
    place = folder.absolute()
    nearest = next(one for one in (place, *place.parents) if one.exists())
    if not nearest.is_dir():
        raise InputError(f"{nearest} is a file. Name a folder to write into.")
    require_writable(nearest)


def export_rows(session: Session) -> list[ExportRow]:
    """Return what is known of every photo that still has its place, in the collection's order."""
    table, in_bulk = session.table, session.in_bulk()
    taken = {copy.path for copy in session.copies}  # by copies of others that came there since
    return [
        ExportRow(
            path=path,
            photo_id=table.ids[row],
            human=verdict_of(int(table.codes[row])),
            verified=bool(table.verified[row]),
            probabilities=tuple(table.probabilities[row].tolist())
            if table.has_proposal[row]
            else None,
            in_bulk=bool(in_bulk[row]),
        )
        for row in np.flatnonzero(~table.replaced()).tolist()
        if (path := table.path(row)) not in taken
    ]


def _with_copies(rows: Iterable[ExportRow], copies: Iterable[Copy]) -> Iterator[ExportRow]:
    """Yield each photo, and after it its copies, with all that is known of it."""
    paths = defaultdict[str, list[Path]](list)
    for copy in copies:
        paths[copy.photo_id].append(copy.path)
    for row in rows:
        yield row
        for path in paths[row.photo_id]:
            yield replace(row, path=path, copy_of=row.path)
