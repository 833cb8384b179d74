"""The caches as the window sees them: how large they are, and cleaning them in the background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from tinyclf.data.storage import Kept, clean, kept_in, set_limit
from tinyclf.domain import Job, Progress
from tinyclf_gui.jobs.courtesy import reading_quietly
from tinyclf_gui.jobs.runner import JobRunner


@dataclass(frozen=True)
class Told:
    """What the caches are now.

    Attributes:
        kept: Each of them.
        freed: Bytes that were freed; ``None`` where it was only looked.
    """

    kept: tuple[Kept, ...]
    freed: int | None = None


class CacheShelf(QObject):
    """One thing at a time; what is asked meanwhile is not done.

    Signals:
        told(object): ``Told``, after a look, a cleaning or another limit.
        failed(str): It could not be done, and why.
        busyChanged(bool): Something is being cleaned, or no longer.
    """

    told = Signal(object)
    failed = Signal(str)
    busyChanged = Signal(bool)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._runner = JobRunner(self, reading_quietly)
        self._runner.finished.connect(self._tell)
        self._runner.failed.connect(self._complain)
        self._runner.idle.connect(self._rest)

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._runner.busy

    def look(self) -> None:
        """Tell how large they are."""
        self._start(_look(self.folder))

    def clean(self, keys: Sequence[str]) -> None:
        """Throw away what some caches hold."""
        self._start(_then_look(self.folder, clean(self.folder, keys)))

    def set_limit(self, key: str, limit: int) -> None:
        """Let a cache take so many bytes at most."""
        self._start(_then_look(self.folder, set_limit(self.folder, key, limit)))

    def stop(self) -> None:
        """Stop what is under way, and wait for it; what was not cleaned yet stays."""
        self._runner.stop()

    def _start(self, job: Job[Told]) -> None:
        if self._runner.busy:
            job.close()
            return
        self._runner.start("", job)
        self.busyChanged.emit(True)

    @Slot(object)
    def _tell(self, told: Told) -> None:
        self.told.emit(told)

    @Slot(str, str)
    def _complain(self, message: str, _details: str) -> None:
        self.failed.emit(message)

    @Slot()
    def _rest(self) -> None:
        self.busyChanged.emit(False)


def _look(folder: Path) -> Job[Told]:
    yield Progress("Looking at the caches", 0, 0)
    return Told(kept_in(folder))


def _then_look(folder: Path, job: Job[int]) -> Job[Told]:
    freed = yield from job
    return Told(kept_in(folder), freed)
