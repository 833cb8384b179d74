"""Small jobs of which only the newest matters: what is typed is checked as it stands now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from tinyclf.domain import Job
from tinyclf.errors import TinyClfError
from tinyclf_gui.jobs.courtesy import working_quietly
from tinyclf_gui.jobs.runner import JobRunner
from tinyclf_gui.jobs.worker import Courtesy


class NewestJob(QObject):
    """Walks one job after the other in the background; what waited when another is wanted goes.

    Args:
        courtesy: How the jobs make way for the window: `reading_quietly` where nothing is computed.

    Signals:
        done(object): The result of a job; of none that another took the place of.
        failed(str): A job could not begin, or ended, for this reason; whoever waits is to hear it.
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None, courtesy: Courtesy = working_quietly) -> None:
        super().__init__(parent)
        self._runner = JobRunner(self, courtesy)
        self._next: Callable[[], Job[Any]] | None = None
        self._dropped = False
        self._runner.finished.connect(self._deliver)
        self._runner.failed.connect(self._tell)
        self._runner.idle.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether one is running or waiting."""
        return self._runner.busy

    def want(self, begin: Callable[[], Job[Any]]) -> None:
        """Walk this job in place of the running one, which is closed at its next report."""
        self.drop()
        self.want_after(begin)

    def want_after(self, begin: Callable[[], Job[Any]]) -> None:
        """Walk this job once the running one, if any, has come to its end and is told.

        For what is wanted again and again: closed each time, it would never come to an end.
        """
        self._next = begin
        if not self._runner.busy:
            self._go_on()

    def drop(self) -> None:
        """Forget what waits and what runs, without waiting for its end."""
        self._next = None
        self._dropped = True
        self._runner.cancel()

    def stop(self) -> None:
        """Forget what waits, and wait for what runs."""
        self._next = None
        self._runner.stop()

    @Slot(object)
    def _deliver(self, result: object) -> None:
        if not self._dropped:
            self.done.emit(result)

    @Slot(str, str)
    def _tell(self, message: str, _details: str) -> None:
        if not self._dropped:
            self.failed.emit(message)

    @Slot()
    def _go_on(self) -> None:
        if self._next is not None and not self._runner.busy:
            begin, self._next = self._next, None
            self._dropped = False
            try:
                job = begin()
            except TinyClfError as error:
                self.failed.emit(str(error))
            else:
                self._runner.start("", job)
