"""What was measured before, to look at again, to repeat, to compare."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tinyclf.benchmark.history import History
from tinyclf.benchmark.kinds import Case
from tinyclf.benchmark.plan import Plan
from tinyclf.benchmark.report import Report
from tinyclf_gui.models.benchmark_bench import BenchmarkBench
from tinyclf_gui.widgets.history_list import HistoryList
from tinyclf_gui.widgets.styled import label, push_button


class BenchmarkHistory(QWidget):
    """The list of reports, and Compare for two of them.

    Signals:
        changed(): It can be run now, or no longer.
        reportChosen(object): Show this ``Report``.
        pairChosen(object, object): Compare these two ``Kept``, the older one first.
    """

    changed = Signal()
    reportChosen = Signal(object)
    pairChosen = Signal(object, object)

    def __init__(self, bench: BenchmarkBench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("benchmarkHistoryPart")
        self._unreadable = 0
        self._newest_wanted = False
        self._list = HistoryList()
        self._words = label("", "muted", wrap=True)
        self._words.setObjectName("benchmarkHistoryWords")
        self._compare = push_button(self.tr("Co&mpare"), "benchmarkCompareButton")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._list, 1)
        column.addWidget(self._words)
        column.addWidget(self._compare)
        self._compare.clicked.connect(self._compare_ticked)
        self._list.reportChosen.connect(self._choose)
        self._list.ticksChanged.connect(self._show_ticks)
        bench.measured.connect(self._want_newest)
        bench.historyRead.connect(self._show_history)
        self._show_ticks()

    @property
    def plan(self) -> Plan | None:
        """What the chosen report measured; None if none is chosen."""
        report = self._list.current
        if report is None:
            return None
        cases = [one.case for one in report.measurements if isinstance(one.case, Case)]
        return Plan(tuple(cases), report.rounds, report.budget) if cases else None

    @property
    def problem(self) -> str:
        """Why it cannot be run; empty if it can."""
        return "" if self.plan is not None else self.tr("There is no report to measure again.")

    def take_keyboard(self) -> None:
        """Give the keyboard to the list."""
        self._list.setFocus()

    def show_chosen(self) -> None:
        """Have the chosen report shown."""
        if self._list.current is not None:
            self.reportChosen.emit(self._list.current)

    @Slot()
    def _want_newest(self) -> None:
        self._newest_wanted = True

    @Slot(object)
    def _show_history(self, history: History) -> None:
        self._unreadable = len(history.problems)
        self._list.set_reports(history.reports, newest=self._newest_wanted)
        self._newest_wanted = False
        self._show_ticks()
        self.changed.emit()

    @Slot(object)
    def _choose(self, report: Report) -> None:
        self.reportChosen.emit(report)
        self.changed.emit()

    @Slot()
    def _show_ticks(self) -> None:
        self._compare.setEnabled(self._list.pair is not None)
        words = self.tr("What you measure is kept here.")
        if self._list.count():
            words = self.tr("Tick two with the space bar to compare them.")
        if self._unreadable:
            words += self.tr(" Files that cannot be read: {n}.").format(n=self._unreadable)
        self._words.setText(words)

    @Slot()
    def _compare_ticked(self) -> None:
        pair = self._list.pair
        if pair is not None:
            older, newer = pair
            self.pairChosen.emit(older, newer)
