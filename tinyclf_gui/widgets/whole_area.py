"""What a dialog holds, whole where the screen has room for it, else scrolled."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget

AROUND = QSize(16, 48)
"""What a window's frame and title take of a screen, in pixels."""
LEAST = QSize(240, 96)


class WholeArea(QScrollArea):
    """Wants to show all of a widget; where it cannot, it scrolls both ways."""

    def __init__(self, widget: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = widget
        self.setWidget(widget)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """Return the size of what is in it."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return room enough to scroll in."""
        return self._inside.minimumSizeHint().boundedTo(LEAST)


def room_on_screen(window: QWidget) -> QSize:
    """Return what a window's screen has room for, frame and title aside."""
    return window.screen().availableSize() - AROUND


def fit_on_screen(dialog: QWidget, wished: QSize | None = None) -> None:
    """Make a dialog as large as it wishes to be, or as its screen allows."""
    room = room_on_screen(dialog)
    wished = wished or dialog.sizeHint()
    if wished.height() > room.height():
        bar = dialog.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, dialog)
        wished += QSize(bar, 0)
    dialog.resize(wished.boundedTo(room))
