"""A photo with a column beside it that can be put away, and is where there is little room for it.

There it comes only when it is asked for, and leaves the photo less.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.widgets.key_tip import with_key
from tinyclf_gui.widgets.styled import frame, push_button, scrolling

COLUMN = 312
"""The column's width: mark, four examples, and air."""
LEAST_PHOTO = 380
"""The photo is left so much width at least, unless the column is asked for here and now."""
LEAST_AT_ALL = 240
"""And so much even then."""


class BesidePhoto(QWidget):
    """The photo, and at its end the column.

    Attributes:
        button: Shows the column, or puts it away; to be put where there is room.

    Signals:
        wished(bool): A person wants the column, or no longer; not told where there is little room.
        refused(str): Why it cannot be shown, in a sentence.
    """

    wished = Signal(bool)
    refused = Signal(str)

    def __init__(
        self, photo: QWidget, column: QWidget, keys: KeyBindings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        keys.changed.connect(self._make_room)
        self.button = push_button(self.tr("Examples"), "examplesButton", "chip")
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self._choose)
        self._wished = self._asked_for = False
        self._frame = frame("side")
        self._frame.setFixedWidth(COLUMN)
        inner = QWidget()
        held = QVBoxLayout(inner)
        held.setContentsMargins(12, 12, 12, 12)
        held.addWidget(column)
        around = QVBoxLayout(self._frame)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolling(inner))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(photo, 1)
        row.addWidget(self._frame)
        self._make_room()

    def set_wished(self, on: bool) -> None:
        """Show the column where there is room, or put it away."""
        self._wished = on
        self._make_room()

    def ask_for(self) -> None:
        """Show the column wherever it fits at all."""
        self._asked_for = True
        self.set_wished(True)

    def toggle(self) -> None:
        """Show the column, or put it away; say so where it does not fit at all."""
        if self.button.isEnabled():
            self.button.click()
        else:
            self.refused.emit(_no_room())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether there is room."""
        super().resizeEvent(event)
        self._make_room()

    def _has_room_for(self, photo: int) -> bool:
        return self.width() >= COLUMN + photo

    def _choose(self, on: bool) -> None:
        self._asked_for = on
        if self._has_room_for(LEAST_PHOTO):
            self._wished = on
            self.wished.emit(on)
        self._make_room()

    def _make_room(self) -> None:
        fits, roomy = self._has_room_for(LEAST_AT_ALL), self._has_room_for(LEAST_PHOTO)
        is_shown = self._wished if roomy else fits and self._asked_for
        self.button.setEnabled(fits)
        self.button.setChecked(is_shown)
        words = self.tr("Examples of each grade, and photos you graded that look like this one")
        told = with_key(words, self._keys, "examples")
        self.button.setToolTip(told if fits else _no_room())
        self._frame.setVisible(is_shown)


def _no_room() -> str:
    return QCoreApplication.translate(
        "BesidePhoto", "There is no room for examples beside the photo: make the window wider."
    )
