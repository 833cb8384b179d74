"""Logs that lie beside a collection but are another's, which was moved: kept, and never read."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import apsw

from tinyclf.project.database_file import has_log, log_of
from tinyclf.project.schema import APPLICATION_ID

_HEADER_BYTES = 72
"""Of a SQLite file, up to and with its application id."""
_JOURNAL_MODES = slice(18, 20)
_NEVER_HAD_A_LOG = b"\1\1"


def keep_stray_log(path: Path, connection: apsw.Connection) -> Path | None:
    """Keep SQLite from reading another file's log into a backup that was put in its place.

    A backup never had a log: its header says so, and that of a collection that was made here the
    contrary. (The header is read by way of SQLite: closing a file drops its locks on it.)

    Args:
        path: The collection.
        connection: To it; nothing was read yet.

    Returns:
        What the log is called now, if there is one that is not this file's.

    Raises:
        apsw.CantOpenError: it cannot be renamed.
    """
    _, header = connection.read("main", 0, 0, _HEADER_BYTES)
    is_ours = header.endswith(APPLICATION_ID.to_bytes(4, "big"))
    if not is_ours or header[_JOURNAL_MODES] != _NEVER_HAD_A_LOG:
        return None
    try:
        return keep_unowned_log(path)
    except OSError as error:
        raise apsw.CantOpenError(str(error)) from error


def keep_unowned_log(path: Path) -> Path | None:
    """Give a log that lies at a database's name, but is not its own, another; return that.

    It may be all that is left of what was said in a collection that was moved since.

    Raises:
        OSError: it cannot be renamed.
    """
    if not has_log(path):
        return None
    log = log_of(path)
    names = (log.with_name(f"{log.name}.kept{number}") for number in count(1))
    return log.rename(next(name for name in names if not name.exists()))


def stray_log_in_words(path: Path, kept: Path | None) -> str | None:
    """Return what to say of a log that was kept, and what can be done with it."""
    if kept is None:
        return None
    return (
        f"Beside {path} lay the log of another collection of that name. It is kept as {kept}. If "
        "grades are missing in a collection that was moved, copy it, put the log beside the copy, "
        "named like the copy with -wal at the end, and open the copy."
    )
