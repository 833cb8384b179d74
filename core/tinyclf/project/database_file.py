"""A database as files: the one that holds it, and what SQLite lays beside it."""

from __future__ import annotations

from pathlib import Path

COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite appends to a database's name for the files it lays beside it."""


def remove_database(path: Path) -> None:
    """Remove a database and what lies beside it, as far as it is there."""
    for suffix in ("", *COMPANIONS):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def place_of(path: Path) -> tuple[int, int] | None:
    """Return which file lies at a path, as device and number; ``None`` where none does."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
