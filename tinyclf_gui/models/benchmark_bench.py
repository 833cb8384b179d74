"""Measuring in the window: what runs, what came of it, what is kept, and what is being written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from tinyclf.benchmark.file import Mistake, PlanFileError, plan_of_text
from tinyclf.benchmark.history import History, history, keep
from tinyclf.benchmark.plan import Plan
from tinyclf.benchmark.report import Report
from tinyclf.benchmark.runner import run
from tinyclf.domain import Job, Progress
from tinyclf.errors import StorageError
from tinyclf_gui.jobs.courtesy import reading_quietly, unhindered
from tinyclf_gui.jobs.newest import NewestJob
from tinyclf_gui.jobs.runner import JobRunner


@dataclass
class Draft:
    """A file of benchmarks as it is being written; it outlives the dialog it is written in.

    Attributes:
        text: As it stands.
        path: Its file; None if it has none yet.
        saved: The text that the file holds.
    """

    text: str = ""
    path: Path | None = None
    saved: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether something would be lost with it."""
        return self.text != self.saved


@dataclass(frozen=True)
class Checked:
    """A text that was looked through.

    Attributes:
        text: The text.
        plan: What it describes; None if it has mistakes.
        mistakes: All of them, in its order.
    """

    text: str
    plan: Plan | None = None
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True)
class Measured:
    """A run that came to its end.

    Attributes:
        report: What it brought.
        problem: Why it is not in the history; empty if it is.
    """

    report: Report
    problem: str = ""


class BenchmarkBench(QObject):
    """Measures one plan at a time, in processes of their own, and keeps what comes of it.

    Attributes:
        draft: The file that is being written.

    Signals:
        begun(): A run has begun.
        reported(object): The ``BenchmarkProgress`` of a run.
        measured(object): A run has ended with this ``Measured``.
        failed(str, str): A run has ended with an error: message, details for a bug report.
        cancelled(): A run was closed on request.
        ended(): After one of these three.
        hindranceChanged(): There is another ``hindrance``, or none.
        checked(object): A text was looked through: ``Checked``.
        historyRead(object): The ``History`` as it is now.
        unread(str): A text or the history could not be read, and why.
    """

    begun = Signal()
    reported = Signal(object)
    measured = Signal(object)
    failed = Signal(str, str)
    cancelled = Signal()
    ended = Signal()
    hindranceChanged = Signal()
    checked = Signal(object)
    historyRead = Signal(object)
    unread = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = Draft()
        self._latest: Measured | None = None
        self._hindrance = ""
        self._runner = JobRunner(self, unhindered)
        self._runner.reported.connect(self.reported)
        self._runner.finished.connect(self._deliver)
        self._runner.failed.connect(self.failed)
        self._runner.cancelled.connect(self.cancelled)
        self._runner.idle.connect(self.ended)
        self._checking = NewestJob(self, reading_quietly)
        self._checking.done.connect(self.checked)
        self._checking.failed.connect(self.unread)
        self._reading = NewestJob(self, reading_quietly)
        self._reading.done.connect(self.historyRead)
        self._reading.failed.connect(self.unread)

    @property
    def busy(self) -> bool:
        """Whether a run is going on."""
        return self._runner.busy

    @property
    def latest(self) -> Measured | None:
        """What was measured last since the program was started."""
        return self._latest

    @property
    def hindrance(self) -> str:
        """The job that would disturb a run just now, in a few words; empty if none does."""
        return self._hindrance

    def set_hindrance(self, title: str) -> None:
        """Say what runs in the window; empty for nothing."""
        if title != self._hindrance:
            self._hindrance = title
            self.hindranceChanged.emit()

    def run(self, plan: Plan) -> None:
        """Measure a plan; nothing happens while something hinders it."""
        if not self.busy and not self._hindrance:
            self.begun.emit()
            self._runner.start(self.tr("Measuring"), measure(plan))

    @Slot()
    def cancel(self) -> None:
        """Have the run stop; ``cancelled`` follows within a fraction of a second."""
        self._runner.cancel()

    def stop(self) -> None:
        """End everything at once; no process is left."""
        was_busy = self.busy
        for one in (self._runner, self._checking, self._reading):
            one.stop()
        if was_busy:
            self.cancelled.emit()
            self.ended.emit()

    def check(self, text: str, folder: Path) -> None:
        """Look through the text of a file; ``checked`` follows.

        Args:
            text: Of the file.
            folder: From where the paths in it are meant.
        """
        self._checking.want(lambda: check(text, folder))

    def read_history(self) -> None:
        """Read all that is kept; ``historyRead`` follows."""
        self._reading.want(read_history)

    @Slot(object)
    def _deliver(self, measured: Measured) -> None:
        self._latest = measured
        self.measured.emit(measured)
        self.read_history()


def measure(plan: Plan) -> Job[Measured]:
    """Measure a plan, and keep the report if it holds anything."""
    report = yield from run(plan)
    try:
        if any(one.turns for one in report.measurements):
            keep(report)
    except StorageError as error:
        return Measured(report, str(error))
    return Measured(report)


def check(text: str, folder: Path) -> Job[Checked]:
    """Look through the text of a file of benchmarks."""
    yield Progress("Checking", 0, 0)
    try:
        return Checked(text, plan_of_text(text, folder))
    except PlanFileError as error:
        return Checked(text, mistakes=error.mistakes)


def read_history() -> Job[History]:
    """Read all reports that are kept."""
    yield Progress("Reading", 0, 0)
    return history()
