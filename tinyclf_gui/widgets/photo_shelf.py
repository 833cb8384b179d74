"""Rows of small photos with one tab stop: from there the arrow keys go on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from tinyclf.domain import PhotoId
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.widgets.photo_button import SIDE, PhotoButton


class PhotoShelf(QWidget):
    """Holds photo buttons and asks the pool for their thumbnails while it is seen.

    Signals:
        photoPressed(object): The ``PhotoButton`` that was pressed.
    """

    photoPressed = Signal(object)

    def __init__(self, pool: ThumbnailPool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self._rows: list[list[PhotoButton]] = []
        pool.ready.connect(self._show_thumbnail)

    @property
    def photo_ids(self) -> list[PhotoId]:
        """The photos shown, row by row."""
        return [button.photo_id for row in self._rows for button in row]

    @property
    def buttons(self) -> list[PhotoButton]:
        """Their buttons."""
        return [button for row in self._rows for button in row]

    def set_rows(self, rows: Sequence[Sequence[PhotoButton]]) -> None:
        """Hold these buttons in place of those before, which go."""
        before = self.buttons
        held = next((number for number, button in enumerate(before) if button.hasFocus()), None)
        self._rows = [list(row) for row in rows if row]
        for button in self.buttons:
            button.clicked.connect(lambda _=False, one=button: self.photoPressed.emit(one))
        if held is not None and self.buttons:
            self.buttons[min(held, len(self.buttons) - 1)].setFocus()
        for button in before:
            button.hide()
            button.deleteLater()
        self._keep_one_tab_stop()
        self._want()

    def arrange(self, rows: Sequence[Sequence[PhotoButton]]) -> None:
        """Let the same buttons stand in other rows, or be of another size."""
        self._rows = [list(row) for row in rows if row]
        self._want()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the thumbnails."""
        super().showEvent(event)
        self._want()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing more."""
        super().hideEvent(event)
        self._pool.leave(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the neighbour an arrow points at."""
        cell = self._cell_in_focus()
        step = _STEPS.get(Qt.Key(event.key()))
        if cell is None or step is None:
            super().keyPressEvent(event)
            return
        row, column = cell
        across = step[1] if self.isLeftToRight() else -step[1]
        row = max(0, min(row + step[0], len(self._rows) - 1))
        column = max(0, min(column + across, len(self._rows[row]) - 1))
        self._rows[row][column].setFocus()
        self._keep_one_tab_stop()
        self._scroll_to(self._rows[row][column])

    def _scroll_to(self, button: PhotoButton) -> None:
        """Scroll what this stands in until a button is seen; Qt does so only for Tab."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(button)

    def _cell_in_focus(self) -> tuple[int, int] | None:
        return next(
            (
                (row, column)
                for row, buttons in enumerate(self._rows)
                for column, button in enumerate(buttons)
                if button.hasFocus()
            ),
            None,
        )

    def _keep_one_tab_stop(self) -> None:
        """Let Tab stop at the button that has the keyboard, else at the first."""
        cell = self._cell_in_focus() or (0, 0)
        for row, buttons in enumerate(self._rows):
            for column, button in enumerate(buttons):
                here = (row, column) == cell
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus if here else Qt.FocusPolicy.NoFocus)

    def _want(self) -> None:
        if self.isVisible():
            scale = self.devicePixelRatioF()
            largest = max((button.side for button in self.buttons), default=SIDE)
            side = round((largest - 6) * scale)
            self._pool.want_beside(self, self.photo_ids, side, scale)

    def _show_thumbnail(self, photo_id: PhotoId) -> None:
        for button in self.buttons:
            if button.photo_id == photo_id:
                button.update()


_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
"""Arrow → rows down, columns on."""
