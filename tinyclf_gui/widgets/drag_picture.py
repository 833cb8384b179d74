"""What hangs at the pointer while photos are dragged: a small stack and how many there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap

from tinyclf_gui import theme as themes
from tinyclf_gui.theme import RADIUS

SHOWN = 3
"""Photos that the stack shows; the others are in the number."""
_SIDE = 72
_SHIFT = 6
_BADGE = 20


def drag_picture(
    pixmaps: Sequence[QPixmap | None], count: int, font: QFont, scale: float
) -> QPixmap:
    """Return the picture of a drag; GUI thread only.

    Args:
        pixmaps: Thumbnails of the first photos, ``None`` where there is none.
        count: How many photos are dragged.
        font: For the number.
        scale: Device pixels a logical pixel.
    """
    side = _SIDE + _SHIFT * (SHOWN - 1) + _BADGE // 2
    picture = QPixmap(QSize(side, side) * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    for depth in reversed(range(len(pixmaps))):
        corner = QPointF(_SHIFT * depth, _BADGE // 2 + _SHIFT * depth)
        _paint_card(painter, QRectF(corner.x(), corner.y(), _SIDE, _SIDE), pixmaps[depth])
    if count > 1:
        _paint_badge(painter, QPointF(_SIDE - 4, _BADGE // 2 + 4), str(count), font)
    painter.end()
    return picture


def _paint_card(painter: QPainter, area: QRectF, pixmap: QPixmap | None) -> None:
    theme = themes.current()
    painter.setPen(QPen(theme.accent, 1))
    painter.setBrush(theme.panel)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    if pixmap is not None:
        inside = area.adjusted(5, 5, -5, -5)
        size = pixmap.deviceIndependentSize().scaled(
            inside.size(), Qt.AspectRatioMode.KeepAspectRatio
        )
        target = QRectF(QPointF(), size)
        target.moveCenter(inside.center())
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))


def _paint_badge(painter: QPainter, centre: QPointF, number: str, font: QFont) -> None:
    theme = themes.current()
    font = themes.sized(font, 11, bold=True)
    width = max(float(_BADGE), QFontMetricsF(font).horizontalAdvance(number) + 10)
    area = QRectF(0, 0, width, _BADGE)
    area.moveCenter(centre)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent)
    painter.drawRoundedRect(area, _BADGE / 2, _BADGE / 2)
    painter.setFont(font)
    painter.setPen(theme.on_accent)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, number)
