"""The reports of past runs, one JSON file each, by names that sort by time.

They lie in the platform's data directory; ``TINYCLF_DATA`` overrides it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import platformdirs

from tinyclf.benchmark.report import Report, read_report, write_report
from tinyclf.domain import Problem
from tinyclf.errors import ConfigError, StorageError
from tinyclf.whole_file import make_folder

MOST_KEPT = 200
"""The newest reports; older ones go."""

SUFFIX = ".json"

_NAME = re.compile(r"\d{4}-\d\d-\d\d-\d{6}-\d{3}")


@dataclass(frozen=True)
class Kept:
    """A report of the history.

    Attributes:
        path: Its file.
        report: What it holds.
    """

    path: Path
    report: Report

    @property
    def name(self) -> str:
        """When it was begun, in UTC to the thousandth of a second: its name in the history."""
        return self.path.stem


@dataclass(frozen=True)
class History:
    """All that is kept.

    Attributes:
        reports: Newest first.
        problems: Files that should be reports but cannot be read.
    """

    reports: tuple[Kept, ...]
    problems: tuple[Problem, ...]


def history_folder() -> Path:
    """Return where reports are kept; the folder need not exist."""
    home = os.environ.get("TINYCLF_DATA")
    data = Path(home) if home else platformdirs.user_data_path("tiny-classifier", appauthor=False)
    return data / "benchmarks"


def keep(report: Report) -> Path:
    """Keep a report, and drop the oldest of too many; return its file.

    Raises:
        StorageError: it could not be written.
    """
    folder = history_folder()
    make_folder(folder)
    began = report.started.astimezone(UTC)
    path = folder / f"{began:%Y-%m-%d-%H%M%S}-{began.microsecond // 1000:03}{SUFFIX}"
    write_report(report, path)
    try:
        for old in _files(folder)[MOST_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"{error.filename} cannot be removed: {error.strerror}. Remove old reports by hand."
        ) from error
    return path


def history() -> History:
    """Read all that is kept; what is damaged is named and passed over."""
    reports, problems = [], []
    for path in _files(history_folder()):
        try:
            reports.append(Kept(path, read_report(path)))
        except ConfigError as error:
            problems.append(Problem(path, str(error)))
    return History(tuple(reports), tuple(problems))


def report_file(name: str) -> Path:
    """Return the file that is meant by a path, or by a name of the history.

    A path goes first. Of a name, a beginning will do if no other begins so.

    Raises:
        ConfigError: nothing is called so, or several reports are.
    """
    if os.path.lexists(name):
        return Path(name)
    found = [path for path in _files(history_folder()) if name and path.stem.startswith(name)]
    if len(found) > 1:
        raise ConfigError(
            f"{len(found)} reports of the history begin with {name}: write more of it."
        )
    if not found:
        raise ConfigError(
            f"{name} is neither a file nor a report of the history. "
            "See what there is: tinyclf benchmark --history"
        )
    return found[0]


def _files(folder: Path) -> list[Path]:
    """Return the files of reports in a folder, newest first."""
    try:
        files = [path for path in folder.iterdir() if path.suffix == SUFFIX]
    except FileNotFoundError:  # nothing was kept yet
        return []
    return sorted((path for path in files if _NAME.fullmatch(path.stem)), reverse=True)
