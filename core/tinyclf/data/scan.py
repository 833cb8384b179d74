"""A folder → photos and problems: everything found is one of the two."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator, Iterable, Iterator
from functools import partial
from pathlib import Path

from tinyclf.data.ahead import map_ahead
from tinyclf.data.decode import SUFFIXES, decode_file
from tinyclf.data.files import open_regular, reason_of, require_regular
from tinyclf.data.identity import identify, stamp_of
from tinyclf.data.natural_order import natural_key
from tinyclf.data.thumbnails import THUMBNAIL_SIDE, ThumbnailCache, encode_thumbnail
from tinyclf.domain import Photo, Problem
from tinyclf.errors import InputError, PhotoError

_NOBODYS_FOLDERS = frozenset(
    {"@eadir", "__macosx", "$recycle.bin", "system volume information", "lost+found"}
)
_TIMES_READ = 3
"""So often a file is read that another program writes to meanwhile."""
_CACHE_TAG = "CACHEDIR.TAG"  # the cache directory tagging convention, bford.info/cachedir


def find_photos(folder: Path) -> Iterator[Path | Problem]:
    """Yield what looks like a photo in a folder and below, each folder's files first.

    Names are sorted as people count: 2 before 10. Hidden files, hidden folders and other
    programs' caches are passed over. A linked folder is followed once, and not where it leads into
    the folder itself. What cannot be looked at is a problem.

    Raises:
        InputError: there is no such folder; the message names it.
    """
    root = _root(folder)
    pending, seen = [root], set[tuple[int, int]]()
    while pending:
        current = pending.pop()
        try:
            status = current.stat()
            entries = sorted(current.iterdir(), key=_natural)
        except OSError as error:
            yield Problem(current, _folder_reason(error))
            continue
        is_cache = current != root and any(entry.name == _CACHE_TAG for entry in entries)
        if is_cache or (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        entries = [entry for entry in entries if not entry.name.startswith(".")]
        yield from filter(None, map(_file_or_problem, entries))
        pending += [entry for entry in reversed(entries) if _is_folder_to_visit(entry, root)]


def _root(folder: Path) -> Path:
    root = Path(os.path.abspath(folder))  # noqa: PTH100 (resolve() would follow the user's links)
    try:
        is_folder = stat.S_ISDIR(root.stat().st_mode)
    except FileNotFoundError as error:
        raise InputError(f"There is no folder {folder}: check its name.") from error
    except OSError as error:
        raise InputError(f"The folder {folder} cannot be opened: {reason_of(error)}.") from error
    if not is_folder:
        raise InputError(f"{folder} is no folder: name the folder that the photos are in.")
    return root


def _natural(path: Path) -> tuple[str, str]:
    return natural_key(path.name), path.name


def _file_or_problem(entry: Path) -> Path | Problem | None:
    if entry.suffix.lower() not in SUFFIXES:
        return None
    try:
        status = entry.stat()
        if stat.S_ISDIR(status.st_mode):
            return None
        require_regular(status)
    except PhotoError as error:
        return Problem(entry, str(error))
    except FileNotFoundError:
        return Problem(entry, "the link leads to a file that is gone")
    except OSError as error:
        return Problem(entry, reason_of(error))
    return entry


def _is_folder_to_visit(entry: Path, root: Path) -> bool:
    try:
        if not stat.S_ISDIR(entry.stat().st_mode):
            return False
        leads_back = entry.is_symlink() and entry.resolve().is_relative_to(root.resolve())
    except OSError:  # nothing can be said of it, so nothing found is lost
        return False
    return entry.name.lower() not in _NOBODYS_FOLDERS and not leads_back


def _folder_reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "you are not allowed to look into this folder"
    return reason_of(error)


def read_photos(
    found: Iterable[Path | Problem],
    thumbnails: ThumbnailCache | None = None,
    *,
    workers: int = 2,
) -> Generator[Photo | Problem, None, None]:
    """Yield a photo or a problem for each found file, in order.

    Each file is decoded whole, at reduced scale where the format allows it, so that broken ones
    are known now; the same decode makes its thumbnail. Close it to stop early.

    Args:
        found: From ``find_photos``, or any paths.
        thumbnails: Where the thumbnails go.
        workers: How many threads decode.

    Raises:
        StorageError: the thumbnails cannot be written.
    """
    yield from map_ahead(partial(_read, thumbnails=thumbnails), found, workers)


def _read(found: Path | Problem, thumbnails: ThumbnailCache | None) -> Photo | Problem:
    if isinstance(found, Problem):
        return found
    path = Path(os.path.abspath(found))  # noqa: PTH100 (resolve() would follow the user's links)
    try:
        return _read_steady(path, thumbnails)
    except PhotoError as error:
        return Problem(path, str(error))


def _read_steady(path: Path, thumbnails: ThumbnailCache | None) -> Photo:
    """Read a photo that no other program writes to meanwhile: picture and identity belong together.

    Raises:
        PhotoError: it cannot be read, or never holds still.
    """
    for _ in range(_TIMES_READ):
        with open_regular(path) as file:
            stamp = stamp_of(file)
            picture = decode_file(file, long_side=THUMBNAIL_SIDE)
            file.seek(0)
            photo_id = identify(file)
            if stamp_of(file) != stamp:
                continue
        if thumbnails is not None:
            thumbnails.put(photo_id, encode_thumbnail(picture.image))
        return Photo(
            photo_id,
            path,
            picture.width,
            picture.height,
            stamp.size,
            stamp.modified_ns,
            picture.taken,
            stamp.changed_ns,
        )
    raise PhotoError(
        "another program is writing the file: import its folder again once that is done"
    )
