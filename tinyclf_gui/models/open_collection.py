"""The open collection as the window sees it: deeds go in, notices come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import ClassVar, Protocol

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tinyclf.domain import GRADES, NO_VERDICT, Act, Grade, PhotoId, Verdict
from tinyclf.errors import TinyClfError
from tinyclf.project import PhotoTable
from tinyclf.session import Session, Status
from tinyclf_gui.jobs.courtesy import reading_quietly
from tinyclf_gui.jobs.newest import NewestJob
from tinyclf_gui.models import filters
from tinyclf_gui.models.columns import Mask, PhotoColumns

STATUS_EVERY_MS = 120
"""Counts follow the hands within this time; counting at every key would slow long runs of keys."""
COUNTED_AT_ONCE = 2_000
"""So many photos, and fewer, are counted on the spot before a result is told: in a moment.

That can take longer than a frame, but only once for each job, not after a key."""
TIMES_AS_LONG = 4
"""So many times as long as the last count took, nothing is counted: hands on the keys go first."""


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

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._known = len(session.table)
        self._in_bulk = session.in_bulk()
        self._shown_blind: frozenset[PhotoId] = frozenset()
        self._status = session.status()
        self._count = QTimer(self, singleShot=True, interval=STATUS_EVERY_MS)
        self._count.timeout.connect(self._begin_counting)
        self._count_began = perf_counter()
        self._counting = NewestJob(self, reading_quietly)
        self._counting.done.connect(self._take_counts)
        self._counting.failed.connect(self._fail_to_count)
        self._to_tell: list[Callable[[], None]] = []
        self._recalling = NewestJob(self, reading_quietly)
        self._recalling.done.connect(self.refresh)
        if len(session.table):
            self._recalling.want(session.recall_bad_photos)

    @property
    def table(self) -> PhotoTable:
        """The photos as columns."""
        return self.session.table

    @property
    def status(self) -> Status:
        """The counts as last told."""
        return self._status

    def has_all(self, photo_ids: Iterable[PhotoId]) -> bool:
        """Tell whether all of these are photos of this collection: another window may name any."""
        return all(one in self.table.row_of for one in photo_ids)

    def is_in_bulk(self, row: int) -> bool:
        """Tell whether a photo was accepted with the rest of a wall and not looked at since."""
        return row < len(self._in_bulk) and bool(self._in_bulk[row])

    def in_bulk(self, _table: PhotoColumns) -> Mask:
        """Return which photos were: a filter."""
        return self.session.in_bulk()

    def faults(self, row: int) -> int:
        """Return what is wrong with a photo, as bits of `PhotoFault`; 0 where it is fine."""
        return 0 if self.table.fine[row] else int(self.table.faults[row])

    def bad(self, _table: PhotoColumns) -> Mask:
        """Return which photos are bad: a filter."""
        return self.table.bad

    def is_for_exam(self, row: int) -> bool:
        """Tell whether a photo's grade counts for the exam; ``False`` while it has none."""
        return bool(self.table.exam[row]) and int(self.table.codes[row]) > NO_VERDICT

    def have(self, photo_ids: list[PhotoId], verdict: Verdict) -> bool:
        """Tell whether all of them have this grade already: to give it is to stand by it."""
        codes = self.table.codes[self.table.rows(photo_ids)]
        return isinstance(verdict, Grade) and bool((codes == int(verdict)).all())

    @property
    def exam_to_grade(self) -> Mask:
        """Which photos are to be graded blind for the exam, (n,)."""
        return self.table.exam & self.table.ungraded

    def duplicates(self, table: PhotoColumns) -> Mask:
        """Return which photos have near-duplicates: a filter.

        Not those of the exam: beside one that is graded, they would not be graded blind.
        """
        return filters.has_duplicates(table) & ~self.exam_to_grade

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
        self._in_bulk = self.session.in_bulk()
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
        self._count.stop()
        self._counting.drop()  # what is counted there is as it was before
        self._show_counts(self.session.status())
        self._tell_what_waited()

    def glance(self) -> None:
        """Count at once what the table alone tells, however many photos there are: see `Session`.

        All else follows in the background, as after each deed.
        """
        self._show_counts(self.session.at_a_glance(self._status))

    def recount_then(self, tell: Callable[[], None]) -> None:
        """Count anew, in the background where that takes a few frames; then call this."""
        if len(self.table) <= COUNTED_AT_ONCE:
            self.recount()
            tell()
            return
        self._count.stop()
        self._counting.drop()
        self._to_tell.append(tell)
        self._begin_counting()

    def recount_soon(self) -> None:
        """Count in the background, as after each deed."""
        if not self._count.isActive():  # a timer begun anew at every key would never end
            self._count.start()

    def close(self) -> None:
        """Let go of the file; nothing is counted any more. May be called twice."""
        self._count.stop()
        self._counting.stop()
        self._recalling.stop()
        self._to_tell.clear()
        self.session.close()

    def _tell(self, act_now: Callable[[], Act | None]) -> bool:
        try:
            act = act_now()
        except TinyClfError as error:
            self.failed.emit(str(error))
            return False
        if act is not None:
            self._in_bulk = self.session.in_bulk()
            self.changed.emit(self.table.rows(act.photo_ids))
            self.acted.emit(act)
            self.recount_soon()
        return True

    @Slot()
    def _begin_counting(self) -> None:
        self._count_began = perf_counter()
        self._counting.want_after(self.session.counting)

    @Slot(object)
    def _take_counts(self, status: Status) -> None:
        took_ms = (perf_counter() - self._count_began) * 1000
        self._count.setInterval(max(STATUS_EVERY_MS, int(TIMES_AS_LONG * took_ms)))
        self._show_counts(status)
        self._tell_what_waited()

    @Slot(str)
    def _fail_to_count(self, message: str) -> None:
        self.failed.emit(message)
        self._tell_what_waited()

    def _tell_what_waited(self) -> None:
        waiting, self._to_tell = self._to_tell, []
        for tell in waiting:
            tell()

    def _show_counts(self, status: Status) -> None:
        self._status = status
        self.counted.emit(status)
