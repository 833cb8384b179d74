"""Live curves of a training: on the photos it learns from, and on photos it has never seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from tinyclf_gui import theme as themes
from tinyclf_gui.theme import Theme
from tinyclf_gui.widgets.chart_points import ChartPoint, Curve, merged_curve, nice_top
from tinyclf_gui.widgets.grade_words import number, percent

Measure: TypeAlias = Literal["right", "loss"]

SMALL_PIXELS = 12
LABEL_PIXELS = 18
"""Names of curves stand at least this far apart."""
GRID_LINES = 4
NAME_GAP = 12
"""From a curve's end to its name."""


@dataclass(frozen=True)
class _Line:
    """One curve with its look."""

    name: str
    curve: Curve
    ink: QColor
    pen: QPen


@dataclass(frozen=True)
class _Scale:
    """Where a point of a curve lies in the widget."""

    plot: QRectF
    bottom: float
    top: float
    first: float
    last: float

    def point_at(self, x: float, y: float) -> QPointF:
        """Return where (epoch, value) is painted."""
        return QPointF(
            self.plot.left() + self.plot.width() * (x - self.first) / (self.last - self.first),
            self.plot.bottom() - self.plot.height() * self._share_of(y),
        )

    def _share_of(self, y: float) -> float:
        return (min(y, self.top) - self.bottom) / (self.top - self.bottom)


class LossChart(QWidget):
    """Two curves over the rounds of training, each named where it ends.

    While the pointer is over the chart, the figures at that round are told.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lossChart")
        self.setAccessibleName(self.tr("How training goes"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self._points: list[ChartPoint] = []
        self._epochs = 0
        self._folds = 1
        self._measure: Measure = "right"
        self._pointer: float | None = None
        self._tell()

    def begin(self, epochs: int, folds: int = 1) -> None:
        """Start empty for a training of so many rounds over the photos, in each fold."""
        self._points = []
        self._epochs = epochs
        self._folds = folds
        self._tell()

    def clear(self) -> None:
        """Show no curves."""
        self.begin(0)

    def add(self, point: ChartPoint) -> None:
        """Add a point, unless it only repeats figures, as reports do between two measurements."""
        if self._points and point.figures == self._points[-1].figures:
            return
        self._points.append(point)
        self._tell()

    def set_measure(self, measure: Measure) -> None:
        """Show the share right, or the loss that training lowers."""
        self._measure = measure
        self._tell()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(480, 240)

    def minimumSizeHint(self) -> QSize:
        """Return the size at which curves can still be told apart."""
        return QSize(200, 120)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the figures under the pointer."""
        self._pointer = event.position().x()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell the newest figures again."""
        self._pointer = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes and curves, or a sentence while there are none."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as time runs on every chart
        painter.setFont(themes.sized(self.font(), SMALL_PIXELS))
        theme = themes.current()
        lines = self._lines(theme)
        if any(line.curve for line in lines):
            self._paint_chart(painter, theme, lines)
        else:
            painter.setPen(theme.muted)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(16, 0, -16, 0), flags, self._empty_words())
        painter.end()

    def _lines(self, theme: Theme) -> list[_Line]:
        ink = themes.legible(theme.accent, theme.panel, theme.text)
        dashed = QPen(theme.muted, 1.5, Qt.PenStyle.CustomDashLine)
        dashed.setDashPattern([3, 3])
        known, unseen = self._values()
        return [
            _Line(self.tr("trained on"), self._curve(known), theme.muted, dashed),
            _Line(self.tr("never seen"), self._curve(unseen), ink, QPen(theme.accent, 2)),
        ]

    def _curve(self, value: Callable[[ChartPoint], float | None]) -> Curve:
        return merged_curve(self._points, value)

    def _values(self) -> tuple[Callable[[ChartPoint], float | None], ...]:
        if self._measure == "right":
            return (lambda p: p.accuracy), (lambda p: p.held_out_accuracy)
        return (lambda p: p.loss), (lambda p: p.held_out_loss)

    def _paint_chart(self, painter: QPainter, theme: Theme, lines: list[_Line]) -> None:
        lines = [line for line in lines if line.curve]
        top = self._top(lines)
        last = max(self._epochs, *(line.curve[-1][0] for line in lines), 1)
        first = min(line.curve[0][0] for line in lines)
        plot, bottom = self._plot(painter, lines, top), self._bottom(lines)
        scale = _Scale(plot, bottom, top, first if first < last else 0.0, last)
        self._paint_axes(painter, theme, scale)
        at = self._looked_at(scale)
        if at is not None:
            painter.setPen(QPen(theme.muted, 1))
            painter.drawLine(scale.point_at(at, bottom), scale.point_at(at, top))
        told = [(line, _at(line.curve, at)) for line in lines]
        for line, point in told:
            _paint_curve(painter, line, QPolygonF([scale.point_at(x, y) for x, y in line.curve]))
            _paint_dot(painter, theme, line.ink, scale.point_at(*point))
        if self._is_narrow(painter, lines):
            self._paint_names_above(painter, told)
            return
        heights = _apart([scale.point_at(*point).y() for _, point in told], scale.plot)
        for (line, point), y in zip(told, heights, strict=True):
            end = QPointF(scale.point_at(*line.curve[-1]).x() + NAME_GAP, y)
            ground = theme.panel if end.x() < scale.plot.right() else None
            self._paint_name(painter, line, point[1], end, ground)

    def _top(self, lines: list[_Line]) -> float:
        if self._measure == "right":
            return 1.0
        return nice_top(max(y for line in lines for _, y in line.curve))

    def _bottom(self, lines: list[_Line]) -> float:
        """Return where the axis begins: as high as leaves every curve in sight, on fifths."""
        if self._measure != "right":
            return 0.0
        return min(4, int(5 * min(y for line in lines for _, y in line.curve))) / 5

    def _plot(self, painter: QPainter, lines: list[_Line], top: float) -> QRectF:
        metrics = painter.fontMetrics()
        axis = max(metrics.horizontalAdvance(self._tick(top * k / 4)) for k in range(5)) + 10
        names, above = self._names_width(painter, lines), 10
        if self._is_narrow(painter, lines):
            names, above = 8, 14 + self._rows_above(painter, lines) * LABEL_PIXELS
        return QRectF(self.rect()).adjusted(axis, above, -names, -metrics.height() - 12)

    def _names_width(self, painter: QPainter, lines: list[_Line]) -> int:
        widest = 1.0 if self._measure == "right" else 9.99
        width = painter.fontMetrics().horizontalAdvance
        return max(width(self._named(line, widest)) for line in lines) + 16

    def _is_narrow(self, painter: QPainter, lines: list[_Line]) -> bool:
        """Whether names beside the curves would leave them too little room."""
        return self.width() - 40 - self._names_width(painter, lines) < self.width() / 2

    def _rows_above(self, painter: QPainter, lines: list[_Line]) -> int:
        return 1 if len(lines) * self._names_width(painter, lines) <= self.width() else len(lines)

    def _paint_names_above(
        self, painter: QPainter, told: list[tuple[_Line, tuple[float, float]]]
    ) -> None:
        """Name the curves above them, side by side where that fits."""
        lines = [line for line, _ in told]
        beside = self._rows_above(painter, lines) == 1
        step = self._names_width(painter, lines)
        for place, (line, point) in enumerate(told):
            across, down = (place * step, 0) if beside else (0, place * LABEL_PIXELS)
            box = QRectF(across, down, self.width() - across, LABEL_PIXELS)
            painter.setPen(line.ink)
            words = self._named(line, point[1])
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_axes(self, painter: QPainter, theme: Theme, scale: _Scale) -> None:
        plot, bottom, top = scale.plot, scale.bottom, scale.top
        first, last = number(round(scale.first)), number(round(scale.last))
        few = plot.height() < GRID_LINES * LABEL_PIXELS * 1.5
        for step in range(GRID_LINES + 1):
            y = round(plot.bottom() - plot.height() * step / GRID_LINES) + 0.5
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            if step % 2 == 0 or not few:
                where = QRectF(0, y - 10, plot.left() - 8, 20)
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.setPen(theme.muted)
                painter.drawText(
                    where, right, self._tick(bottom + (top - bottom) * step / GRID_LINES)
                )
        below = QRectF(plot.left(), plot.bottom() + 6, plot.width(), painter.fontMetrics().height())
        words = self._axis_words()
        ends = painter.fontMetrics().horizontalAdvance(f"{first}{last}") + 24
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, first)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, last)
        if painter.fontMetrics().horizontalAdvance(words) + ends < plot.width():
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, words)

    def _paint_name(
        self, painter: QPainter, line: _Line, value: float, where: QPointF, ground: QColor | None
    ) -> None:
        width = painter.fontMetrics().horizontalAdvance
        texts = (self._named(line, value), self._figure(value))
        text = next((text for text in texts if width(text) <= self.width() - where.x()), "")
        half = LABEL_PIXELS / 2
        box = QRectF(where.x(), where.y() - half, width(text) + 2, LABEL_PIXELS)
        if ground is not None and text:  # or a grid line would strike the name through
            painter.fillRect(box, ground)
        painter.setPen(line.ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _looked_at(self, scale: _Scale) -> float | None:
        plot = scale.plot
        if self._pointer is None or not plot.left() <= self._pointer <= plot.right():
            return None
        along = (self._pointer - plot.left()) / plot.width()
        return scale.first + along * (scale.last - scale.first)

    def _named(self, line: _Line, value: float) -> str:
        return f"{line.name} {self._figure(value)}"

    def _figure(self, value: float) -> str:
        if self._measure == "right":
            return percent(value)
        return self.locale().toString(value, "f", 2)

    def _tick(self, value: float) -> str:
        if self._measure == "right":
            return percent(value)
        return self.locale().toString(value, "g", 3)

    def _axis_words(self) -> str:
        if self._folds == 1 or not self._points or self._points[-1].fold == self._folds:
            return self.tr("rounds over the photos")
        words = self.tr("rounds over the photos, network {0} of {1}")
        return words.format(self._points[-1].fold, self._folds)

    def _empty_words(self) -> str:
        if self._epochs:
            return self.tr("The first round is running…")
        return self.tr("While it trains, you see here how often it is right.")

    def _tell(self) -> None:
        ends = [
            self._named(line, line.curve[-1][1])
            for line in self._lines(themes.current())
            if line.curve
        ]
        self.setAccessibleDescription(", ".join(ends) or self._empty_words())
        self.update()


def _at(curve: Curve, epoch: float | None) -> tuple[float, float]:
    """Return the curve's point nearest to an epoch, else its last."""
    return curve[-1] if epoch is None else min(curve, key=lambda point: abs(point[0] - epoch))


def _paint_curve(painter: QPainter, line: _Line, points: QPolygonF) -> None:
    pen = QPen(line.pen)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(points)


def _paint_dot(painter: QPainter, theme: Theme, ink: QColor, where: QPointF) -> None:
    painter.setPen(QPen(theme.panel, 2))
    painter.setBrush(ink)
    painter.drawEllipse(where, 4.5, 4.5)


def _apart(heights: list[float], plot: QRectF) -> list[float]:
    """Return the heights of two names, moved apart where they would touch, within the plot."""
    if len(heights) == 2:
        upper, lower = sorted(heights)
        lack = LABEL_PIXELS - (lower - upper)
        if lack > 0:
            upper, lower = upper - lack / 2, lower + lack / 2
        shift = max(0.0, plot.top() - upper) - max(0.0, lower - plot.bottom())
        upper, lower = upper + shift, lower + shift
        heights = [upper, lower] if heights[0] <= heights[1] else [lower, upper]
    return heights
