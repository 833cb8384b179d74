"""Where something painted stands if everything is read from right to left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt


def mirrored(rect: QRectF, within: QRectF, direction: Qt.LayoutDirection) -> QRectF:
    """Return a rectangle, as far from the right of what it is within as it was from the left."""
    if direction != Qt.LayoutDirection.RightToLeft:
        return rect
    left = within.left() + within.right() - rect.right()
    return QRectF(left, rect.y(), rect.width(), rect.height())
