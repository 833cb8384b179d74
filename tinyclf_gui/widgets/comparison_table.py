"""Configurations compared on the same photos: how often right, how long, how large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from tinyclf.domain import Interval
from tinyclf.training.comparison import TIE
from tinyclf_gui import theme as themes
from tinyclf_gui.widgets.grade_words import isolated, percent
from tinyclf_gui.widgets.tables import Column, alignment, to_be_read

ROW_HEIGHT = 30
NOTE_COLUMN = 1
AGREEMENT_COLUMN, OFF_BY_COLUMN = 4, 5
LEAST_TITLE = 110
"""Pixels that a configuration's title keeps, if it needs them."""
WORDS = 2
"""So many columns hold words."""
COLUMNS = 10
WAITING = "…"


@dataclass(frozen=True)
class ComparisonRow:
    """One configuration; ``None`` where it is not measured yet.

    Attributes:
        key: What the program calls it.
        title: What a person calls it.
        right: Share of photos graded right, of those it has not seen.
        within_one: Share at most one grade off.
        agreement: Quadratic kappa, 0 guessing to 1 perfect: what the order goes by.
        off_by: By how many grades it is off on average.
        seconds: How long it trains.
        seconds_per_photo: How long it takes for one photo.
        memory_bytes: What training takes at most.
        size_bytes: How large the classifier is.
        encoder: What it is, and whether the damage detector took part, on hover of the title.
        note: What follows from the figures ("a tie: take the smaller").
        reasons: Why, on hover.
        best: The one to take.
    """

    key: str
    title: str
    right: Interval | None = None
    within_one: Interval | None = None
    agreement: Interval | None = None
    off_by: Interval | None = None
    seconds: float | None = None
    seconds_per_photo: float | None = None
    memory_bytes: int | None = None
    size_bytes: int | None = None
    encoder: str = ""
    note: str = ""
    reasons: str = ""
    best: bool = False


class WholeRows(QWidget):
    """Holds a table at a height that cuts no row in two; the others come by scrolling."""

    def __init__(self, table: ComparisonTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        table.setParent(self)
        table.horizontalScrollBar().rangeChanged.connect(self._lay_out)
        self.setSizePolicy(table.sizePolicy())

    def sizeHint(self) -> QSize:
        """Return room for all rows."""
        return self._table.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return room for one row."""
        return self._table.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many rows as are whole."""
        super().resizeEvent(event)
        self._lay_out()

    def event(self, event: QEvent) -> bool:
        """Ask for other room when the table does."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._lay_out()
        return super().event(event)

    @Slot()
    def _lay_out(self) -> None:
        self._table.setGeometry(0, 0, self.width(), self._table.whole_height(self.height()))


class ComparisonTable(QTableWidget):
    """One row for each configuration, in the order given.

    Signals:
        rowChosen(str): A person clicked the row with this key, or pressed Enter on it.
    """

    rowChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, COLUMNS, parent)
        self.setObjectName("comparisonTable")
        self.setAccessibleName(self.tr("Comparison"))
        self._rows: Sequence[ComparisonRow] = ()
        to_be_read(self, self._columns(), ROW_HEIGHT, WORDS)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setMinimumSectionSize(48)
        self.horizontalHeader().setStretchLastSection(False)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.cellClicked.connect(self._choose)

    def _columns(self) -> list[Column]:
        plus_minus = "\n" + self.tr("±: so far off it may be, being judged on so few photos")
        words = (
            (self.tr("Configuration"), ""),
            (
                self.tr("Verdict"),
                self.tr(
                    "The best; a tie: as good, as far as can be told; or worse, and how\n"
                    "sure that is: less sure than {0} is a tie. Of a tie take the better one,\n"
                    "unless another is half its size or less"
                ).format(percent(1 - TIE)),
            ),
            (
                self.tr("Right"),
                self.tr("The share of photos it has not seen that it grades as you did (exact)")
                + plus_minus,
            ),
            (
                self.tr("Within one"),
                self.tr("The share that is at most one grade off") + plus_minus,
            ),
            (
                self.tr("Agreement"),
                self.tr(
                    "The order goes by this: 0 is guessing, 100 is perfect, and a proposal two\n"
                    "grades off counts four times one grade off (quadratic kappa)"
                )
                + plus_minus,
            ),
            (
                self.tr("Off by"),
                self.tr("How many grades a proposal is off, on average (mean absolute error)"),
            ),
            (self.tr("Train"), self.tr("How long it trains on this machine")),
            (self.tr("A photo"), self.tr("How long a proposal for one photo takes, from the file")),
            (self.tr("Memory"), self.tr("What training takes at most, besides the photos")),
            (self.tr("Size"), self.tr("How large the classifier is on disk")),
        )
        return [Column(*each) for each in words]

    def set_rows(self, rows: Sequence[ComparisonRow]) -> None:
        """Show these configurations; the row that was chosen stays chosen."""
        chosen = self.chosen
        self._rows = tuple(rows)
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(self._texts(row)):
                self._put(number, column, text, row)
        self.set_chosen(chosen)
        self._fit_titles()
        self.updateGeometry()

    @property
    def chosen(self) -> str | None:
        """The key of the chosen row."""
        row = self.currentRow()
        return self._rows[row].key if 0 <= row < len(self._rows) else None

    def set_chosen(self, key: str | None) -> None:
        """Show the row with this key as chosen, without a signal."""
        keys = [row.key for row in self._rows]
        if key in keys:
            self.selectRow(keys.index(key))
        else:
            self.clearSelection()

    def sizeHint(self) -> QSize:
        """Return room for all rows."""
        return QSize(560, self._height(max(1, len(self._rows))))

    def minimumSizeHint(self) -> QSize:
        """Return room for one row."""
        return QSize(240, self._height(1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let long titles give way to the figures."""
        super().resizeEvent(event)
        self._fit_titles()

    def _fit_titles(self) -> None:
        """Give the titles what the other columns leave, no more than they need."""
        header = self.horizontalHeader()
        others = sum(
            max(self.sizeHintForColumn(at), header.sectionSizeHint(at))
            for at in range(1, self.columnCount())
        )
        needed = max(self.sizeHintForColumn(0), header.sectionSizeHint(0))
        room = self.viewport().width() - others
        self.setColumnWidth(0, max(min(needed, LEAST_TITLE), min(needed, room)))

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.set_rows(self._rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen is not None:
            self._choose(self.currentRow())
        else:
            super().keyPressEvent(event)

    def whole_height(self, room: int) -> int:
        """Return how high it is with as many whole rows as ``room`` pixels hold, one at least."""
        rows = (room - self._height(0)) // ROW_HEIGHT
        return self._height(max(1, min(rows, len(self._rows))))

    def _height(self, rows: int) -> int:
        """Return how high it is with so many rows, and a scroll bar below where there is one."""
        bar = self.horizontalScrollBar()
        scrolled = bar.sizeHint().height() if bar.maximum() else 0
        return self.horizontalHeader().sizeHint().height() + rows * ROW_HEIGHT + 2 + scrolled

    def _put(self, number: int, column: int, text: str, row: ComparisonRow) -> None:
        item = QTableWidgetItem(text)
        item.setTextAlignment(alignment(column, WORDS))
        item.setToolTip(self._tip(column, text, row))
        if column == NOTE_COLUMN:
            item.setForeground(themes.current().muted)
        if row.best and column == 0:
            item.setFont(themes.sized(self.font(), themes.TEXT_PIXELS, bold=True))
        self.setItem(number, column, item)

    def _tip(self, column: int, text: str, row: ComparisonRow) -> str:
        """Return what a cell says on hover: an interval in full, a note's reasons, a long name."""
        if column == 0:
            return "\n".join(filter(None, (text, row.encoder)))
        if column == NOTE_COLUMN:
            return row.reasons or text
        shares = {2: row.right, 3: row.within_one}
        if share := shares.get(column):
            low, high = percent(share.low), percent(share.high)
        elif column == AGREEMENT_COLUMN and row.agreement:
            low, high = (str(round(100 * end)) for end in (row.agreement.low, row.agreement.high))
            text = str(round(100 * row.agreement.value))
        elif column == OFF_BY_COLUMN and row.off_by:
            low, high = self._decimal(row.off_by.low), self._decimal(row.off_by.high)
            text = self._decimal(row.off_by.value)
        else:
            return ""
        return self.tr("{0}: with 95 % probability between {1} and {2}").format(text, low, high)

    def _texts(self, row: ComparisonRow) -> tuple[str, ...]:
        return (
            row.title,
            row.note,
            self._share(row.right, "{0} % ± {1}"),
            self._share(row.within_one, "{0} % ± {1}"),
            self._share(row.agreement, "{0} ± {1}"),
            WAITING if row.off_by is None else self._decimal(row.off_by.value),
            WAITING if row.seconds is None else self._training_time(row.seconds),
            WAITING if row.seconds_per_photo is None else self._milliseconds(row.seconds_per_photo),
            WAITING if row.memory_bytes is None else self._size(row.memory_bytes),
            WAITING if row.size_bytes is None else self._size(row.size_bytes),
        )

    def _share(self, share: Interval | None, words: str) -> str:
        if share is None:
            return WAITING
        half = round(100 * (share.high - share.low) / 2)
        return isolated(words.format(round(100 * share.value), half))

    def _decimal(self, value: float) -> str:
        return self.locale().toString(value, "f", 2)

    def _training_time(self, seconds: float) -> str:
        if seconds < 60:
            return isolated(self.tr("{0} s").format(self.locale().toString(seconds, "f", 1)))
        return isolated(self.tr("{0} min").format(self.locale().toString(seconds / 60, "f", 1)))

    def _milliseconds(self, seconds: float) -> str:
        if seconds < 0.0001:
            return isolated(self.tr("< {0} ms").format(self.locale().toString(0.1, "f", 1)))
        digits = 0 if seconds >= 0.001 else 1
        milliseconds = self.locale().toString(seconds * 1000, "f", digits)
        return isolated(self.tr("{0} ms").format(milliseconds))

    def _size(self, size_bytes: int) -> str:
        digits = 0 if size_bytes >= 99.5e6 else 1
        megabytes = self.locale().toString(size_bytes / 1e6, "f", digits)
        return isolated(self.tr("{0} MB").format(megabytes))

    @Slot(int, int)
    def _choose(self, row: int, _column: int = 0) -> None:
        self.rowChosen.emit(self._rows[row].key)
