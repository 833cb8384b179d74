"""Photos that are no longer where they were: which they are, and where they lie now.

A photo is its bytes. So one that was moved or renamed is found by its content, and a file that has
only its name is never taken for it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from tinyclf.data.ahead import map_ahead
from tinyclf.data.identity import stamped_id
from tinyclf.data.scan import find_photos
from tinyclf.domain import FileStamp, Job, Photo, PhotoId, Problem, Progress
from tinyclf.errors import PhotoError
from tinyclf.project.photo_rows import PhotoRows
from tinyclf.project.photo_sequence import PhotoSequence
from tinyclf.project.stored_path import absolute
from tinyclf.project.touched import TouchedFiles

LOOKS_A_REPORT = 500
"""Files looked at between two reports."""
_LOOKING = "Looking where the photos are"
_SEARCHING = "Searching for photos"


@dataclass(frozen=True)
class Missing:
    """Photos that are not where they were, or whose folder cannot be looked into.

    What a look did besides is told with them; it makes two of these no different.

    Attributes:
        photo_ids: Which, in the order they came in.
        places: Where that is, the most photos first: their folders, or what of their path is gone
            as a whole. So an unplugged drive is one place.
        is_gone: The first of these places is not there at all.
        replaced: Which of them have left their place to another photo of the collection: they were
            edited, or moved before the camera gave their name anew.
        moved: Photos that are not missing, since they lie now where a copy of them was.
        forgotten: How many files were found to be copies no longer.
    """

    photo_ids: tuple[PhotoId, ...] = ()
    places: tuple[Path, ...] = ()
    is_gone: bool = False
    replaced: frozenset[PhotoId] = frozenset()
    moved: frozenset[PhotoId] = field(default=frozenset(), compare=False)
    forgotten: int = field(default=0, compare=False)


@dataclass(frozen=True)
class RelinkReport:
    """What a search for moved photos found.

    Attributes:
        missing: How many photos were not where they were.
        found: How many of these are linked to their new places now.
        still_missing: The others.
        namesakes: Files that have the name of one still missing but are other pictures, or cannot
            be read: they were not linked.
        replaced: Which of those still missing have left their place to another photo.
    """

    missing: int
    found: int
    still_missing: tuple[Photo, ...]
    namesakes: tuple[Problem, ...]
    replaced: frozenset[PhotoId] = frozenset()

    def with_copies(self, moved: frozenset[PhotoId]) -> RelinkReport:
        """Return the report with photos that have moved to the places of their copies besides."""
        left = tuple(photo for photo in self.still_missing if photo.photo_id not in moved)
        unasked = len(moved) - (len(self.still_missing) - len(left))  # others had their places
        missing = self.missing + unasked
        return replace(self, missing=missing, found=self.found + len(moved), still_missing=left)


def find_missing(
    photos: PhotoSequence,
    touched: TouchedFiles | None = None,
    aside: frozenset[PhotoId] = frozenset(),
) -> Job[Missing]:
    """Return the photos whose file is gone, or is another than at import.

    Each folder is listed once; only files of another time than at import are read.

    Args:
        photos: All photos, where they were.
        touched: What is known of files of another time, and takes what is found out now.
        aside: Photos that are not missed where another photo has their place.
    """
    touched = touched or TouchedFiles()
    # Names and rows apart: a pair for each photo would be 100,000 objects to the garbage collector.
    within = defaultdict[str, tuple[list[str], list[int]]](lambda: ([], []))
    for row, parts in enumerate(photos.places):
        folder, name = os.path.split(os.path.join(*parts))  # noqa: PTH118 (Paths take seconds)
        names, rows = within[folder]
        names.append(name)
        rows.append(row)
        if row % LOOKS_A_REPORT == 0:
            yield Progress(_LOOKING, 0, len(photos.ids))
    missing, places = list[int](), dict[Path, int]()
    replaced = set[PhotoId]()
    done = 0
    for folder, (names, rows) in within.items():
        stamps = _stamps_in(folder)
        there, others = set[str](), list[tuple[str, int]]()
        for name, row in zip(names, rows, strict=True):
            if _is_there(photos, row, name, stamps, touched):
                there.add(name)
            else:
                others.append((name, row))
            if row % LOOKS_A_REPORT == 0:
                yield Progress(_LOOKING, done, len(photos.ids))
        replaced.update(photos.ids[row] for name, row in others if name in there)
        let_go = aside & replaced
        gone = [row for _, row in others if photos.ids[row] not in let_go]
        if gone:
            place = _what_is_gone(Path(folder)) if stamps is None else Path(folder)
            places[place] = places.get(place, 0) + len(gone)
            missing += gone
        done += len(rows)
        yield Progress(_LOOKING, done, len(photos.ids))
    ids = tuple(photos.ids[row] for row in sorted(missing))
    by_count = tuple(sorted(places, key=lambda one: -places[one]))
    is_gone = bool(by_count) and not by_count[0].exists()
    return Missing(ids, by_count, is_gone, frozenset(replaced - aside))


def relink_photos(
    store: PhotoRows,
    photos: PhotoSequence,
    folder: Path,
    *,
    workers: int = 2,
    touched: TouchedFiles | None = None,
    aside: frozenset[PhotoId] = frozenset(),
) -> Job[RelinkReport]:
    """Find photos that are not where they were in a folder and below, and link them.

    Only files of a missing photo's size are read. All that are found are written as one act at the
    end; when the job is closed early, those found so far. Nothing is written to the folder.

    Args:
        store: The collection.
        photos: All of its photos, where they were.
        folder: Where to look.
        workers: How many threads read.
        touched: As for `find_missing`.
        aside: Likewise.

    Raises:
        InputError: there is no such folder.
        StorageError: the collection cannot be written; then nothing is linked.
    """
    folder = absolute(folder)
    files = yield from _files_in(folder)
    gone = yield from find_missing(photos, touched, aside)
    row_of = {photo_id: row for row, photo_id in enumerate(photos.ids)}
    missing = [photos[row_of[photo_id]] for photo_id in gone.photo_ids]
    wanted = {photo.photo_id: photo for photo in missing}
    found: dict[PhotoId, Photo] = {}
    sizes = {photo.file_size for photo in missing}
    candidates = [path for path, size in files.items() if size in sizes]
    try:
        unlike = yield from _search(candidates, wanted, found, workers)
    finally:
        if found:
            store.add_photos(folder, list(found.values()))
    left = tuple(photo for photo in missing if photo.photo_id not in found)
    strangers = [photo for photo in left if photo.photo_id not in gone.replaced]
    namesakes = _namesakes(files, strangers, found.values(), unlike)
    replaced = gone.replaced.difference(found)
    return RelinkReport(len(missing), len(found), left, tuple(namesakes), replaced)


def _search(
    candidates: Sequence[Path],
    wanted: Mapping[PhotoId, Photo],
    found: dict[PhotoId, Photo],
    workers: int,
) -> Job[list[Problem]]:
    """Read files until all that is wanted is found; return those that are something else.

    Args:
        candidates: The files.
        wanted: The photos looked for.
        found: Takes what is found as it is, so that it is known when the job is closed early.
        workers: How many threads read.
    """
    unlike: list[Problem] = []
    yield Progress(_SEARCHING, 0, len(candidates))
    with closing(map_ahead(partial(_read, wanted=wanted), candidates, workers)) as results:
        for done, (path, result) in enumerate(zip(candidates, results, strict=True), 1):
            if isinstance(result, Photo):
                found.setdefault(result.photo_id, result)
            elif result is not None:
                unlike.append(Problem(path, result))
            yield Progress(_SEARCHING, done, len(candidates))
            if len(found) == len(wanted):
                break
    return unlike


def _stamps_in(folder: str) -> dict[str, FileStamp] | None:
    """Return the stamps of a folder's files by name; ``None`` if it cannot be looked into."""
    stamps = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    if entry.is_file():
                        stamps[entry.name] = FileStamp.of(entry.stat())
                except OSError:
                    continue  # a link that leads nowhere, or a file going just now
    except OSError:
        return None
    return stamps


def _is_there(
    photos: PhotoSequence,
    row: int,
    name: str,
    stamps: Mapping[str, FileStamp] | None,
    touched: TouchedFiles,
) -> bool:
    if stamps is None:
        return False
    stamp = stamps.get(name)
    if stamp is None:  # some systems know a name in other letters than they list
        stamp = _stamp_of(Path(*photos.places[row]))
    if stamp is None:
        return False
    if [stamp.size, stamp.modified_ns] == photos.sizes[row, 2:4].tolist():
        return True
    return touched.keeps_its_place(photos[row], stamp)


def _stamp_of(path: Path) -> FileStamp | None:
    try:
        return FileStamp.of(path.stat()) if path.is_file() else None
    except OSError:
        return None


def _what_is_gone(folder: Path) -> Path:
    """Return the highest part of a folder's path that is not there; the folder itself if it is."""
    gone = folder
    for parent in folder.parents:
        if parent.is_dir():
            break
        gone = parent
    return gone


def _files_in(folder: Path) -> Job[dict[Path, int]]:
    """Return what looks like a photo in a folder and below, and its size."""
    files = {}
    for number, item in enumerate(find_photos(folder)):
        if isinstance(item, Path) and (stamp := _stamp_of(item)) is not None:
            files[item] = stamp.size
        if number % LOOKS_A_REPORT == 0:
            yield Progress(_SEARCHING, len(files), 0)
    return files


def _read(path: Path, wanted: Mapping[PhotoId, Photo]) -> Photo | str | None:
    """Return the wanted photo that a file is, ``None`` if it is none, or why it cannot be read."""
    try:
        photo_id, stamp = stamped_id(path)
    except PhotoError as error:
        return str(error)
    photo = wanted.get(photo_id)
    return None if photo is None else photo.found_at(path, stamp)


def _namesakes(
    files: Iterable[Path],
    missing: Iterable[Photo],
    found: Iterable[Photo],
    unlike: Iterable[Problem],
) -> Iterable[Problem]:
    """Yield the files that have the name of a photo still missing, and why they are not linked."""
    names = {photo.path.name for photo in missing}
    linked = {photo.path for photo in found}
    reasons = {problem.path: problem.reason for problem in unlike}
    for path in files:
        if path.name in names and path not in linked:
            yield Problem(path, reasons.get(path, "the same name, but another picture"))
