"""Two to four equal panes in the room there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

WIDE = 1.5
"""From this width to height on three stand in a row."""
GAP = 8


def columns_for(count: int, size: QSize) -> int:
    """Return in how many columns panes stand: two, but three of three in a wide room."""
    if count < 2:
        return 1
    return 3 if count == 3 and size.width() >= WIDE * size.height() else 2


class PaneGrid(QWidget):
    """Lays panes out in rows, in reading order; a last row that is not full is in the middle.

    Each pane spans two columns of the layout, so that it can stand half a pane to the side.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panes: list[QWidget] = []
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(GAP, GAP, GAP, GAP)
        self._layout.setSpacing(GAP)
        self.columns = self._rows = 1

    def set_panes(self, panes: Sequence[QWidget]) -> None:
        """Show these panes, and hide those shown before that are not among them."""
        for pane in self._panes:
            if pane not in panes:
                self._layout.removeWidget(pane)
                pane.hide()
        self._panes = list(panes)
        self._lay_out()
        for pane in panes:
            pane.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew where the room has another shape."""
        super().resizeEvent(event)
        if columns_for(len(self._panes), self.size()) != self.columns:
            self._lay_out()
        self._make_equal()

    def _lay_out(self) -> None:
        count = len(self._panes)
        columns = self.columns = columns_for(count, self.size())
        for number, pane in enumerate(self._panes):
            row, column = divmod(number, columns)
            aside = columns - min(columns, count - row * columns)
            self._layout.addWidget(pane, row, aside + 2 * column, 1, 2)
        rows = self._rows = -(-count // columns)
        for row in range(self._layout.rowCount()):
            self._layout.setRowStretch(row, int(row < rows))
        for column in range(self._layout.columnCount()):
            self._layout.setColumnStretch(column, int(column < 2 * columns))
        self._make_equal()

    def _make_equal(self) -> None:
        """Leave a few pixels free, so that no pane is a pixel larger: all are to scale alike."""
        across, down = 2 * self.columns, max(1, self._rows)
        right = (self.width() - (across + 1) * GAP) % across
        bottom = (self.height() - (down + 1) * GAP) % down
        self._layout.setContentsMargins(GAP, GAP, GAP + right, GAP + bottom)
