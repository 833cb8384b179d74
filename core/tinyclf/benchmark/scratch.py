"""Folders for what a case writes: gone when its process has ended, also when it was killed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

from tinyclf.errors import ConfigError, StorageError

PREFIX = "tinyclf-benchmark-"
"""What the name of each begins with; the number of its process follows."""

STALE_SECONDS = 3600
"""So long untouched, a dead process's folder is nobody's: on a shared disk the process may be
alive on another computer."""

_NAME = re.compile(rf"{PREFIX}([0-9]{{1,9}})-\w+")


def make_scratch(place: Path, needed_bytes: int) -> Path:
    """Make a folder for this process, and remove those that killed ones have left beside it.

    Whoever started the process removes it by :func:`remove_scratch`: a killed one cannot.

    Args:
        place: The folder to make it in.
        needed_bytes: How much will be written there.

    Raises:
        ConfigError: there is no such place, or too little room; the message says how much there is.
        StorageError: nothing can be written there.
    """
    if not place.is_dir():
        raise ConfigError(f"There is no folder {place}: check its name.")
    for folder, process in _folders(place):
        if not psutil.pid_exists(process) and _age(folder) > STALE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
    free = shutil.disk_usage(place).free
    if needed_bytes > free:
        raise ConfigError(
            f"The benchmark writes {needed_bytes / 1e9:,.1f} GB, but where {place} lies "
            f"{free / 1e9:,.1f} GB are free. Make it smaller, or name a folder on another disk."
        )
    try:
        return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place.absolute()))
    except OSError as error:
        raise StorageError(
            f"Nothing can be written to {place} ({error.strerror}): name another folder."
        ) from error


def remove_scratch(place: Path, process: int) -> None:
    """Remove the folders of a process that has ended, if it made any.

    Args:
        place: The folder they were made in.
        process: Its number.
    """
    for folder, owner in _folders(place):
        if owner == process:
            shutil.rmtree(folder, ignore_errors=True)


def _folders(place: Path) -> list[tuple[Path, int]]:
    """Return the folders made here, each with the number of the process that made it."""
    found = []
    with suppress(OSError):
        for path in place.iterdir():
            name = _NAME.fullmatch(path.name)
            if name:
                found.append((path, int(name[1])))
    return found


def _age(folder: Path) -> float:
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:  # another process has just removed it
        return 0.0
