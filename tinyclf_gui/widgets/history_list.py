"""Past reports, the newest first; two of them can be ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from tinyclf.benchmark.history import Kept
from tinyclf.benchmark.labels import label
from tinyclf.benchmark.report import Report
from tinyclf_gui.widgets.benchmark_results import short_time

MOST_TICKS = 2


class HistoryList(QListWidget):
    """A row for each report; Space ticks it. Of three ticks the oldest goes.

    Signals:
        reportChosen(object): This ``Report`` is the chosen one now.
        ticksChanged(): Others are ticked now.
    """

    reportChosen = Signal(object)
    ticksChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("benchmarkHistory")
        self.setAccessibleName(self.tr("Past reports"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._kept: Sequence[Kept] = ()
        self._ticked: list[Kept] = []
        self.itemChanged.connect(self._tick)
        self.currentRowChanged.connect(self._choose)

    @property
    def current(self) -> Report | None:
        """The report of the chosen row."""
        row = self.currentRow()
        return self._kept[row].report if 0 <= row < len(self._kept) else None

    @property
    def pair(self) -> tuple[Kept, Kept] | None:
        """The two that are ticked, the older one first; None unless there are two."""
        if len(self._ticked) != MOST_TICKS:
            return None
        older, newer = sorted(self._ticked, key=lambda kept: kept.report.started)
        return older, newer

    def set_reports(self, kept: Sequence[Kept], *, newest: bool = False) -> None:
        """Show these; what was ticked stays so, and chosen, unless the newest is wanted."""
        chosen = self.current
        self._kept = tuple(kept)
        self._ticked = [one for one in self._ticked if one in self._kept]
        with QSignalBlocker(self):
            self.clear()
            for one in kept:
                self.addItem(self._item(one))
            reports = [one.report for one in kept]
            if reports:
                self.setCurrentRow(reports.index(chosen) if chosen in reports and not newest else 0)
        self.ticksChanged.emit()
        self._choose(self.currentRow())

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(320, 240)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few rows."""
        return QSize(160, 96)

    def _item(self, kept: Kept) -> QListWidgetItem:
        text = f"{short_time(kept.report)}\n{self._what(kept.report)}"
        item = QListWidgetItem(text)
        item.setToolTip(text)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        ticked = kept in self._ticked
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        return item

    def _what(self, report: Report) -> str:
        cases = [one.case for one in report.measurements]
        if len(cases) == 1:
            return label(cases[0])
        names = [name for name in dict.fromkeys(case.name for case in cases) if name]
        count = self.tr("{n} cases").format(n=len(cases))
        return f"{count}: {', '.join(names)}" if names else count

    @Slot(QListWidgetItem)
    def _tick(self, item: QListWidgetItem) -> None:
        kept = self._kept[self.row(item)]
        if item.checkState() == Qt.CheckState.Checked:
            self._ticked.append(kept)
        elif kept in self._ticked:
            self._ticked.remove(kept)
        while len(self._ticked) > MOST_TICKS:
            gone = self._ticked.pop(0)
            with QSignalBlocker(self):
                self.item(self._kept.index(gone)).setCheckState(Qt.CheckState.Unchecked)
        self.ticksChanged.emit()

    @Slot(int)
    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._kept):
            self.reportChosen.emit(self._kept[row].report)
