"""A report to look at: table, what would help the chosen case, and bars."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tinyclf.benchmark.report import Report
from tinyclf_gui.models.benchmark_rows import CaseRow, rows_of
from tinyclf_gui.widgets.benchmark_table import BenchmarkTable
from tinyclf_gui.widgets.limit_bars import LimitBars
from tinyclf_gui.widgets.styled import label, restyle, scrolling


class BenchmarkResults(QWidget):
    """What a run brought; empty, it teaches."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("benchmarkResults")
        self._report: Report | None = None
        self._title = label("", "section", wrap=True)
        self._machine = label("", "muted", wrap=True)
        self._machine.setObjectName("benchmarkMachine")
        self._bars = LimitBars()
        self._table = BenchmarkTable()
        self._advice = label("", wrap=True)
        self._advice.setObjectName("benchmarkAdvice")
        self._advice.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for part in (self._title, self._table, self._advice, self._bars, self._machine):
            column.addWidget(part)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        area = scrolling(body, "benchmarkResultsArea")
        area.setAccessibleName(self.tr("What was measured"))
        whole.addWidget(area)
        self._table.rowChanged.connect(self._show_advice)
        self.show_nothing()

    @property
    def report(self) -> Report | None:
        """What is shown."""
        return self._report

    def show_nothing(self) -> None:
        """Show no report, but what there could be."""
        self._report = None
        self._title.setText(self.tr("How fast is this machine?"))
        self._advice.setText(
            self.tr(
                "Run a benchmark to see what this machine does, how far that is from what it could "
                "do, and which settings to use. Nothing else should be at work meanwhile."
            )
        )
        restyle(self._advice, "muted")
        self._bars.set_rows(())
        self._table.hide()
        self._machine.hide()

    def show_report(self, report: Report) -> None:
        """Show a report."""
        self._report = report
        rows = rows_of(report)
        self._title.setText(self._title_of(report))
        self._machine.setText(report.machine.words())
        self._machine.show()
        self._bars.set_rows(rows)
        self._advice.clear()
        restyle(self._advice, "")
        self._table.show()
        self._table.set_rows(rows)

    def _title_of(self, report: Report) -> str:
        words = [short_time(report)]
        words.append(self.tr("{n} turns of each case").format(n=report.done))
        failed = sum(1 for one in report.measurements if one.failed)
        if failed:
            words.append(self.tr("{n} failed").format(n=failed))
        return " · ".join(words)

    @Slot(object)
    def _show_advice(self, row: CaseRow) -> None:
        words = " ".join(part for part in (row.failed, row.advice) if part)
        self._advice.setText(words)
        self._advice.setVisible(bool(words))


def short_time(report: Report) -> str:
    """Return when a report was begun, in this place's time and way to write it."""
    moment = QDateTime.fromSecsSinceEpoch(int(report.started.timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
