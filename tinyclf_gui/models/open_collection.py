"""The open collection as the window sees it: deeds go in, notices come out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from tinyclf.domain import Act
from tinyclf.errors import TinyClfError
from tinyclf.project import PhotoTable
from tinyclf.session import Session, Status

STATUS_EVERY_MS = 120
"""Counts follow the hands within this time; counting at every key would slow long runs of keys."""


class Deed(Protocol):
    """Something a person does to the collection."""

    def do(self, session: Session) -> Act | None:
        """Do it; ``None`` if it changes nothing."""
        ...


class OpenCollection(QObject):
    """One session on the GUI thread; every deed is on disk before it is told.

    Signals:
        changed(object): Rows of the table (int array) whose verdict or proposal is another now.
        grown(): Photos joined the table; it has more rows now.
        acted(object): The ``Act`` just done, undone or redone.
        counted(object): The ``Status`` after changes, a moment later.
        failed(str): A deed could not be kept, and why; nothing has changed.
    """

    changed = Signal(object)
    grown = Signal()
    acted = Signal(object)
    counted = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._known = len(session.table)
        self._status = session.status()
        self._count = QTimer(self, singleShot=True, interval=STATUS_EVERY_MS)
        self._count.timeout.connect(self._recount)

    @property
    def table(self) -> PhotoTable:
        """The photos as columns."""
        return self.session.table

    @property
    def status(self) -> Status:
        """The counts as last told."""
        return self._status

    def do(self, deed: Deed) -> bool:
        """Do a deed; return whether it stands: it is on disk, or it changed nothing."""
        return self._tell(lambda: deed.do(self.session))

    def undo(self) -> bool:
        """Take back the last act; return whether that stands."""
        return self._tell(self.session.undo)

    def redo(self) -> bool:
        """Do again what was last taken back; return whether that stands."""
        return self._tell(self.session.redo)

    def refresh(self) -> None:
        """Take in what a job has written."""
        rows = self.session.refresh()
        if len(self.table) > self._known:
            self._known = len(self.table)
            self.grown.emit()
        if len(rows):
            self.changed.emit(rows)
            self._count_soon()

    def recount(self) -> None:
        """Count at once."""
        self._count.stop()
        self._recount()

    def close(self) -> None:
        """Let go of the file; nothing is counted any more. May be called twice."""
        self._count.stop()
        self.session.close()

    def _tell(self, act_now: Callable[[], Act | None]) -> bool:
        try:
            act = act_now()
        except TinyClfError as error:
            self.failed.emit(str(error))
            return False
        if act is not None:
            self.changed.emit(self.table.rows(act.photo_ids))
            self.acted.emit(act)
            self._count_soon()
        return True

    def _count_soon(self) -> None:
        if not self._count.isActive():  # a timer begun anew at every key would never end
            self._count.start()

    def _recount(self) -> None:
        self._status = self.session.status()
        self.counted.emit(self._status)
