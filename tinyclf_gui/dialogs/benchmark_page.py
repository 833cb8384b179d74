"""The Benchmark page: what to measure at the left, what came of it at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tinyclf.benchmark.compare import compare_reports
from tinyclf.benchmark.fastest import fastest
from tinyclf.benchmark.history import Kept
from tinyclf.benchmark.report import Report
from tinyclf.benchmark.speed import Speed
from tinyclf_gui.dialogs.benchmark_file import BenchmarkFile
from tinyclf_gui.dialogs.benchmark_history import BenchmarkHistory
from tinyclf_gui.dialogs.benchmark_quick import BenchmarkQuick
from tinyclf_gui.models.benchmark_bench import BenchmarkBench, Measured
from tinyclf_gui.settings import DEFAULT_SPEED, Settings
from tinyclf_gui.widgets.benchmark_results import BenchmarkResults, short_time
from tinyclf_gui.widgets.change_table import ChangeTable
from tinyclf_gui.widgets.run_bar import RunBar
from tinyclf_gui.widgets.segmented_control import SegmentedControl
from tinyclf_gui.widgets.speed_line import SpeedLine
from tinyclf_gui.widgets.styled import frame, scrolling

QUICK, FILE, HISTORY = "quick", "file", "history"
SHARES = {QUICK: (2, 4), FILE: (1, 1), HISTORY: (2, 3)}
"""How the two sides share the width."""
LEAST_LEFT = 260
RUN_KEYS = ("Ctrl+Return", "Ctrl+Enter")


class BenchmarkPage(QWidget):
    """Quick, File and History, one in view; Run and Cancel; the app's own settings.

    Args:
        bench: Measures; it may outlive the page.
        settings: Where the fastest settings are written.

    Signals:
        speedChanged(object): The app is to work with this ``Speed``, which is in the settings.
    """

    speedChanged = Signal(object)

    def __init__(
        self, bench: BenchmarkBench, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("benchmarkPage")
        self._bench = bench
        self._settings = settings
        self._segments = SegmentedControl(
            [
                (QUICK, self.tr("&Quick")),
                (FILE, self.tr("&File")),
                (HISTORY, self.tr("&History")),
            ],
            self.tr("What to measure"),
        )
        self._segments.setObjectName("benchmarkParts")
        self._quick = BenchmarkQuick()
        self._file = BenchmarkFile(bench)
        self._history = BenchmarkHistory(bench)
        self._results = BenchmarkResults()
        self._changes = ChangeTable()
        self._run_bar = RunBar()
        self._speed = SpeedLine()
        self._fastest: Speed | None = None
        self._note = "", ""
        self._lay_out()
        self._listen()
        self._speed.show_speed(settings.speed, settings.speed == DEFAULT_SPEED)
        if bench.latest is not None:
            self._show_report(bench.latest.report)
        else:
            self._offer_fastest(None)
        self._show_readiness()
        bench.read_history()

    @property
    def part(self) -> str:
        """``"quick"``, ``"file"`` or ``"history"``: what is in view."""
        return self._segments.current

    def show_part(self, key: str) -> None:
        """Bring a part into view."""
        self._segments.set_current(key)
        self._share_width()
        self._stack.setCurrentWidget(self._parts[key])
        if key == HISTORY:
            self._history.show_chosen()
        elif self._bench.latest is not None:
            self._show_report(self._bench.latest.report)
        self._show_readiness()

    def stopped_a_run(self) -> bool:
        """Cancel the run, if there is one; return whether there was."""
        busy = self._bench.busy
        self._bench.cancel()
        return busy

    def _lay_out(self) -> None:
        self._parts: dict[str, BenchmarkQuick | BenchmarkFile | BenchmarkHistory] = {
            QUICK: self._quick,
            FILE: self._file,
            HISTORY: self._history,
        }
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
        self._stack.setMinimumWidth(LEAST_LEFT)
        self._shown = QStackedWidget()
        self._shown.addWidget(self._results)
        self._changes_area = scrolling(self._changes, "benchmarkChangesArea")
        self._changes_area.setAccessibleName(self.tr("What changed"))
        self._shown.addWidget(self._changes_area)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._segments, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self._stack, 1)
        card = frame("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 16, 8, 16)
        inside.addWidget(self._shown)
        self._sides = sides = QHBoxLayout()
        sides.setSpacing(24)
        sides.addLayout(left)
        sides.addWidget(card)
        self._share_width()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(sides, 1)
        whole.addWidget(self._run_bar)
        whole.addWidget(frame("hairline"))
        whole.addWidget(self._speed)

    def _listen(self) -> None:
        bench = self._bench
        self._segments.chosen.connect(self.show_part)
        for part in self._parts.values():
            part.changed.connect(self._show_readiness)
        self._history.reportChosen.connect(self._show_past)
        self._history.pairChosen.connect(self._compare)
        self._run_bar.runWanted.connect(self._run)
        self._run_bar.cancelWanted.connect(bench.cancel)
        self._speed.fastestWanted.connect(self._use_fastest)
        self._speed.defaultsWanted.connect(lambda: self._use(DEFAULT_SPEED))
        bench.begun.connect(self._run_bar.begin)
        bench.reported.connect(self._run_bar.report)
        bench.ended.connect(self._end)
        bench.measured.connect(self._show_measured)
        bench.failed.connect(self._note_failure)
        bench.unread.connect(self._run_bar.complain)
        bench.hindranceChanged.connect(self._show_readiness)
        for keys in RUN_KEYS:
            shortcut = QShortcut(QKeySequence(keys), self, self._run)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _share_width(self) -> None:
        for side, share in enumerate(SHARES[self.part]):
            self._sides.setStretch(side, share)

    @Slot()
    def _run(self) -> None:
        plan = self._parts[self.part].plan
        if plan is not None:
            self._bench.run(plan)

    @Slot()
    def _show_readiness(self) -> None:
        if self._bench.busy:
            return
        words = self._parts[self.part].problem
        if self._bench.hindrance:
            hindrance = self.tr(
                "“{0}” is running, and would disturb the measuring. Run comes back when it ends."
            )
            words = hindrance.format(self._bench.hindrance)
        self._run_bar.set_ready(not words, words)

    @Slot(object)
    def _show_measured(self, measured: Measured) -> None:
        self._show_report(measured.report)
        self._note = measured.problem, ""

    @Slot(str, str)
    def _note_failure(self, message: str, details: str) -> None:
        self._note = message, details

    @Slot()
    def _end(self) -> None:
        self._run_bar.end()
        self._show_readiness()
        words, details = self._note
        self._note = "", ""
        if words:
            self._run_bar.fail(words, details)

    def _show_report(self, report: Report) -> None:
        self._results.show_report(report)
        self._shown.setCurrentWidget(self._results)
        self._offer_fastest(report)

    @Slot(object)
    def _show_past(self, report: Report) -> None:
        if self.part == HISTORY:
            self._show_report(report)

    @Slot(object, object)
    def _compare(self, older: Kept, newer: Kept) -> None:
        title = self.tr("{0}, and after it {1}").format(
            short_time(older.report), short_time(newer.report)
        )
        self._changes.show_comparison(title, compare_reports(older.report, newer.report))
        self._shown.setCurrentWidget(self._changes_area)
        self._offer_fastest(newer.report)
        self._changes.table.setFocus()

    def _offer_fastest(self, report: Report | None) -> None:
        self._fastest = None if report is None else fastest(report)
        self._speed.offer(self._fastest)

    @Slot()
    def _use_fastest(self) -> None:
        if self._fastest is not None:
            self._use(self._fastest)

    def _use(self, speed: Speed) -> None:
        self._settings.speed = speed
        self._speed.show_speed(speed, speed == DEFAULT_SPEED, chosen=True)
        self.speedChanged.emit(speed)
