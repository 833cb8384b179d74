"""Whether a photo lies where it was found last: one rule for whoever asks.

A photo is its bytes. Where those in its place cannot be read nobody knows better, and it stays.
"""

from __future__ import annotations

import errno
import stat
from enum import Enum, auto
from typing import NamedTuple

from tinyclf.data.identity import stamped_id
from tinyclf.domain import FileStamp, Photo
from tinyclf.errors import PhotoError

_NOT_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP})


class InPlace(Enum):
    """What is in the place of a photo."""

    HERE = auto()
    """The photo."""
    GONE = auto()
    """Nothing, or a link that leads nowhere."""
    OTHER = auto()
    """A file of other bytes, or no file."""
    UNREADABLE = auto()
    """Something that cannot be read: it is taken for the photo, which is never moved for it."""


class Look(NamedTuple):
    """What a look at the place of a photo told.

    Attributes:
        found: What is there.
        stamp: Of the photo's file as it is now; ``None`` where that is not `InPlace.HERE`.
    """

    found: InPlace
    stamp: FileStamp | None = None

    @property
    def keeps_its_place(self) -> bool:
        """Whether the photo is there, as far as one can know."""
        return self.found in (InPlace.HERE, InPlace.UNREADABLE)


def look_for(photo: Photo) -> Look:
    """Return what lies in the place of a photo.

    It is read only where it is as large as at import, and its times are others.
    """
    try:
        status = photo.path.stat()
    except OSError as error:
        return Look(InPlace.GONE if error.errno in _NOT_THERE else InPlace.UNREADABLE)
    stamp = FileStamp.of(status)
    if stamp == photo.stamp:
        return Look(InPlace.HERE, stamp)
    if stamp.size != photo.file_size or not stat.S_ISREG(status.st_mode):
        return Look(InPlace.OTHER)
    try:
        photo_id, stamp = stamped_id(photo.path)
    except PhotoError:
        return Look(InPlace.UNREADABLE)
    return Look(InPlace.HERE, stamp) if photo_id == photo.photo_id else Look(InPlace.OTHER)
