"""A row of a form: a caption and a field, whatever it edits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from tinyclf_gui.widgets.styled import label

FIELD_HEIGHT = 30
"""The same for words and numbers, else rows are uneven."""


def add_field(
    grid: QGridLayout, field: QWidget, name: str, title: str, words: str, tip: str
) -> None:
    """Add a row to a form: a caption, and behind it a field, which the wheel scrolls past.

    Args:
        grid: The form's.
        field: What edits the setting.
        name: What the program calls it.
        title: What a person calls it.
        words: What it is for.
        tip: What both say on hover.
    """
    field.setObjectName(name)
    field.setAccessibleName(title)
    field.setAccessibleDescription(words)
    field.setToolTip(tip)
    field.setMaximumHeight(FIELD_HEIGHT)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_PastTheWheel(field))
    caption = label(title)
    caption.setBuddy(field)
    caption.setToolTip(tip)
    at = grid.rowCount()
    grid.setRowMinimumHeight(at, FIELD_HEIGHT)
    grid.addWidget(caption, at, 0)
    grid.addWidget(field, at, 1)


class _PastTheWheel(QObject):
    """Lets the wheel scroll past a field: it would change what comes under the pointer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the wheel from the field, and leave it to what the field stands in."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
