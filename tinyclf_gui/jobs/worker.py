"""Walks one core job in a thread of its own."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Signal, Slot

from tinyclf.domain import Job, Progress
from tinyclf.errors import TinyClfError
from tinyclf.spare_memory import give_back
from tinyclf_gui.jobs.courtesy import working_quietly


@dataclass(frozen=True)
class Finished:
    """The job came to its end."""

    result: Any


@dataclass(frozen=True)
class Failed:
    """The job raised an error.

    Attributes:
        message: What the person is told.
        details: What goes into a bug report.
    """

    message: str
    details: str


@dataclass(frozen=True)
class Cancelled:
    """The job was closed before its end."""


Outcome: TypeAlias = Finished | Failed | Cancelled
Courtesy: TypeAlias = Callable[[], AbstractContextManager[None]]
"""How a job makes way for the window; see :mod:`tinyclf_gui.jobs.courtesy`."""


class Worker(QObject):
    """Walks a generator of reports; lives in a ``QThread``, is asked from the GUI thread.

    Only the newest report of each kind is kept: a view that looks ten times a second sees how
    things stand, whatever the pace of the job, and how a step of it ended.

    Args:
        job: What to walk.
        courtesy: How it makes way for the window.
        gives_back: Whether it takes so much memory that what is free after it is given back.

    Signals:
        ended(): ``outcome`` is known now.
    """

    ended = Signal()

    def __init__(
        self, job: Job[Any], courtesy: Courtesy = working_quietly, *, gives_back: bool = False
    ) -> None:
        super().__init__()
        self._courtesy, self._gives_back = courtesy, gives_back
        self.outcome: Outcome | None = None
        self._job: Job[Any] | None = job
        self._stop = threading.Event()
        self._newest: dict[type[Progress], Progress] = {}
        self._lock = threading.Lock()

    def cancel(self) -> None:
        """Ask the job to stop at its next report; may be called from any thread."""
        self._stop.set()

    def take_reports(self) -> list[Progress]:
        """Return the newest report of each kind, each once, oldest first. From any thread."""
        with self._lock:
            reports = list(self._newest.values())
            self._newest.clear()
        return reports

    def _keep(self, report: Progress) -> None:
        with self._lock:
            self._newest.pop(type(report), None)
            self._newest[type(report)] = report

    @Slot()
    def run(self) -> None:
        """Walk the job to its end, an error or the wish to stop."""
        try:
            with self._courtesy():
                self.outcome = self._walk()
        except TinyClfError as error:
            self.outcome = Failed(str(error), _details(error))
        except MemoryError as error:
            self.outcome = Failed(self.tr("The memory of this machine is full."), _details(error))
        except BaseException as error:  # whatever it is, the window must hear of the end
            message = self.tr("Something unexpected went wrong: {0}")
            self.outcome = Failed(message.format(_in_words(error)), _details(error))
        self._job = None  # what the job held is freed in this thread, not in the window's
        if self._gives_back:
            give_back()
        self.ended.emit()

    def _walk(self) -> Outcome:
        job = self._job
        assert job is not None, "a worker runs once"  # noqa: S101
        try:
            while not self._stop.is_set():
                self._keep(next(job))
        except StopIteration as end:
            return Finished(end.value)
        finally:
            job.close()
        return Cancelled()


def _in_words(error: BaseException) -> str:
    return str(error) or type(error).__name__


def _details(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))
