"""What was measured as bars, each in the outline of what this machine can do at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """

    name: str
    value: float
    limit: float | None
    figures: str

    @property
    def end(self) -> float:
        """How far it reaches."""
        return max(self.value, self.limit or 0.0)


@dataclass(frozen=True)
class _Block:
    """The bars of a case.

    Attributes:
        title: What the case is.
        bars: One or two.
    """

    title: str
    bars: Sequence[_Bar]

    @property
    def told(self) -> str:
        """All of it in words."""
        return ", ".join([self.title, *(f"{bar.name} {bar.figures}" for bar in self.bars)])


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
        self._blocks: Sequence[_Block] = ()
        self._left_out = 0
        self._scales: Mapping[str, float] = {}

    def set_rows(self, rows: Sequence[CaseRow]) -> None:
        """Draw these cases: those that have something to be held against."""
        blocks = [_Block(row.title, self._bars_of(row)) for row in rows if row.has_rates]
        self.setAccessibleDescription("; ".join(block.told for block in blocks))
        self.setVisible(bool(blocks))
        self._blocks = blocks[:MOST_CASES]
        self._left_out = len(blocks) - len(self._blocks)
        self._scales = _scales(self._bars)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all bars."""
        lines = len(self._blocks) + len(self._bars) + bool(self._left_out)
        return QSize(420, lines * LINE + max(0, len(self._blocks) - 1) * GAP)

    def minimumSizeHint(self) -> QSize:
        """Return the width at which bars can still be told apart."""
        return QSize(220, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as on every chart
        painter.setFont(themes.sized(self.font(), SMALL_PIXELS))
        theme, top = themes.current(), 0.0
        names, figures = self._column_widths(painter)
        for block in self._blocks:
            line = QRectF(0, top, self.width(), LINE)
            title = painter.fontMetrics().elidedText(
                block.title, Qt.TextElideMode.ElideRight, self.width()
            )
            painter.setPen(theme.text)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
            for bar in block.bars:
                line.translate(0, LINE)
                self._paint_bar(painter, theme, line, bar, names, figures)
            top = line.bottom() + GAP
        if self._left_out:
            painter.setPen(theme.muted)
            words = self.tr("… and {n} more in the table").format(n=self._left_out)
            line = QRectF(0, top - GAP, self.width(), LINE)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    @property
    def _bars(self) -> list[_Bar]:
        return [bar for block in self._blocks for bar in block.bars]

    def _bars_of(self, row: CaseRow) -> list[_Bar]:
        kinds = (
            (self.tr("reads"), self.tr("GB/s"), row.reading),
            (self.tr("computes"), self.tr("GFLOP/s"), row.products),
        )
        return [
            _Bar(name, rate.speed, rate.limit, self._figures(rate.speed, rate, unit))
            for name, unit, rate in kinds
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
        pixels = room.width() / self._scales[bar.name]
        track = QRectF(room.left(), room.center().y() - BAR / 2, 0, BAR)
        if bar.limit is not None:
            outline = QRectF(track)
            outline.setWidth(max(2.0, bar.limit * pixels))
            painter.setPen(QPen(theme.edge, 1))
            painter.setBrush(theme.raised)
            painter.drawRect(outline.adjusted(0.5, 0.5, -0.5, -0.5))
        filled = QRectF(track)
        filled.setWidth(max(2.0, bar.value * pixels))
        painter.fillRect(filled, self._ink(bar, theme))
        if bar.limit is not None:
            end = track.left() + bar.limit * pixels
            painter.fillRect(QRectF(end - 2, track.top() - 3, 2, BAR + 6), theme.text)

    def _ink(self, bar: _Bar, theme: Theme) -> QColor:
        if bar.name == self.tr("reads"):
            return theme.accent
        return themes.mixed(theme.accent, theme.muted, 0.6)

    def _column_widths(self, painter: QPainter) -> tuple[float, float]:
        width, bars = painter.fontMetrics().horizontalAdvance, self._bars
        names = max((width(bar.name) for bar in bars), default=0) + 12
        return names, max((width(bar.figures) for bar in bars), default=0) + 2


def _scales(bars: Sequence[_Bar]) -> dict[str, float]:
    """Return what a full width stands for, of the bars of each name."""
    scales: dict[str, float] = {}
    for bar in bars:
        scales[bar.name] = max(scales.get(bar.name, 0.0), bar.end)
    return {name: scale or 1.0 for name, scale in scales.items()}
