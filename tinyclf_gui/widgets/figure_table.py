"""A table to be read: rows of words and figures, of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from tinyclf_gui import theme as themes
from tinyclf_gui.widgets.styled import LabelKind
from tinyclf_gui.widgets.tables import Column, alignment, to_be_read

ROW_HEIGHT = 32
MOST_ROWS = 12
"""Are shown at once; the others by scrolling."""
NARROW = 500
"""Pixels; below, there is little room."""


@dataclass(frozen=True)
class FigureRow:
    """A row.

    Attributes:
        texts: One for each column; the last one given reaches to the end.
        kind: How they look.
        tip: What else there is to say of it.
    """

    texts: tuple[str, ...]
    kind: LabelKind = ""
    tip: str = ""


class FigureTable(QTableWidget):
    """The first column gives way, the figures do not; arrow keys choose a row.

    Args:
        columns: From left to right.
        spare: The numbers of those that are left out where there is little room.
    """

    def __init__(
        self, columns: Sequence[Column], spare: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(0, len(columns), parent)
        self._spare = spare
        self._rows: Sequence[FigureRow] = ()
        to_be_read(self, columns, ROW_HEIGHT)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def set_figures(self, rows: Sequence[FigureRow]) -> None:
        """Show these rows; the first one is chosen."""
        self._rows = tuple(rows)
        self.clearSpans()
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row.texts):
                self._put(number, column, text, row)
            missing = self.columnCount() - len(row.texts)
            if missing:
                self.setSpan(number, len(row.texts) - 1, 1, missing + 1)
        if rows:
            self.setCurrentCell(0, 0)
        self.updateGeometry()

    def texts(self, number: int) -> tuple[str, ...]:
        """Return what stands in a row."""
        return self._rows[number].texts

    def sizeHint(self) -> QSize:
        """Return room for some rows."""
        return QSize(480, self._height(min(max(1, len(self._rows)), MOST_ROWS)))

    def minimumSizeHint(self) -> QSize:
        """Return the same: what stands around it can be scrolled."""
        return QSize(240, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the first column room."""
        for column in self._spare:
            self.setColumnHidden(column, event.size().width() < NARROW)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            chosen = self.currentRow()
            self.set_figures(self._rows)
            self.setCurrentCell(chosen, 0)

    def _height(self, rows: int) -> int:
        return self.horizontalHeader().sizeHint().height() + rows * ROW_HEIGHT + 2

    def _put(self, number: int, column: int, text: str, row: FigureRow) -> None:
        theme = themes.current()
        item = QTableWidgetItem(text)
        whole = column and column == len(row.texts) - 1 < self.columnCount() - 1
        item.setTextAlignment(alignment(0 if whole else column))
        item.setToolTip(row.tip or text)
        if row.kind in ("danger", "muted") and (column or row.kind == "muted"):
            item.setForeground(theme.danger if row.kind == "danger" else theme.muted)
        if row.kind == "strong":
            item.setFont(themes.sized(self.font(), themes.TEXT_PIXELS, bold=True))
        if whole:  # or its column would be made as wide as all of it
            item.setSizeHint(QSize(0, ROW_HEIGHT))
        self.setItem(number, column, item)
