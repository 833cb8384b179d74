"""A photo with a column beside it that can be put away, and is where there is no room for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.widgets.key_tip import with_key
from tinyclf_gui.widgets.styled import frame, push_button, scrolling

COLUMN = 312
"""The column's width: mark, four examples, and air."""
LEAST_PHOTO = 380
"""The photo is left so much width at least."""


class BesidePhoto(QWidget):
    """The photo, and at its end the column.

    Attributes:
        button: Shows the column, or puts it away; to be put where there is room.

    Signals:
        wished(bool): A person wants the column, or no longer.
    """

    wished = Signal(bool)

    def __init__(
        self, photo: QWidget, column: QWidget, keys: KeyBindings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        keys.changed.connect(self._make_room)
        self.button = push_button(self.tr("Examples"), "examplesButton", "chip")
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.toggled.connect(self._make_room)
        self.button.clicked.connect(self.wished)
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
        self.button.setChecked(on)

    def toggle(self) -> None:
        """Show the column, or put it away."""
        if self.button.isEnabled():
            self.button.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether there is room."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        room = self.width() >= COLUMN + LEAST_PHOTO
        self.button.setEnabled(room)
        words = self.tr("Examples of each grade, and photos you graded that look like this one")
        told = with_key(words, self._keys, "examples")
        self.button.setToolTip(told if room else self.tr("There is no room: make the window wider"))
        self._frame.setVisible(room and self.button.isChecked())
