"""How many photos of each grade can be learnt from already, and how many it takes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tinyclf.domain import GRADES, Grade
from tinyclf_gui import theme as themes
from tinyclf_gui.theme import Theme
from tinyclf_gui.widgets.grade_mark import MARK_PIXELS, paint_grade_mark
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.mirrored import mirrored

METER_PIXELS = 6
GAP = 8
"""Pixels between columns: those of the grade buttons."""
NEAR = 4
"""Pixels between a mark and its count."""
BELOW = 6
"""Pixels between them and their meter."""
COUNT_PIXELS = 12
MOST_DIGITS = "999"
"""What is more is told in thousands: it would need more room than a column has."""


class StarterMeters(QWidget):
    """A column for each grade, below the grade buttons: mark, count, meter.

    Args:
        goal: How many of each grade make a good start.
    """

    def __init__(self, goal: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("starterMeters")
        self.setAccessibleName(self.tr("Starter set"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._goal = goal
        self._counts: dict[Grade, int] = dict.fromkeys(GRADES, 0)
        self._tell()

    @property
    def missing(self) -> dict[Grade, int]:
        """How many photos of each grade are missing; only grades that miss some."""
        gaps = {grade: self._goal - count for grade, count in self._counts.items()}
        return {grade: gap for grade, gap in gaps.items() if gap > 0}

    def set_counts(self, counts: Mapping[Grade, int]) -> None:
        """Show how many grades of each can be learnt from; a missing grade is 0."""
        self._counts = {grade: counts.get(grade, 0) for grade in GRADES}
        self._tell()

    def set_goal(self, goal: int) -> None:
        """Show another goal, at least 1."""
        self._goal = goal
        self._tell()

    def sizeHint(self) -> QSize:
        """Return room for a line of marks, and the meters below."""
        return QSize(220, MARK_PIXELS + BELOW + METER_PIXELS)

    def minimumSizeHint(self) -> QSize:
        """Return room for marks and counts."""
        columns = len(GRADES)
        width = columns * (MARK_PIXELS + NEAR + self._text_width()) + (columns - 1) * GAP
        return QSize(width, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the columns."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, whole = themes.current(), QRectF(self.rect())
        width = (self.width() - (len(GRADES) - 1) * GAP) / len(GRADES)
        for place, grade in enumerate(GRADES):
            column = QRectF(place * (width + GAP), 0, width, self.height())
            self._paint_column(
                painter, theme, mirrored(column, whole, self.layoutDirection()), grade
            )
        painter.end()

    def _paint_column(self, painter: QPainter, theme: Theme, column: QRectF, grade: Grade) -> None:
        direction = self.layoutDirection()
        mark = QRectF(column.left(), column.top(), MARK_PIXELS, MARK_PIXELS)
        paint_grade_mark(painter, mirrored(mark, column, direction), theme, grade)
        count = QRectF(mark.right() + NEAR, mark.top(), 0, MARK_PIXELS)
        count.setRight(column.right())
        painter.setFont(self._count_font())
        painter.setPen(theme.text if self._counts[grade] >= self._goal else theme.muted)
        near = Qt.AlignmentFlag.AlignLeft
        if direction == Qt.LayoutDirection.RightToLeft:
            near = Qt.AlignmentFlag.AlignRight
        near |= Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(mirrored(count, column, direction), near, self._text(grade))
        meter = QRectF(column.left(), mark.bottom() + BELOW, column.width(), METER_PIXELS)
        share = self._counts[grade] / self._goal
        paint_meter(painter, meter, theme, grade, share, direction)

    def _text(self, grade: Grade) -> str:
        count = self._counts[grade]
        if count <= int(MOST_DIGITS):
            return number(count)
        return self.tr("{0}k").format(count // 1000)

    def _text_width(self) -> int:
        return QFontMetrics(self._count_font()).horizontalAdvance(MOST_DIGITS)

    def _count_font(self) -> QFont:
        return themes.sized(self.font(), COUNT_PIXELS)

    def _tell(self) -> None:
        goal = number(self._goal)
        told = (
            self.tr("grade {0}: {1} / {2}").format(int(grade), number(self._counts[grade]), goal)
            for grade in reversed(GRADES)
        )
        self.setAccessibleDescription(", ".join(told))
        self.updateGeometry()
        self.update()


def paint_meter(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    grade: Grade | None,
    share: float,
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
) -> None:
    """Paint a meter filled to ``share``, 0 to 1, in a grade's colour or the accent."""
    radius = rect.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.line)
    painter.drawRoundedRect(rect, radius, radius)
    filled = QRectF(rect)
    filled.setWidth(rect.width() * min(1.0, max(0.0, share)))
    if filled.width() > 0:
        filled.setWidth(max(filled.width(), rect.height()))
        painter.setBrush(theme.accent if grade is None else theme.grade(grade))
        painter.drawRoundedRect(mirrored(filled, rect, direction), radius, radius)
