"""Paints the mark of a verdict: told apart by shape and digit, not by colour alone."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tinyclf.domain import NO_VERDICT, Mark, verdict_code
from tinyclf_gui import theme as themes
from tinyclf_gui.theme import Theme

MARK_PIXELS = 20
"""The usual side of a mark."""


class MarkKind(Enum):
    """How a mark looks, and by that what it says."""

    SOLID = "solid"
    """A person's grade: a filled square with the digit."""
    OUTLINED = "outlined"
    """A proposed grade: an outlined square with the digit."""
    EMPTY = "empty"
    """Not graded: a dashed square with a dot."""
    UNSURE = "unsure"
    """A person is unsure: a filled grey square with a question mark."""
    NOT_GRADABLE = "not gradable"
    """A person says it cannot be graded: a filled grey square with a cross."""


def mark_of(code: int, *, proposed: bool = False) -> MarkKind:
    """Return the mark for a verdict's code (see ``tinyclf.domain``), ``proposed`` or given."""
    if code > NO_VERDICT:
        return MarkKind.OUTLINED if proposed else MarkKind.SOLID
    if code == verdict_code(Mark.UNSURE):
        return MarkKind.UNSURE
    return MarkKind.NOT_GRADABLE if code == verdict_code(Mark.NOT_GRADABLE) else MarkKind.EMPTY


def paint_grade_mark(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    grade: int,
    kind: MarkKind = MarkKind.SOLID,
    ground: QColor | None = None,
) -> None:
    """Paint one mark into a square.

    Args:
        painter: Left as it was.
        rect: The square, in logical pixels; from 12 a side.
        theme: The colours.
        grade: 1 to 5; not looked at where the kind has no digit.
        kind: Which mark.
        ground: What lies behind, where it is not the theme's panel: an outlined digit is made
            legible on it.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if kind is MarkKind.SOLID:
        _square(painter, rect, fill=theme.grade(grade))
        _digit(painter, rect, str(int(grade)), theme.on_grade(grade))
    elif kind is MarkKind.OUTLINED:
        ink = themes.legible(theme.grade(grade), ground or theme.panel, theme.text)
        _square(painter, rect, outline=ink)
        _digit(painter, rect, str(int(grade)), ink)
    elif kind is MarkKind.EMPTY:
        _square(painter, rect, outline=theme.muted, dashed=True)
        _dot(painter, rect, theme.muted)
    else:
        _square(painter, rect, fill=theme.muted)
        sign = _question if kind is MarkKind.UNSURE else _cross
        sign(painter, rect, theme.window)
    painter.restore()


def paint_tick(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Paint the tick of an accepted proposal into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_stroke(rect, colour))
    painter.drawPolyline([_at(rect, 0.2, 0.54), _at(rect, 0.42, 0.74), _at(rect, 0.8, 0.28)])
    painter.restore()


def paint_pile(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Paint the sign of a proposal accepted with the rest into a square: a pile, not looked at."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_stroke(rect, colour))
    for height in (0.3, 0.52, 0.74):
        painter.drawLine(_at(rect, 0.2, height), _at(rect, 0.8, height))
    painter.restore()


class GradeMark(QWidget):
    """One mark as a widget, for rows of a form or a legend; it cannot be clicked."""

    def __init__(
        self, grade: int, kind: MarkKind = MarkKind.SOLID, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._grade = grade
        self._kind = kind
        self.setFixedSize(MARK_PIXELS, MARK_PIXELS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark over the whole widget."""
        painter = QPainter(self)
        paint_grade_mark(painter, QRectF(self.rect()), themes.current(), self._grade, self._kind)
        painter.end()


def _square(
    painter: QPainter,
    rect: QRectF,
    *,
    fill: QColor | None = None,
    outline: QColor | None = None,
    dashed: bool = False,
) -> None:
    width = max(1.0, rect.width() / (16 if dashed else 12)) if outline is not None else 0.0
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    painter.setPen(Qt.PenStyle.NoPen)
    if outline is not None:
        pen = QPen(outline, width)
        if dashed:
            pen.setDashPattern([2.0, 2.0])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
    radius = rect.width() * 0.2
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def _digit(painter: QPainter, rect: QRectF, digit: str, colour: QColor) -> None:
    font = QFont(painter.font())
    font.setPixelSize(max(8, round(rect.height() * 0.62)))
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, digit)


def _question(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    _digit(painter, rect, "?", colour)


def _cross(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.setPen(_stroke(rect, colour))
    painter.drawLine(_at(rect, 0.3, 0.3), _at(rect, 0.7, 0.7))
    painter.drawLine(_at(rect, 0.7, 0.3), _at(rect, 0.3, 0.7))


def _dot(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    radius = max(1.0, rect.width() * 0.07)
    painter.drawEllipse(rect.center(), radius, radius)


def _stroke(rect: QRectF, colour: QColor) -> QPen:
    pen = QPen(colour, max(1.5, rect.width() * 0.1))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _at(rect: QRectF, x: float, y: float) -> QPointF:
    return QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height())
