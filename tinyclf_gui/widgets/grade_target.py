"""A button that stands for a grade: clicked, or photos are dropped onto it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QEnterEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QWidget

from tinyclf.domain import Grade
from tinyclf_gui.models.photo_mime import MIME, photo_ids_of
from tinyclf_gui.theme import RADIUS, Theme
from tinyclf_gui.widgets.button import Button


class GradeTarget(Button):
    """Lights up while photos hang over it; painted by those who inherit it.

    Signals:
        photosDropped(object, object): Photo ids (a list) and this button's ``Grade``.
    """

    photosDropped = Signal(object, object)

    def __init__(self, grade: Grade, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grade = grade
        self.awaits_drop = False
        self.setAcceptDrops(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take photos, refuse all else."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self._await_drop(True)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        self._await_drop(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which photos were dropped."""
        self._await_drop(False)
        photo_ids = photo_ids_of(event.mimeData())
        event.acceptProposedAction()
        if photo_ids:
            self.photosDropped.emit(photo_ids, self.grade)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Paint the look under the pointer."""
        super().enterEvent(event)
        self.update()

    def _await_drop(self, awaits: bool) -> None:
        self.awaits_drop = awaits
        self.update()


def paint_focus(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    radius: float = RADIUS,
    ink: QColor | None = None,
) -> None:
    """Paint the frame of the widget that has the keyboard, just inside ``rect``.

    It has the accent, or another ink where that would not stand out.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink or theme.accent, 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
