"""The mark of a bad photo: a triangle with an exclamation mark, in any theme on any photo."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from tinyclf_gui.theme import Theme


def paint_fault(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """Paint it into an area; the photo under it may be of any colour, so it has its own ground."""
    side = area.width()

    def at(x: float, y: float) -> QPointF:
        return QPointF(area.x() + x * side, area.y() + y * side)

    painter.setBrush(theme.panel)
    painter.setPen(
        QPen(
            theme.text,
            max(1.2, side * 0.08),
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    painter.drawPolygon(QPolygonF([at(0.5, 0.08), at(0.95, 0.9), at(0.05, 0.9)]))
    painter.drawLine(at(0.5, 0.38), at(0.5, 0.6))
    painter.drawPoint(at(0.5, 0.76))
