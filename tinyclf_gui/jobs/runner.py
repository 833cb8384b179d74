"""The one place where long work is started and heard of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QMetaObject, QObject, Qt, QThread, QTimer, Signal, Slot

from tinyclf.domain import Job
from tinyclf_gui.jobs.courtesy import working_quietly
from tinyclf_gui.jobs.worker import Cancelled, Courtesy, Failed, Finished, Outcome, Worker

REPORT_EVERY_MS = 100
"""Ten reports a second look like going on; more keep the window painting bars."""


@dataclass(frozen=True)
class _Run:
    """A worker in its thread."""

    worker: Worker
    thread: QThread

    def stop(self) -> None:
        """Close the job and wait for its thread."""
        self.worker.cancel()
        self.thread.quit()
        self.thread.wait()


class JobRunner(QObject):
    """Runs one job at a time in the background; lives on the GUI thread, as do its signals.

    In slots of ``finished``, ``failed`` and ``cancelled`` the runner is free already: the next job
    may be started there.

    Args:
        courtesy: How the jobs make way for the window.
        gives_back: Whether they take so much memory that what is free after each is given back.

    Attributes:
        courtesy: How the next jobs make way for the window.
        quiet: Whether the running or the last job is none of those a person needs to see.

    Signals:
        started(str): A job with this title has begun.
        reported(object): A ``Progress``, at most ten a second; the last one always comes.
        finished(object): The job has ended with this result.
        failed(str, str): The job has ended with an error: message, details for a bug report.
        cancelled(): The job was closed on request.
        idle(): After one of these three, if no other job was started meanwhile.
    """

    started = Signal(str)
    reported = Signal(object)
    finished = Signal(object)
    failed = Signal(str, str)
    cancelled = Signal()
    idle = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        courtesy: Courtesy = working_quietly,
        *,
        gives_back: bool = False,
    ) -> None:
        super().__init__(parent)
        self.courtesy = courtesy
        self._gives_back = gives_back
        self._run: _Run | None = None
        self._rescue = QMetaObject.Connection()
        self._title = ""
        self.quiet = False
        self._look = QTimer(self)
        self._look.setInterval(REPORT_EVERY_MS)
        self._look.setTimerType(Qt.TimerType.PreciseTimer)
        self._look.timeout.connect(self._relay_report)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether a job is running."""
        return self._run is not None

    @property
    def title(self) -> str:
        """The title of the running or the last job."""
        return self._title

    def start(self, title: str, job: Job[Any], *, quiet: bool = False) -> None:
        """Run a job.

        Args:
            title: What it is, in a few words.
            job: What to walk.
            quiet: Whether it is none of those a person needs to see.

        Raises:
            RuntimeError: another one is running.
        """
        if self.busy:
            job.close()
            raise RuntimeError(f"“{self._title}” is still running: wait for it or cancel it.")
        self._title, self.quiet = title, quiet
        self._run = self._set_up(Worker(job, self.courtesy, gives_back=self._gives_back))
        self.started.emit(title)
        self._look.start()
        self._run.thread.start(QThread.Priority.LowPriority)

    def _set_up(self, worker: Worker) -> _Run:
        run = _Run(worker, QThread())
        worker.moveToThread(run.thread)
        run.thread.started.connect(worker.run)
        worker.ended.connect(self._end)
        # A running QThread must not be destroyed: should this object go first, wait for it there.
        # (A partial, since a connection to a bound method does not keep its object alive.)
        self._rescue = self.destroyed.connect(partial(_Run.stop, run))
        return run

    @Slot()
    def cancel(self) -> None:
        """Ask the running job to stop; ``cancelled`` follows at its next report."""
        if self._run is not None:
            self._run.worker.cancel()

    @Slot()
    def stop(self) -> None:
        """Close the running job and wait for it, without a signal: the program ends."""
        if self._run is not None:
            self._run.stop()
            self._let_go()

    @Slot()
    def _relay_report(self) -> None:
        for report in self._run.worker.take_reports() if self._run is not None else ():
            self.reported.emit(report)

    @Slot()
    def _end(self) -> None:
        run = self._run
        if run is None or run.worker.outcome is None:
            return  # a late word of a worker that was stopped
        self._relay_report()
        run.stop()
        self._let_go()
        self._announce(run.worker.outcome)
        if not self.busy:
            self.idle.emit()

    def _let_go(self) -> None:
        self._look.stop()
        QObject.disconnect(self._rescue)
        self._run = None

    def _announce(self, outcome: Outcome) -> None:
        match outcome:
            case Finished(result):
                self.finished.emit(result)
            case Failed(message, details):
                self.failed.emit(message, details)
            case Cancelled():
                self.cancelled.emit()
