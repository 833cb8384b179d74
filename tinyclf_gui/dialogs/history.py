"""What was done so far, in plain words, beside the photos; and the way back to any line of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tinyclf.domain import PhotoId
from tinyclf_gui.act_words import past_in_words
from tinyclf_gui.models.act_history import ActHistory, Role, Standing
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.widgets.act_list import ActList
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.styled import label, push_button

WIDTH, HEIGHT = 400, 560
BELOW = 96
"""Pixels from the top of the window behind."""
EDGE = 16
"""Pixels to its side."""
ABOVE = 72
"""Pixels to its lower edge: the last act and its Undo stay in sight there."""


class HistoryDialog(QDialog):
    """Stays in front of the window, which is used meanwhile as ever.

    Signals:
        photosWanted(int): Show the photos of the act with this number.
        returnWanted(int): Make things stand as right after that act.
    """

    photosWanted = Signal(int)
    returnWanted = Signal(int)

    def __init__(self, history: ActHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyDialog")
        self.setWindowTitle(self.tr("History"))
        self._history = history
        self._list = ActList(history)
        self._hint = label("", "muted", wrap=True)
        self._go = push_button("", "returnButton", "primary")
        self._empty = label(
            self.tr("Nothing has been done yet.\nEach grade you give is listed here."),
            "muted",
            wrap=True,
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._listen()
        self._show_whether_empty()

    def show_beside(self) -> None:
        """Show it over the side of the window behind, so that the photos stay in sight.

        If it has the keyboard, it goes: the same key shows and closes it.
        """
        if self.isActiveWindow():
            self.close()
            return
        if self.isVisible():
            self.raise_()
            self.activateWindow()
            return
        behind = self.parentWidget()
        if behind is not None:
            frame = behind.geometry()
            height = min(HEIGHT, frame.height() - BELOW - ABOVE)
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            left = frame.left() + EDGE if mirrored else frame.right() - EDGE - WIDTH
            self.setGeometry(left, frame.top() + BELOW, WIDTH, height)
        self.show()  # it catches up first
        self._list.setCurrentIndex(self._history.index(self._history.here, 0))
        self.activateWindow()
        self._list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was done meanwhile."""
        self._history.set_rest(False)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the history rest: it would be read anew at every key."""
        super().hideEvent(event)
        self._history.set_rest(True)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._close = push_button(self.tr("Close"), "closeHistoryButton")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(12)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._hint)
        layout.addLayout(buttons)

    def _listen(self) -> None:
        self._close.clicked.connect(self.close)
        self._go.clicked.connect(self._ask_to_return)
        self._list.photosWanted.connect(self.photosWanted)
        self._list.selectionModel().currentChanged.connect(self._show_way)
        self._history.moved.connect(self._show_whether_empty)

    def _show_whether_empty(self) -> None:
        empty = not self._history.rowCount()
        self._stack.setCurrentWidget(self._empty if empty else self._list)
        self._show_way()

    def _show_way(self) -> None:
        """Say what it would take to get to the line in focus."""
        row = self._list.currentIndex().row()
        way = self._history.way(row) if row >= 0 else None
        possible = way is not None and bool(way.steps) and not self._history.is_lost(row)
        forward = possible and way is not None and way.forward
        self._go.setText(self.tr("Do again up to here") if forward else self.tr("Go back to here"))
        self._go.setEnabled(possible)
        self._hint.setText(self._way_in_words(row, forward) if row >= 0 else "")
        self._go.setAccessibleDescription(self._hint.text())

    def _way_in_words(self, row: int, forward: bool) -> str:
        line, way = self._history.line(row), self._history.way(row)
        if self._history.is_lost(row):
            return self.tr("Taken back, and something else was done since.")
        if not way.steps:
            here = line.standing is Standing.HERE
            return self.tr("Here you are.") if here else self.tr("Nothing was done since.")
        if forward:
            one, several = self.tr("Does 1 step again."), self.tr("Does {n} steps again.")
        else:
            one = self.tr("Takes 1 step back; press Redo to do it again.")
            several = self.tr("Takes {n} steps back; press Redo {n} times to do them again.")
        return one if way.steps == 1 else several.format(n=number(way.steps))

    def _ask_to_return(self) -> None:
        line = self._list.currentIndex().data(Role.LINE)
        if line is not None:
            self.returnWanted.emit(line.number)


def history_of(
    collection: OpenCollection, show_photos: Callable[[list[PhotoId]], None], window: QWidget
) -> HistoryDialog:
    """Return a collection's history, which does what is wanted there.

    Args:
        collection: Whose.
        show_photos: Shows the photos of an act.
        window: It stays in front of this one.
    """
    history = ActHistory(collection, past_in_words)
    dialog = HistoryDialog(history, window)
    history.setParent(dialog)
    dialog.photosWanted.connect(lambda act: show_photos(collection.session.photos_of(act)))
    dialog.returnWanted.connect(collection.return_to)
    return dialog
