"""Collections that commands open or make."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tinyclf.cli.speech import note
from tinyclf.session import Session


@contextmanager
def opened(file: Path) -> Iterator[Session]:
    """Open a collection, and say what is not well with it."""
    with Session.open(file) as session:
        _warn(session.stray_log, session.backup_problem, session.cache_problem)
        yield session


@contextmanager
def created(file: Path) -> Iterator[Session]:
    """Make a collection, which stays only if the body ends well."""
    session = Session.create(file)
    try:
        with session:
            _warn(session.stray_log)
            yield session
    except BaseException:
        session.path.unlink(missing_ok=True)
        raise


def _warn(*problems: str | None) -> None:
    for problem in filter(None, problems):
        note(f"warning: {problem}")
