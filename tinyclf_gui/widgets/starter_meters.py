"""How many photos of each grade can be learnt from already, and how many it takes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tinyclf.domain import GRADES, Grade
from tinyclf_gui import theme as themes
from tinyclf_gui.theme import Theme
from tinyclf_gui.widgets.grade_mark import MARK_PIXELS, paint_grade_mark
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.mirrored import mirrored

ROW_PIXELS = 28
METER_PIXELS = 6
GAP = 8


class StarterMeters(QWidget):
    """One row for each grade, the best above: mark, meter, "14 / 20".

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
        """Return room for five rows."""
        return QSize(220, len(GRADES) * ROW_PIXELS)

    def minimumSizeHint(self) -> QSize:
        """Return room for marks, numbers and a short meter."""
        return QSize(MARK_PIXELS + 32 + self._text_width() + 2 * GAP, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = themes.current()
        for row, grade in enumerate(reversed(GRADES)):
            self._paint_row(
                painter, theme, QRectF(0, row * ROW_PIXELS, self.width(), ROW_PIXELS), grade
            )
        painter.end()

    def _paint_row(self, painter: QPainter, theme: Theme, row: QRectF, grade: Grade) -> None:
        mark = QRectF(0, 0, MARK_PIXELS, MARK_PIXELS)
        mark.moveCenter(row.center())
        mark.moveLeft(row.left())
        direction = self.layoutDirection()
        paint_grade_mark(painter, mirrored(mark, row, direction), theme, grade)
        number_width = self._text_width()
        meter = QRectF(mark.right() + GAP, 0, 0, METER_PIXELS)
        meter.setRight(row.right() - number_width - GAP)
        meter.moveTop(row.center().y() - METER_PIXELS / 2)
        share = self._counts[grade] / self._goal
        paint_meter(painter, mirrored(meter, row, direction), theme, grade, share, direction)
        painter.setPen(theme.text if self._counts[grade] >= self._goal else theme.muted)
        where = QRectF(row.right() - number_width, row.top(), number_width, row.height())
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # "15 / 18", not "18 / 15"
        is_left = direction == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignLeft if is_left else Qt.AlignmentFlag.AlignRight
        far = side | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(mirrored(where, row, direction), far, self._text(grade))

    def _text(self, grade: Grade) -> str:
        return self.tr("{0} / {1}").format(number(self._counts[grade]), number(self._goal))

    def _text_width(self) -> int:
        metrics = self.fontMetrics()
        return max(metrics.horizontalAdvance(self._text(grade)) for grade in GRADES) + 1

    def _tell(self) -> None:
        rows = (self.tr("grade {0}: {1}").format(int(g), self._text(g)) for g in reversed(GRADES))
        self.setAccessibleDescription(", ".join(rows))
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
