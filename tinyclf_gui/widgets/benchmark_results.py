"""A report to look at: table, what there is to say of the chosen case, and bars."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tinyclf.benchmark.report import Measurement, Report
from tinyclf_gui.models.benchmark_rows import CaseRow, rows_of
from tinyclf_gui.widgets.benchmark_table import BenchmarkTable, milliseconds
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
        self._details = label("", "muted", wrap=True)
        self._details.setObjectName("benchmarkDetails")
        self._details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(self._advice)
        told.addWidget(self._details)
        column.addWidget(self._title)
        column.addWidget(self._table)
        column.addLayout(told)
        column.addWidget(self._bars)
        column.addWidget(self._machine)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        area = scrolling(body, "benchmarkResultsArea")
        area.setAccessibleName(self.tr("What was measured"))
        whole.addWidget(area)
        self._table.rowChanged.connect(self._show_row)
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
        self._details.hide()
        self._machine.hide()

    def show_report(self, report: Report) -> None:
        """Show a report."""
        self._report = report
        rows = rows_of(report)
        self._title.setText(self._title_of(report))
        self._machine.setText(report.machine.words())
        self._machine.show()
        self._bars.set_rows(rows)
        self._table.show()
        self._table.set_rows(rows)

    def _title_of(self, report: Report) -> str:
        words = [short_time(report)]
        words.append(self.tr("{n} turns of each case").format(n=report.done))
        failed = sum(1 for one in report.measurements if one.failed)
        if failed:
            words.append(self.tr("{n} failed").format(n=failed))
        disagree = sum(1 for one in report.measurements if one.disagrees)
        if disagree:
            words.append(self.tr("{n} with differing results").format(n=disagree))
        return " · ".join(words)

    @Slot(object)
    def _show_row(self, row: CaseRow) -> None:
        words = " ".join(filter(None, (row.problem, row.advice)))
        self._advice.setText(words)
        self._advice.setVisible(bool(words))
        restyle(self._advice, "danger" if row.problem else "")
        details = self._details_of(row.measurement)
        self._details.setText(details)
        self._details.setVisible(bool(details))

    def _details_of(self, one: Measurement) -> str:
        if not one.turns:
            return ""
        first = milliseconds(1000 * one.warm_up / one.case.work().units)
        warm_up = self.tr("Warm-up {0}, not counted").format(first)
        turns = self.tr("1 turn") if len(one.turns) == 1 else self.tr("{n} turns")
        checksum = self.tr("checksums differ")
        if not one.disagrees:
            checksum = self.tr("checksum {0}").format(one.checksum)
        return " · ".join((warm_up, turns.format(n=len(one.turns)), checksum))


def short_time(report: Report) -> str:
    """Return when a report was begun, in this place's time and way to write it."""
    moment = QDateTime.fromSecsSinceEpoch(int(report.started.timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
