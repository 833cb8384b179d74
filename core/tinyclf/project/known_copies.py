"""What becomes of exact copies: those that are gone are forgotten, others stand in for a photo."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tinyclf.data.files import open_regular
from tinyclf.data.identity import identify, open_imported
from tinyclf.domain import Copy, Job, Photo, PhotoId, Progress
from tinyclf.errors import PhotoError
from tinyclf.project.photo_rows import PhotoRows

_LOOKING = "Looking at exact copies"
_LOOKS_A_REPORT = 200


class Times(NamedTuple):
    """When a file was last changed, in nanoseconds since 1970.

    Attributes:
        modified_ns: As whoever wrote it says.
        changed_ns: As the system says.
    """

    modified_ns: int
    changed_ns: int


def times_in_place(photo: Photo) -> Times | None:
    """Return when the file of a photo was last changed; ``None`` where it is gone or another.

    It is read only where its size or its times are others than at import.
    """
    try:
        status = photo.path.stat()
        times = Times(status.st_mtime_ns, status.st_ctime_ns)
        if (status.st_size, *times) == (photo.file_size, photo.modified_ns, photo.changed_ns):
            return times
        with open_imported(photo) as file:
            status = os.fstat(file.fileno())
    except (OSError, PhotoError):
        return None
    return Times(status.st_mtime_ns, status.st_ctime_ns)


def tend_copies(store: PhotoRows) -> Job[frozenset[PhotoId]]:
    """Forget the copies that are gone; let one stand in for each photo that is not in its place.

    A copy stands in only if it still holds the photo's bytes; then the photo has moved there.

    Args:
        store: The collection; it is written only where something is another now.

    Returns:
        The photos that lie now where a copy of them was.

    Raises:
        StorageError: the collection cannot be written.
    """
    copies_of = defaultdict[PhotoId, list[Copy]](list)
    none_any_more = []
    for number, copy in enumerate(store.copies()):
        if _is_gone(copy.path):
            none_any_more.append(copy.path)
        else:
            copies_of[copy.photo_id].append(copy)
        if number % _LOOKS_A_REPORT == 0:
            yield Progress(_LOOKING, number, 0)
    times, stand_ins = dict[PhotoId, Times](), list[Photo]()
    for number, (photo_id, copies) in enumerate(copies_of.items()):
        if number % _LOOKS_A_REPORT == 0:
            yield Progress(_LOOKING, number, len(copies_of))
        photo = store.photo(photo_id)
        if photo is None:
            continue
        if (now := times_in_place(photo)) is not None:
            if now != (photo.modified_ns, photo.changed_ns):
                times[photo_id] = now
            continue
        for copy in copies:
            found = _read(copy, photo)
            if found is not None and found.photo_id == photo_id:
                stand_ins.append(found)
                break
            if found is not None:
                none_any_more.append(copy.path)
    if none_any_more:
        store.forget_copies(none_any_more)
    if times:
        _note(store, times)
    folders = sorted(store.folders(), key=lambda folder: len(folder.parts))
    for photo in stand_ins:
        home = [folder for folder in folders if photo.path.is_relative_to(folder)]
        store.add_photos(home[-1], [photo])
    return frozenset(photo.photo_id for photo in stand_ins)


def _is_gone(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # nothing can be said of it
        return False
    return False


def _read(copy: Copy, photo: Photo) -> Photo | None:
    """Return the photo as it lies in the place of a copy, with the identity that is there now."""
    try:
        with open_regular(copy.path) as file:
            status, photo_id = os.fstat(file.fileno()), identify(file)
    except (OSError, PhotoError):
        return None
    return replace(
        photo,
        photo_id=photo_id,
        path=copy.path,
        file_size=status.st_size,
        modified_ns=status.st_mtime_ns,
        changed_ns=status.st_ctime_ns,
    )


def _note(store: PhotoRows, times: dict[PhotoId, Times]) -> None:
    """Keep the times of files that are the same still, so that they are not read again."""
    modified = {
        photo_id: now.modified_ns
        for photo_id, now in times.items()
        if (photo := store.photo(photo_id)) and photo.modified_ns != now.modified_ns
    }
    if modified:
        store.set_modified(modified)
    store.set_changed({photo_id: now.changed_ns for photo_id, now in times.items()})
