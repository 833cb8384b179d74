"""Opening a file that may be anything: a pipe, a broken link, another person's."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from tinyclf.errors import PhotoError

_REASONS = {
    errno.ENOENT: "the file is gone",
    errno.ENOTDIR: "the file is gone",
    errno.EACCES: "you are not allowed to read the file",
    errno.EPERM: "you are not allowed to read the file",
    errno.ELOOP: "the link leads in a circle",
    errno.ENAMETOOLONG: "the path is too long for this system",
    errno.EISDIR: "it is a folder",
}

_KINDS = {
    stat.S_IFDIR: "it is a folder",
    stat.S_IFIFO: "it is a pipe, not a picture file",
    stat.S_IFSOCK: "it is a socket, not a picture file",
    stat.S_IFCHR: "it is a device, not a picture file",
    stat.S_IFBLK: "it is a device, not a picture file",
}

# Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def reason_of(error: OSError) -> str:
    """Return why the system refused a file, in a collector's words."""
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    return f"the system cannot read it: {error.strerror or error}"


def require_regular(status: os.stat_result) -> None:
    """Let only what holds bytes of its own pass.

    Raises:
        PhotoError: it is a folder, pipe, socket or device.
    """
    if not stat.S_ISREG(status.st_mode):
        raise PhotoError(_KINDS.get(stat.S_IFMT(status.st_mode), "it is not a regular file"))


def open_regular(path: Path) -> BinaryIO:
    """Open a file for reading, never waiting on anything but the disk.

    Raises:
        PhotoError: it is gone, forbidden, or no regular file.
    """
    try:
        require_regular(path.stat())  # a device may act on being opened: look first
        descriptor = os.open(path, _OPEN_FLAGS)
    except OSError as error:
        raise PhotoError(reason_of(error)) from error
    file = os.fdopen(descriptor, "rb")
    try:
        require_regular(os.fstat(descriptor))
    except PhotoError:
        file.close()
        raise
    return file
