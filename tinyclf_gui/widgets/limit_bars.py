"""What was measured as bars, each in the outline of what this machine can do at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tinyclf.benchmark.standing import Rate
from tinyclf_gui import theme as themes
from tinyclf_gui.models.benchmark_rows import CaseRow
from tinyclf_gui.theme import Theme
from tinyclf_gui.widgets.benchmark_table import figure
from tinyclf_gui.widgets.grade_words import percent

SMALL_PIXELS = 12
LINE = 20
BAR = 10
GAP = 10
"""Between two cases."""
MOST_CASES = 24
"""Are drawn; the table has them all."""


@dataclass(frozen=True)
class _Bar:
    """One bar.

    Attributes:
        name: What is measured.
        value: How fast the case is.
        limit: How fast this machine is; None if that is not known.
        figures: Both in words.
        ink: The colour of the case's bar.
    """

    name: str
    value: float
    limit: float | None
    figures: str
    ink: QColor


class LimitBars(QWidget):
    """For each case how fast weights are read and matrices multiplied; as high as it has to be.

    The filled bar is the case; the outline, with a line at its end, is the machine. All bars of one
    kind have one scale.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("limitBars")
        self.setAccessibleName(self.tr("Beside what this machine can do at most"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rows: Sequence[CaseRow] = ()

    def set_rows(self, rows: Sequence[CaseRow]) -> None:
        """Draw these cases: those that have something to be held against."""
        self._rows = tuple(row for row in rows if row.has_rates)
        self.setAccessibleDescription("; ".join(self._told(row) for row in self._rows))
        self.setVisible(bool(self._rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all bars."""
        drawn = self._drawn
        bars = sum(1 + len(self._bars(row)) for row in drawn)
        left_out = len(self._rows) > len(drawn)
        return QSize(420, (bars + left_out) * LINE + max(0, len(drawn) - 1) * GAP)

    def minimumSizeHint(self) -> QSize:
        """Return the width at which bars can still be told apart."""
        return QSize(220, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(themes.sized(self.font(), SMALL_PIXELS))
        theme, top = themes.current(), 0.0
        names, figures = self._column_widths(painter)
        for row in self._drawn:
            line = QRectF(0, top, self.width(), LINE)
            title = painter.fontMetrics().elidedText(
                row.title, Qt.TextElideMode.ElideRight, self.width()
            )
            painter.setPen(theme.text)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
            for bar in self._bars(row):
                line.translate(0, LINE)
                self._paint_bar(painter, theme, line, bar, names, figures)
            top = line.bottom() + GAP
        left_out = len(self._rows) - len(self._drawn)
        if left_out:
            painter.setPen(theme.muted)
            words = self.tr("… and {n} more in the table").format(n=left_out)
            place = QRectF(0, top - GAP, self.width(), LINE)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    @property
    def _drawn(self) -> Sequence[CaseRow]:
        return self._rows[:MOST_CASES]

    def _bars(self, row: CaseRow) -> list[_Bar]:
        theme = themes.current()
        products = themes.mixed(theme.accent, theme.muted, 0.6)
        kinds = (
            (self.tr("reads"), self.tr("GB/s"), row.reading, theme.accent),
            (self.tr("computes"), self.tr("GFLOP/s"), row.products, products),
        )
        return [
            _Bar(name, rate.speed, rate.limit, self._figures(rate.speed, rate, unit), ink)
            for name, unit, rate, ink in kinds
            if rate.speed is not None
        ]

    def _figures(self, speed: float, rate: Rate, unit: str) -> str:
        if rate.limit is None:
            return self.tr("{0} {1}").format(figure(speed), unit)
        words = self.tr("{0} of {1} {2}").format(figure(speed), figure(rate.limit), unit)
        if rate.share is None:
            return words
        return self.tr("{0} · {1}").format(words, percent(rate.share))

    def _paint_bar(
        self,
        painter: QPainter,
        theme: Theme,
        line: QRectF,
        bar: _Bar,
        names: float,
        figures: float,
    ) -> None:
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.muted)
        painter.drawText(line, left, bar.name)
        painter.setPen(theme.text)
        painter.drawText(line.adjusted(line.width() - figures, 0, 0, 0), left, bar.figures)
        room = line.adjusted(names, 0, -figures - 12, 0)
        if room.width() < 2 * BAR:
            return
        pixels = room.width() / self._scale(bar.name)
        place = QRectF(room.left(), room.center().y() - BAR / 2, 0, BAR)
        if bar.limit is not None:
            outline = QRectF(place)
            outline.setWidth(max(2.0, bar.limit * pixels))
            painter.setPen(QPen(theme.edge, 1))
            painter.setBrush(theme.raised)
            painter.drawRect(outline.adjusted(0.5, 0.5, -0.5, -0.5))
        filled = QRectF(place)
        filled.setWidth(max(2.0, bar.value * pixels))
        painter.fillRect(filled, bar.ink)
        if bar.limit is not None:
            end = place.left() + bar.limit * pixels
            painter.fillRect(QRectF(end - 2, place.top() - 3, 2, BAR + 6), theme.text)

    def _scale(self, name: str) -> float:
        """Return what a full width stands for, of bars of this name."""
        bars = [bar for bar in self._all_bars() if bar.name == name]
        return max(max(bar.value, bar.limit or 0.0) for bar in bars) or 1.0

    def _all_bars(self) -> Iterator[_Bar]:
        for row in self._drawn:
            yield from self._bars(row)

    def _column_widths(self, painter: QPainter) -> tuple[float, float]:
        width, bars = painter.fontMetrics().horizontalAdvance, list(self._all_bars())
        names = max((width(bar.name) for bar in bars), default=0) + 12
        return names, max((width(bar.figures) for bar in bars), default=0) + 2

    def _told(self, row: CaseRow) -> str:
        return ", ".join([row.title, *(f"{bar.name} {bar.figures}" for bar in self._bars(row))])
