"""What makes a photo this photo: the hash of its bytes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tinyclf.data.files import open_regular, reason_of
from tinyclf.domain import FileStamp, Photo, PhotoId
from tinyclf.errors import PhotoChangedError, PhotoError

_DIGEST_BYTES = 16
_CHUNK = 1 << 20


def identify(file: BinaryIO) -> PhotoId:
    """Return the identity of an open file's bytes from where it stands to its end.

    Raises:
        PhotoError: the disk fails while reading.
    """
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    try:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    except OSError as error:
        raise PhotoError(reason_of(error)) from error
    return PhotoId(digest.hexdigest())


def photo_id(path: Path) -> PhotoId:
    """Return the identity of the file at ``path``.

    Raises:
        PhotoError: it cannot be read.
    """
    with open_regular(path) as file:
        return identify(file)


def stamped_id(path: Path) -> tuple[PhotoId, FileStamp]:
    """Return the identity of the file at ``path``, and by what it is known without being read.

    Raises:
        PhotoError: it cannot be read.
    """
    with open_regular(path) as file:
        stamp = stamp_of(file)
        return identify(file), stamp


@contextmanager
def open_imported(photo: Photo, *, trust_time: bool = False) -> Iterator[BinaryIO]:
    """Open a photo for reading after making sure that it still is the imported one.

    Its bytes are hashed: two uncompressed pictures saved in the same moment share size and time,
    and swapped, each would be kept, and graded, as the other. What was read while another program
    wrote to the file is refused at the end.

    Args:
        photo: The photo as it was imported.
        trust_time: Believe equal size and modification time, where only the head of a file is read.

    Raises:
        PhotoChangedError: the file is gone, or holds other bytes than at import.
        PhotoError: it cannot be read.
    """
    if not os.path.lexists(photo.path):
        raise PhotoChangedError(
            "the file is gone from its place: put it back, or look for where it was moved"
        )
    with open_regular(photo.path) as file:
        stamp = stamp_of(file)
        _require_same(file, photo, trust_time)
        yield file
        if stamp_of(file) != stamp:
            file.seek(0)
            _require_same(file, photo, trust_time)


def stamp_of(file: BinaryIO) -> FileStamp:
    """Return by what an open file is known."""
    return FileStamp.of(os.fstat(file.fileno()))


def _require_same(file: BinaryIO, photo: Photo, trust_time: bool) -> None:
    stamp = stamp_of(file)
    alike = stamp.is_as_large_and_old(photo.stamp)
    if alike and trust_time:
        return
    if stamp.size == photo.file_size and identify(file) == photo.photo_id:
        file.seek(0)
        return
    if alike:  # on some disks, an import would take it for known
        raise PhotoChangedError(
            "the file is another one than was imported, though as large and as old: "
            "import its folder again, and if that changes nothing, give it another name first"
        )
    raise PhotoChangedError(
        "the file is another one than was imported: import its folder again to grade it anew"
    )
