"""A database as files: the one that holds it, and what SQLite lays beside it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

LOG = "-wal"
"""What SQLite appends to a database's name for the log: what is kept, but not yet in the file."""
COMPANIONS = (LOG, "-shm", "-journal")
"""What it appends for any of the files it lays beside a database."""


def remove_database(path: Path) -> None:
    """Remove a database and what lies beside it, as far as it is there."""
    for suffix in ("", *COMPANIONS):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def log_of(path: Path) -> Path:
    """Return where the log of a database lies, if it has one."""
    return path.with_name(path.name + LOG)


def has_log(path: Path) -> bool:
    """Tell whether a log lies at a database's name, be it its own or another's, that says more."""
    try:
        return log_of(path).stat().st_size > 0
    except OSError:
        return False


def remove_empty_log(path: Path) -> None:
    """Remove the log of a database that was moved away from its name, if it says nothing more."""
    with suppress(OSError):
        if place_of(path) is None and not has_log(path):
            log_of(path).unlink()


def place_of(path: Path) -> tuple[int, int] | None:
    """Return which file lies at a path, as device and number; ``None`` where none does."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
