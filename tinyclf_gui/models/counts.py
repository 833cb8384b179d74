"""An open collection counted: a moment after each change, and out of the way of the hands."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tinyclf.session import Session, Status
from tinyclf_gui.jobs.courtesy import reading_quietly
from tinyclf_gui.jobs.newest import NewestJob
from tinyclf_gui.models.rhythm import Rhythm

TIMES_AS_LONG = 4
"""So many times as long as the last count took, nothing is counted: hands on the keys go first."""


class Counts(QObject):
    """Where a collection stands, as last counted.

    Args:
        session: The collection.
        rhythm: How often it is counted, and up to how many photos at once.

    Attributes:
        status: The counts as last told.

    Signals:
        counted(object): The ``Status`` after changes, a moment later.
        failed(str): What stands could not be counted, and why.
    """

    counted = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, rhythm: Rhythm, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._rhythm = session, rhythm
        few = len(session.table) <= rhythm.counted_at_once
        self.status = session.status(ahead=few)
        self._soon = QTimer(self, singleShot=True, interval=rhythm.count_ms)
        self._soon.timeout.connect(self._begin)
        self._began = perf_counter()
        self._counting = NewestJob(self, reading_quietly)
        self._counting.done.connect(self._take)
        self._counting.failed.connect(self._fail)
        self._to_tell: list[Callable[[], None]] = []
        if not few:
            self.recount_soon()  # what it still takes is told when the photos are there

    def recount(self) -> None:
        """Count at once, and wait for it: of very many photos that takes many frames."""
        self._soon.stop()
        self._counting.drop()  # what is counted there is as it was before
        self.tell(self._session.status())
        self._tell_what_waited()

    def glance(self) -> None:
        """Count at once what the table alone tells, however many photos there are: see `Session`.

        All else follows in the background, as after each deed.
        """
        self.tell(self._session.at_a_glance(self.status))

    def recount_then(self, tell: Callable[[], None]) -> None:
        """Count anew, in the background where that takes a few frames; then call this."""
        if len(self._session.table) <= self._rhythm.counted_at_once:
            self.recount()
            tell()
            return
        self._soon.stop()
        self._counting.drop()
        self._to_tell.append(tell)
        self._begin()

    def recount_soon(self) -> None:
        """Count in the background, as after each deed."""
        if not self._soon.isActive():  # a timer begun anew at every key would never end
            self._soon.start()

    def tell(self, status: Status) -> None:
        """Tell that the collection stands like this."""
        self.status = status
        self.counted.emit(status)

    def stop(self) -> None:
        """Count no more; may be called twice."""
        self._soon.stop()
        self._counting.stop()
        self._to_tell.clear()

    @Slot()
    def _begin(self) -> None:
        self._began = perf_counter()
        self._counting.want_after(self._session.counting)

    @Slot(object)
    def _take(self, status: Status) -> None:
        took_ms = (perf_counter() - self._began) * 1000
        self._soon.setInterval(pause_after(took_ms, self._rhythm.count_ms))
        self.tell(status)
        self._tell_what_waited()

    @Slot(str)
    def _fail(self, message: str) -> None:
        self.failed.emit(message)
        self._tell_what_waited()

    def _tell_what_waited(self) -> None:
        waiting, self._to_tell = self._to_tell, []
        for tell in waiting:
            tell()


def pause_after(took_ms: float, least_ms: int) -> int:
    """Return how long nothing is counted after a count that took so long, in ms."""
    return max(least_ms, int(TIMES_AS_LONG * took_ms))
