"""The mark of a pinned photo: an example of its grade."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

SIDE = ((0.7, 0.14), (0.62, 0.22), (0.62, 0.44), (0.8, 0.6))
"""Corners of the right side of a drawing pin's head, from above, in shares of the side."""


def paint_pin(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """Paint a drawing pin into a square."""
    side = area.width()

    def at(x: float, y: float) -> QPointF:
        return QPointF(area.x() + x * side, area.y() + y * side)

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, max(1.2, side * 0.08))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(colour)
    corners = [at(x, y) for x, y in SIDE] + [at(1 - x, y) for x, y in reversed(SIDE)]
    painter.drawPolygon(QPolygonF(corners))
    painter.drawLine(at(0.5, 0.6), at(0.5, 0.92))
    painter.restore()
