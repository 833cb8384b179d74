"""One photo large for a moment: a look at an example or a look-alike, then back."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tinyclf.domain import PhotoId
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.photo_view import PhotoView
from tinyclf_gui.widgets.styled import label

LARGEST, AIR = QSize(640, 680), 24
"""How large it may be, and how far from the window's edges it stays."""
GLANCE_PIXELS = 1400
"""Enough for its size on a fine screen."""


class Glance(QFrame):
    """Stands before the window until a key or a click; the wheel zooms."""

    def __init__(self, loader: PhotoLoader, pool: ThumbnailPool, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("glance")
        self.setProperty("kind", "card")
        self._view = PhotoView(loader, long_side=GLANCE_PIXELS, pool=pool)
        self._view.setObjectName("glancePhoto")
        self._words = ElidedLabel("", "strong")
        self._back = label(self.tr("Any key goes back"), "muted")
        foot = QHBoxLayout()
        foot.addWidget(self._words, 1)
        foot.addWidget(self._back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self._view, 1)
        layout.addLayout(foot)

    def show_photo(self, photo_id: PhotoId, words: str, beside: QWidget) -> None:
        """Show a photo, beside a widget of the window.

        Args:
            photo_id: Which.
            words: What it is.
            beside: What asked for it stays in sight.
        """
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setGeometry(_geometry(beside))
        self._view.show_photo(photo_id)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back."""
        self.close()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go back, unless the picture was pulled."""
        self.close()


def _geometry(beside: QWidget) -> QRect:
    """Return where there is most room in the window, at the left or the right of a widget of it."""
    window = beside.window()
    whole = QRect(window.mapToGlobal(QPoint()), window.size()).adjusted(AIR, AIR, -AIR, -AIR)
    corner = beside.mapToGlobal(QPoint())
    left = QRect(whole.topLeft(), QPoint(corner.x() - AIR, whole.bottom()))
    right = QRect(QPoint(corner.x() + beside.width() + AIR, whole.top()), whole.bottomRight())
    room = max(left, right, key=QRect.width)
    size = LARGEST.boundedTo(room.size())
    x = room.right() - size.width() + 1 if room is left else room.left()
    return QRect(QPoint(x, room.center().y() - size.height() // 2), size)
