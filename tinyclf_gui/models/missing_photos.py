"""Which photos are not where they were: looked up in the background, again when it may differ."""

from __future__ import annotations

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from tinyclf.domain import PhotoId
from tinyclf.project.relinking import Missing
from tinyclf.session import Session
from tinyclf_gui.jobs.courtesy import reading_quietly
from tinyclf_gui.jobs.newest import NewestJob

AFTER_OPENING_MS = 800
"""The grid's first pictures come first."""
AT_MOST_EVERY_MS = 20_000
"""So often it is looked unasked: a drive on a network takes its time."""


class MissingPhotos(QObject):
    """Looks where a collection's photos are: at first, when the window is entered, when asked.

    Attributes:
        found: What was found last.
        replaced: Photos that were found at any time to have left their place to another.

    Signals:
        changed(object): ``Missing``: others than before are missing.
        looked(object): ``Missing``: what a look that was asked for found, other or not.
        cameBack(): Some that were missing are there.
        moved(): Some have moved to where a copy of them was.
        copiesForgotten(): Some copies were found to be gone: there are fewer now.
        failed(str): A look that was asked for came to nothing, and why.
    """

    changed = Signal(object)
    looked = Signal(object)
    cameBack = Signal()
    moved = Signal()
    copiesForgotten = Signal()
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.found = Missing()
        self.replaced: frozenset[PhotoId] = frozenset()
        self._ids: frozenset[PhotoId] = frozenset()
        self._asked = False
        self._job = NewestJob(self, reading_quietly)
        self._job.done.connect(self._take)
        self._job.failed.connect(self._give_up)
        self._pause = QTimer(self, singleShot=True, interval=AT_MOST_EVERY_MS)
        self._begin = QTimer(self, singleShot=True, interval=AFTER_OPENING_MS)
        self._begin.timeout.connect(self._look)
        self._begin.start()
        self._entering = QMetaObject.Connection()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            self._entering = app.applicationStateChanged.connect(self._enter)

    @property
    def busy(self) -> bool:
        """Whether a look is under way."""
        return self._job.busy

    def look(self) -> None:
        """Look now, for a person who waits."""
        self._asked = True
        self._look()

    def look_quietly(self) -> None:
        """Look now, for nobody who waits: photos have come, or were found."""
        self._look()

    def suspect(self) -> None:
        """Look soon: a picture could not be read."""
        if not self._pause.isActive() and not self._begin.isActive():
            self._look()

    def stop(self) -> None:
        """Look no more, and wait for the look that is under way; may be called twice."""
        QObject.disconnect(self._entering)
        self._pause.stop()
        self._begin.stop()
        self._job.stop()

    @Slot()
    def _look(self) -> None:
        self._begin.stop()
        self._pause.start()
        self._job.want_after(self._session.find_missing)

    @Slot(Qt.ApplicationState)
    def _enter(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self.suspect()

    @Slot(object)
    def _take(self, found: Missing) -> None:
        before, self._ids = self._ids, frozenset(found.photo_ids)
        if found.moved:
            self.moved.emit()
        if found.forgotten:
            self.copiesForgotten.emit()
        self.replaced |= found.replaced
        differs = found != self.found
        self.found = found
        if differs:
            self.changed.emit(found)
        if before - self._ids:
            self.cameBack.emit()
        if self._asked:
            self._asked = False
            self.looked.emit(found)

    @Slot(str)
    def _give_up(self, message: str) -> None:
        if self._asked:
            self._asked = False
            self.failed.emit(message)
