"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from tinyclf.errors import InputError, StorageError

COLLECTION = ".tinyclf"
"""How collections end: they hold a person's work, so no other file takes the place of one."""

_PART = re.compile(r"\.tinyclf-([0-9]+)-[0-9]+\.part")
_STALE_S = 3600
"""So long untouched, a dead process's part is nobody's: on a shared disk the process may be alive
on another computer."""


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a place to write to, which becomes the target when the body has ended well.

    The place is a hidden file beside the target, one for each thread of each process; its name
    does not grow with the target's, which may be as long as the disk allows.

    Raises:
        StorageError: the target cannot be written; what was there before still is.
    """
    _sweep(target.parent)
    part = target.with_name(f".tinyclf-{os.getpid()}-{threading.get_ident()}.part")
    try:
        if target.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        yield part
        part.replace(target)
    except OSError as error:
        raise StorageError(
            f"{target} cannot be written: {error.strerror or error}. Choose another place, or make "
            "room there."
        ) from error
    finally:
        part.unlink(missing_ok=True)


@cache
def _sweep(folder: Path) -> None:
    """Remove, once a run, the parts that killed processes have left in a folder."""
    with suppress(OSError):
        for part in folder.iterdir():
            name = _PART.fullmatch(part.name)
            if name and _is_dead(int(name[1])) and time.time() - part.stat().st_mtime > _STALE_S:
                part.unlink()


def _is_dead(process: int) -> bool:
    if os.name != "posix":  # elsewhere asking after a process may end it
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def is_part_of(file: Path, place: Path) -> bool:
    """Tell whether a file that is there is a place, by whatever name, or lies in it."""
    if not place.exists():
        return False
    return file.samefile(place) or file.resolve().is_relative_to(place.resolve())


def make_folder(folder: Path) -> None:
    """Make a folder and those above it where they are missing.

    Raises:
        StorageError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {folder} cannot be made: {error.strerror or error}. Choose another place."
        ) from error


def require_file_place(target: Path) -> None:
    """Make sure, before work begins, that its result can be written to a file.

    Raises:
        InputError: it is a folder or no ordinary file, lies nowhere, or may not be written.
    """
    try:
        if target.is_dir():
            raise InputError(f"{target} is a folder. Name a file to write.")
        if os.path.lexists(target) and (target.is_symlink() or not target.is_file()):
            raise InputError(f"{target} is no ordinary file. Name a file to write.")
        if not target.absolute().parent.is_dir():
            raise InputError(
                f"The folder {target.absolute().parent} does not exist. Make it first."
            )
        require_writable(target.absolute().parent)
    except OSError as error:
        raise InputError(f"{target} cannot be written: {error.strerror}.") from error


def require_no_collection(target: Path) -> None:
    """Make sure that a file to be written, even over another, takes the place of no collection.

    Raises:
        InputError: one is there.
    """
    if os.path.lexists(target) and target.suffix.lower() == COLLECTION:
        raise InputError(f"{target} is a collection, which stays. Name another file.")


def require_writable(folder: Path) -> None:
    """Make sure that files can be written into a folder.

    Raises:
        InputError: they may not.
    """
    refusal = InputError(f"You may not write into {folder}. Choose another folder.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise refusal
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:  # as in /proc, where nothing but the attempt tells
        raise refusal from error
