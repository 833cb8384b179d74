"""How a photo is painted: from which of its sizes, under which mist, and why there is none."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from tinyclf_gui import theme as themes
from tinyclf_gui.jobs.photo_loader import Levels

GLASS = 0.86
"""Opacity of the ground of words over a photo."""
MOST_COVERED = 0.3
"""So much of a small view words may cover; else they are shortened."""


def paint_words(painter: QPainter, area: QRect, words: str, *, over_photo: bool) -> None:
    """Paint why there is no picture: in the middle, or at the foot of the thumbnail left of it."""
    theme, inner = themes.current(), area.adjusted(24, 16, -24, -24)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere
    if over_photo:
        needed = painter.boundingRect(inner, flags, words)
        if needed.height() > MOST_COVERED * area.height():
            inner, words = area.adjusted(16, 8, -16, -12), _in_short(words, painter, area.width())
            needed = painter.boundingRect(inner, flags, words)
        needed.moveBottom(inner.bottom())
        ground = QColor(theme.panel)
        ground.setAlphaF(GLASS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(needed.adjusted(-12, -6, 12, 6), themes.RADIUS, themes.RADIUS)
        inner = needed
    painter.setPen(theme.text if over_photo else theme.muted)
    painter.drawText(inner, flags, words)


def _in_short(words: str, painter: QPainter, width: int) -> str:
    """Return the reason alone, without the path before it and the cure behind it, in one line."""
    reason = words.splitlines()[-1].partition(":")[0]
    return painter.fontMetrics().elidedText(reason, Qt.TextElideMode.ElideRight, width - 56)


def tinted(opacities: QImage, colour: QColor) -> QImage:
    """Return a surface of one colour, as opaque as an image says."""
    surface = QImage(opacities.size(), QImage.Format.Format_ARGB32_Premultiplied)
    surface.fill(colour)
    painter = QPainter(surface)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, opacities)
    painter.end()
    return surface


def level_for(levels: Levels, scale: float) -> QImage:
    """Return the smallest level that need not be enlarged (above half its size none is better)."""
    for number in reversed(range(len(levels))):
        if scale * 2**number <= 1.0:
            return levels[number]
    return levels[0]
