"""What becomes of exact copies: those that are gone are forgotten, others stand in for a photo."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tinyclf.data.identity import stamped_id
from tinyclf.data.in_place import look_for
from tinyclf.domain import Copy, FileStamp, Job, Photo, PhotoId, Progress
from tinyclf.errors import PhotoError
from tinyclf.project.photo_rows import PhotoRows

_LOOKING = "Looking at exact copies"
_LOOKS_A_REPORT = 200


@dataclass(frozen=True)
class CopyNews:
    """What became of exact copies.

    Attributes:
        moved: The photos that lie now where a copy of them was.
        forgotten: How many files are copies no longer, since they are gone or others now.
    """

    moved: frozenset[PhotoId] = frozenset()
    forgotten: int = 0


def tend_copies(store: PhotoRows) -> Job[CopyNews]:
    """Forget the copies that are gone; let one stand in for each photo that is not in its place.

    A copy stands in only if it still holds the photo's bytes; then the photo has moved there. One
    whose photo folder is not there as a whole, as on a drive that is unplugged, is no less a copy.

    Args:
        store: The collection; it is written only where something is another now.

    Raises:
        StorageError: the collection cannot be written.
    """
    copies_of = defaultdict[PhotoId, list[Copy]](list)
    none_any_more = []
    there = [folder for folder in store.folders() if os.path.isdir(folder)]  # noqa: PTH112 (is_dir raises)
    for number, copy in enumerate(store.copies()):
        if _is_gone(copy.path, there):
            none_any_more.append(copy.path)
        else:
            copies_of[copy.photo_id].append(copy)
        if number % _LOOKS_A_REPORT == 0:
            yield Progress(_LOOKING, number, 0)
    stamps, stand_ins = dict[PhotoId, FileStamp](), list[Photo]()
    for number, (photo_id, copies) in enumerate(copies_of.items()):
        if number % _LOOKS_A_REPORT == 0:
            yield Progress(_LOOKING, number, len(copies_of))
        photo = store.photo(photo_id)
        if photo is None:
            continue
        look = look_for(photo)
        if look.keeps_its_place:
            if look.stamp is not None and look.stamp != photo.stamp:
                stamps[photo_id] = look.stamp
            continue
        for copy in copies:
            try:
                now, stamp = stamped_id(copy.path)
            except PhotoError:
                continue
            if now == photo_id:
                stand_ins.append(photo.found_at(copy.path, stamp))
                break
            none_any_more.append(copy.path)
    if none_any_more:
        store.forget_copies(none_any_more)
    if stamps:
        _note(store, stamps)
    folders = sorted(store.folders(), key=lambda folder: len(folder.parts))
    for photo in stand_ins:
        home = [folder for folder in folders if photo.path.is_relative_to(folder)]
        store.add_photos(home[-1], [photo])
    return CopyNews(frozenset(photo.photo_id for photo in stand_ins), len(none_any_more))


def _is_gone(path: Path, folders: Iterable[Path]) -> bool:
    """Tell whether a file is gone, and not merely the drive that it is on.

    Args:
        path: The file.
        folders: The photo folders that are there.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return any(path.is_relative_to(folder) for folder in folders)
    except OSError:  # nothing can be said of it
        return False
    return False


def _note(store: PhotoRows, stamps: dict[PhotoId, FileStamp]) -> None:
    """Keep the times of files that are the same still, so that they are not read again."""
    modified = {
        photo_id: now.modified_ns
        for photo_id, now in stamps.items()
        if (photo := store.photo(photo_id)) and photo.modified_ns != now.modified_ns
    }
    if modified:
        store.set_modified(modified)
    store.set_changed(stamps)
