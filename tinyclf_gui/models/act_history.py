"""What was done so far as an item model: newest first, read from the journal page by page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from pathlib import PurePath
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from tinyclf.project import Past, PastAct, PastTraining
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.when_words import when_in_words

Index = QModelIndex | QPersistentModelIndex
PAGE = 256
"""So many acts are read at once."""


class Standing(StrEnum):
    """What became of a line of the history."""

    HERE = "here"
    """What was done last, of all that stands."""
    STANDS = "stands"
    TAKEN_BACK = "taken back"
    TRAINING = "training"
    """The machine's: there for orientation, never taken back."""


class Line(NamedTuple):
    """What one line of the history tells.

    Attributes:
        number: The number of the act; 0 for the beginning, before any.
        words: What was done: "312 graded 4".
        when: When it was done: "today 20:14"; empty for the beginning.
        standing: What became of it.
        photos: On how many photos.
    """

    number: int
    words: str
    when: str
    standing: Standing
    photos: int


class Way(NamedTuple):
    """How one gets to where a line stood.

    Attributes:
        steps: How many acts are to be taken back, or done again.
        forward: They are done again.
    """

    steps: int
    forward: bool


class Role(IntEnum):
    """What the model tells of an act, besides its words and its accessible text."""

    LINE = Qt.ItemDataRole.UserRole + 1


class Words(Protocol):
    """Says what was done."""

    def __call__(self, past: Past, name: str, *, told: bool) -> str:
        """Return a few words."""
        ...


class ActHistory(QAbstractListModel):
    """The acts of a person and the trainings between them; the last row is the beginning.

    Args:
        collection: Whose history.
        words: Says what was done; given also the photo's name, where it was about just one, and
            whether its grade may be told.
        now: The present moment.

    Signals:
        moved(): Another act in it is the last that stands now.
    """

    moved = Signal()

    def __init__(
        self,
        collection: OpenCollection,
        words: Words,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._collection = collection
        self._words = words
        self._now = now
        self._past: list[Past] = []
        self._complete = False
        self._untold = collection.acts_shown_blind()
        self._session = collection.session
        self._here, _ = self._session.next_numbers()
        self._take_page()
        self._rests = self._behind = False
        collection.acted.connect(self._hear)
        collection.blinded.connect(self._tell_all)
        collection.counted.connect(self._hear)  # a training has come to its end

    def set_rest(self, rests: bool) -> None:
        """Follow what is done no longer, while nobody looks; or catch up, and follow again."""
        self._rests = rests
        if self._behind and not rests:
            self._follow()

    def line(self, row: int) -> Line:
        """Return what a row tells."""
        if row == len(self._past):
            here = Standing.HERE if self._here is None else Standing.STANDS
            return Line(0, self.tr("The beginning: nothing graded"), "", here, 0)
        past = self._past[row]
        when = when_in_words(past.when, self._now())
        if isinstance(past, PastTraining):
            return Line(past.number, self._words(past, "", told=True), when, Standing.TRAINING, 0)
        told = past.number not in self._untold
        words = self._words(past, self._name_of(past), told=told)
        return Line(past.number, words, when, self._standing_of(past.number), past.photos)

    @property
    def here(self) -> int:
        """The row of what was done last of all that stands, if it was read; else the newest."""
        row = self._row_of(self._here)
        return row if row < self.rowCount() else 0

    def way(self, row: int) -> Way:
        """Return how one gets to where things stood right after a row."""
        number = self.line(row).number
        return Way(self._session.steps_to(number), forward=self._session.can_redo(number))

    def is_lost(self, row: int) -> bool:
        """Tell whether a row was taken back for good: something else was done since."""
        line = self.line(row)
        taken_back = line.standing is Standing.TAKEN_BACK
        return taken_back and not self._session.can_redo(line.number)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows were read so far; the beginning comes with the oldest."""
        if parent.isValid():
            return 0
        return len(self._past) + (self._complete and bool(self._past))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a view or an assistive tool asks of a row."""
        if not 0 <= index.row() < self.rowCount():
            return None
        line = self.line(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line)
        return line if role == Role.LINE else None

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether older acts are still to be read."""
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        """Read a page of older acts."""
        if self.canFetchMore(parent):
            self._take_page()

    def _take_page(self) -> None:
        before = self._past[-1].number if self._past else None
        page = self._session.past(PAGE, before=before)
        complete = sum(isinstance(past, PastAct) for past in page) < PAGE
        first, more = self.rowCount(), len(page) + (complete and bool(self._past or page))
        if more:
            self.beginInsertRows(QModelIndex(), first, first + more - 1)
        self._past += page
        self._complete = complete
        if more:
            self.endInsertRows()

    def _hear(self) -> None:
        self._behind = True
        if not self._rests:
            self._follow()

    def _follow(self) -> None:
        """Take in what was done since, and what was taken back."""
        self._behind = False
        self._take_news()
        before = self._here
        self._here, _ = self._session.next_numbers()
        if before != self._here and self.rowCount():
            rows = sorted((self._row_of(before), self._row_of(self._here)))
            last = min(rows[1], self.rowCount() - 1)
            self.dataChanged.emit(self.index(min(rows[0], last)), self.index(last))
        self.moved.emit()

    def _take_news(self) -> None:
        newest = self._past[0].number if self._past else 0
        news = self._session.past(2**31, after=newest)
        if news:
            self._untold = self._collection.acts_shown_blind()
            last = len(news) - 1 + (self._complete and not self._past)
            self.beginInsertRows(QModelIndex(), 0, last)
            self._past[:0] = news
            self.endInsertRows()

    def _tell_all(self) -> None:
        """Other acts may be told without their grade now."""
        self._untold = self._collection.acts_shown_blind()
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def _row_of(self, number: int | None) -> int:
        """Return the row of an act, or that of the beginning; it may not have been read yet."""
        return bisect_left(self._past, -(number or 0), key=lambda past: -past.number)

    def _standing_of(self, number: int) -> Standing:
        if not self._session.stands(number):
            return Standing.TAKEN_BACK
        return Standing.HERE if number == self._here else Standing.STANDS

    def _name_of(self, act: PastAct) -> str:
        table = self._collection.table
        row = None if act.photo_id is None else table.row_of.get(act.photo_id)
        return "" if row is None else PurePath(table.names[row]).stem

    def _spoken(self, line: Line) -> str:
        told = {
            Standing.HERE: self.tr("here you are"),
            Standing.TAKEN_BACK: self.tr("taken back"),
        }
        parts = (line.words, line.when, told.get(line.standing, ""))
        return ", ".join(part for part in parts if part)
