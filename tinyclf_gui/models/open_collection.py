"""The open collection as the window sees it: deeds go in, notices come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Protocol

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tinyclf.domain import GRADES, Act, Grade, PhotoId, Verdict
from tinyclf.errors import TinyClfError
from tinyclf.project import PhotoTable
from tinyclf.session import Session, Status
from tinyclf_gui.jobs.courtesy import reading_quietly
from tinyclf_gui.jobs.newest import NewestJob
from tinyclf_gui.models.columns import Mask, PhotoColumns
from tinyclf_gui.models.counts import Counts
from tinyclf_gui.models.rhythm import USUAL, Rhythm


class Deed(Protocol):
    """Something a person does to the collection."""

    def do(self, session: Session) -> Act | None:
        """Do it; ``None`` if it changes nothing."""
        ...


class Remark(Protocol):
    """Something a person has arranged beside the grades: no step of the undo history.

    What is drawn by chance, undone, could be drawn again until it pleases.

    Attributes:
        counts: Whether it changes what is counted.
    """

    counts: ClassVar[bool]

    def do(self, session: Session) -> Sequence[PhotoId]:
        """Do it; return the photos of which something else is to be told now."""
        ...


class OpenCollection(QObject):
    """One session on the GUI thread; every deed is on disk before it is told.

    Which photos are bad is not in the collection's file: what was seen of them before is recalled
    in the background, and `changed` tells.

    Attributes:
        session: The collection.
        counts: Counts it, a moment after each change.

    Signals:
        changed(object): Rows of the table (int array) whose verdict or proposal is another now.
        grown(): Photos joined the table; it has more rows now.
        acted(object): The ``Act`` just done, undone or redone.
        noted(object): The ``Remark`` just made.
        counted(object): The ``Status`` after changes, a moment later.
        spared(int): So many photos of the exam were left out of a deed to many.
        blinded(): Other photos than before are shown blind.
        failed(str): A deed could not be kept, nothing has changed; or what stands could not be
            counted. And why.
    """

    changed = Signal(object)
    grown = Signal()
    acted = Signal(object)
    noted = Signal(object)
    counted = Signal(object)
    spared = Signal(int)
    blinded = Signal()
    failed = Signal(str)

    def __init__(
        self, session: Session, parent: QObject | None = None, rhythm: Rhythm = USUAL
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._known = len(session.table)
        self._shown_blind: frozenset[PhotoId] = frozenset()
        self._take_bulk()
        self.counts = Counts(session, rhythm, self)
        self.counts.counted.connect(self.counted)
        self.counts.failed.connect(self.failed)
        self._recalling = NewestJob(self, reading_quietly)
        self._recalling.done.connect(self.refresh)
        self._recall_soon = QTimer(self, singleShot=True, interval=rhythm.prepare_ms)
        self._recall_soon.timeout.connect(self._recall)
        if len(session.table):
            self._recall_soon.start()

    @property
    def table(self) -> PhotoTable:
        """The photos as columns."""
        return self.session.table

    @property
    def status(self) -> Status:
        """The counts as last told."""
        return self.counts.status

    def has_all(self, photo_ids: Iterable[PhotoId]) -> bool:
        """Tell whether all of these are photos of this collection: another window may name any."""
        return all(one in self.table.row_of for one in photo_ids)

    def have(self, photo_ids: list[PhotoId], verdict: Verdict) -> bool:
        """Tell whether all of them have this grade already: to give it is to stand by it."""
        codes = self.table.codes[self.table.rows(photo_ids)]
        return isinstance(verdict, Grade) and bool((codes == int(verdict)).all())

    def show_blind(self, photo_ids: Iterable[PhotoId]) -> None:
        """Tell of these photos nowhere, nor of acts about them, which grade they got."""
        shown = frozenset(photo_ids)
        if shown != self._shown_blind:
            self._shown_blind = shown
            self.blinded.emit()

    def is_shown_blind(self, photo_ids: Sequence[PhotoId]) -> bool:
        """Tell whether any of these is a photo whose grade is not to be told now."""
        return bool(self._shown_blind) and not self._shown_blind.isdisjoint(photo_ids)

    def acts_shown_blind(self) -> frozenset[int]:
        """Return the acts, by their numbers, about a photo whose grade is not to be told now."""
        return self.session.acts_about(self._shown_blind) if self._shown_blind else frozenset()

    def disagreements(self, _table: PhotoColumns) -> Mask:
        """Return which photos have another grade than the classifier's: a filter."""
        return self.session.disagreements()

    def contradictions(self) -> dict[PhotoId, Grade]:
        """Return what the classifier holds likelier, of the photos where it disagrees."""
        rows, opinions = np.flatnonzero(self.session.disagreements()), self.session.opinions()
        ids = self.table.ids
        return {ids[row]: GRADES[opinions[row] - 1] for row in rows.tolist()}

    def do(self, deed: Deed) -> bool:
        """Do a deed; return whether it stands: it is on disk, or it changed nothing."""
        return self._tell(lambda: deed.do(self.session))

    def do_knowingly(self, deed: Callable[[list[PhotoId]], Deed], photo_ids: list[PhotoId]) -> bool:
        """Do a deed to photos; of a mixture, those of the exam are left out, and that is told.

        Answers of the exam are given to one photo, or to photos of the exam alone: swept along with
        others they would be given unseen.

        Args:
            deed: Makes the deed, of these very photos or of those that are not left out.
            photo_ids: The photos meant.
        """
        of_exam = self.table.exam[self.table.rows(photo_ids)]
        spared = int(np.count_nonzero(of_exam))
        if spared == len(photo_ids):
            spared = 0
        if spared:
            kept = np.flatnonzero(~of_exam).tolist()
            photo_ids = [photo_ids[place] for place in kept]
        done = self.do(deed(photo_ids))
        if done and spared:
            self.spared.emit(spared)
        return done

    def note(self, remark: Remark) -> bool:
        """Have something arranged; return whether it is on disk."""
        try:
            self.refresh()  # what is drawn is drawn from what a job has just written, and told
            photo_ids = remark.do(self.session)
        except TinyClfError as error:
            self.failed.emit(str(error))
            return False
        self._take_bulk()
        self.changed.emit(self.table.rows([one for one in photo_ids if one in self.table.row_of]))
        if remark.counts:
            self.recount_soon()
        self.noted.emit(remark)
        return True

    def undo(self) -> bool:
        """Take back the last act; return whether that stands."""
        return self._tell(self.session.undo)

    def redo(self) -> bool:
        """Do again what was last taken back; return whether that stands."""
        return self._tell(self.session.redo)

    def return_to(self, number: int) -> bool:
        """Make things stand as right after an act; return whether they do."""
        return self._tell(lambda: self.session.return_to(number))

    @Slot()
    def refresh(self) -> None:
        """Take in what a job has written."""
        rows = self.session.refresh()
        if len(self.table) > self._known:
            self._known = len(self.table)
            self.grown.emit()
        if len(rows):
            self.changed.emit(rows)
            self.recount_soon()

    def recount(self) -> None:
        """Count at once, and wait for it: of very many photos that takes many frames."""
        self.counts.recount()

    def recount_soon(self) -> None:
        """Count in the background, as after each deed."""
        self.counts.recount_soon()

    def close(self) -> None:
        """Let go of the file; nothing is counted any more. May be called twice."""
        self.counts.stop()
        self._recall_soon.stop()
        self._recalling.stop()
        self.session.close()

    def _recall(self) -> None:
        self._recalling.want(self.session.recall_bad_photos)

    def _take_bulk(self) -> None:
        """Let the table tell which photos were accepted with the rest of a wall."""
        self.table.take_bulk(self.session.in_bulk())

    def _tell(self, act_now: Callable[[], Act | None]) -> bool:
        try:
            self.refresh()  # told now: the deed takes in what a job has just written as well
            act = act_now()
        except TinyClfError as error:
            self.failed.emit(str(error))
            return False
        if act is not None:
            self._take_bulk()
            self.changed.emit(self.table.rows(act.photo_ids))
            self.acted.emit(act)
            self.recount_soon()
        return True
