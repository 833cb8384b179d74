"""A button that Space alone presses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton


class Button(QPushButton):
    """Leaves Space with a modifier, which Qt would take for Space, to the photos."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed by Space alone."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Space and held:
            event.ignore()
        else:
            super().keyPressEvent(event)
