"""The reference ladder and a photo's look-alikes, found in the background."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tinyclf.domain import Job, PhotoId
from tinyclf.errors import TinyClfError
from tinyclf.session import LookAlike, Rung, Session
from tinyclf_gui.jobs.newest import NewestJob

SOON_MS = 60
"""Who goes on within this time has not looked: nothing is found for that photo."""


class _Found(NamedTuple):
    photo_id: PhotoId | None
    rungs: tuple[Rung, ...]
    look_alikes: tuple[LookAlike, ...] | None
    problem: str


class ReferenceSource(QObject):
    """Serves the viewer that asked last; all are told, each knows what it shows.

    Signals:
        laddered(object): The five ``Rung``s, the flawless first.
        found(str, object): Of the photo with this id, its ``LookAlike``s, the most alike first.
        missing(str, str): Why that photo has none, in a collector's words.
        veiled(str): That photo is to be graded blind: nothing may be shown beside it.
        failed(str): Not even the ladder could be made, and why.
    """

    laddered = Signal(object)
    found = Signal(str, object)
    missing = Signal(str, str)
    veiled = Signal(str)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._viewers: dict[Hashable, PhotoId | None] = {}
        self._sought: PhotoId | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self._jobs = NewestJob(self)
        self._jobs.done.connect(self._take)
        self._jobs.failed.connect(self._give_up)

    @Slot(object, object)
    def want(self, viewer: Hashable, photo_id: PhotoId | None) -> None:
        """Find what stands beside a photo, or the ladder alone, and tell."""
        self._viewers.pop(viewer, None)
        self._viewers[viewer] = photo_id
        if not self._veil(photo_id):
            self._soon.start()

    @Slot(object)
    def leave(self, viewer: Hashable) -> None:
        """Find nothing more for a viewer: it is seen no more."""
        self._viewers.pop(viewer, None)

    @Slot()
    def refresh(self) -> None:
        """Look anew: grades, examples or what photos look like may be others now."""
        if not self._viewers:
            return
        photo_id = next(reversed(self._viewers.values()))
        if not self._veil(photo_id):
            self._sought = photo_id
            self._jobs.want_after(lambda: self._job(photo_id))

    def stop(self) -> None:
        """End what runs; may be called twice."""
        self._viewers.clear()
        self._soon.stop()
        self._jobs.stop()

    def _veil(self, photo_id: PhotoId | None) -> bool:
        """Tell at once that nothing may be shown, if so."""
        blind = photo_id is not None and self._session.is_blind(photo_id)
        if blind:
            self.veiled.emit(photo_id)
        return blind

    def _job(self, photo_id: PhotoId | None) -> Job[_Found]:
        """Make the jobs here, of the grades of now: the table is for this thread alone."""
        ladder = self._session.ladder()
        alike = None if photo_id is None else self._session.look_alikes(photo_id)

        def found() -> Job[_Found]:
            rungs = yield from ladder
            if alike is None:
                return _Found(photo_id, rungs, None, "")
            try:
                return _Found(photo_id, rungs, (yield from alike), "")
            except TinyClfError as error:
                return _Found(photo_id, rungs, None, str(error))

        return found()

    @Slot(object)
    def _take(self, made: _Found) -> None:
        self.laddered.emit(made.rungs)
        if made.photo_id is None:
            return
        if made.look_alikes is not None:
            self.found.emit(made.photo_id, made.look_alikes)
            return
        words = self.tr("This photo is not looked at yet: a moment.")
        self.missing.emit(made.photo_id, made.problem or words)

    @Slot(str)
    def _give_up(self, message: str) -> None:
        if self._sought is None:
            self.failed.emit(message)
        else:
            self.missing.emit(self._sought, message)
