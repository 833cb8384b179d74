"""A slim progress meter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from tinyclf_gui import theme as themes
from tinyclf_gui.widgets.starter_meters import METER_PIXELS, paint_meter

ROAMING_SHARE = 0.25
"""How long the piece is that stands for work without a known end."""


class Meter(QProgressBar):
    """Done out of total; while the total is not known a piece moves along with each report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._steps = 0

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is; a total of 0 is not known."""
        self._steps = 0 if total > 0 else self._steps + 1
        self.setRange(0, max(total, 0))
        self.setValue(min(done, total) if total > 0 else 0)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the usual length."""
        return QSize(200, METER_PIXELS)

    def minimumSizeHint(self) -> QSize:
        """Return a short length."""
        return QSize(40, METER_PIXELS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the meter."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        theme = themes.current()
        if self.maximum() > 0:
            share = self.value() / self.maximum()
            paint_meter(painter, whole, theme, None, share, self.layoutDirection())
        else:
            paint_meter(painter, whole, theme, None, 0.0)
            paint_meter(painter, self._roaming_piece(whole), theme, None, 1.0)
        painter.end()

    def _roaming_piece(self, whole: QRectF) -> QRectF:
        length = whole.width() * ROAMING_SHARE
        there_and_back = (self._steps % 120) / 60
        start = there_and_back if there_and_back <= 1 else 2 - there_and_back
        return QRectF(start * (whole.width() - length), whole.y(), length, whole.height())
