"""Run and Cancel, and how a run stands."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tinyclf.benchmark.runner import BenchmarkProgress
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.meter import Meter
from tinyclf_gui.widgets.styled import label, push_button, restyle
from tinyclf_gui.widgets.time_left import in_words

METER_WIDTH = 180


class RunBar(QWidget):
    """Runs, or says why it cannot; while it runs, it can be stopped.

    Signals:
        runWanted(): Run was pressed.
        cancelWanted(): Cancel was pressed.
    """

    runWanted = Signal()
    cancelWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("benchmarkRunBar")
        self._details = ""
        self._run = push_button(self.tr("&Run"), "benchmarkRunButton", "primary")
        self._run.setToolTip(self.tr("Measure (Ctrl+Enter)"))
        self._cancel = push_button(self.tr("&Cancel"), "benchmarkCancelButton")
        self._cancel.setToolTip(self.tr("Stop measuring (Esc)"))
        self._meter = Meter()
        self._meter.setObjectName("benchmarkMeter")
        self._meter.setFixedWidth(METER_WIDTH)
        self._words = ElidedLabel()
        self._words.setObjectName("benchmarkWords")
        self._left = label("", "muted")
        self._left.setObjectName("benchmarkTimeLeft")
        self._copy = push_button(self.tr("Copy details"), "benchmarkCopyButton", "flat")
        self._copy.setToolTip(self.tr("For a bug report: what went wrong, and where"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._run)
        row.addWidget(self._cancel)
        row.addWidget(self._meter)
        row.addWidget(self._words, 1)
        row.addWidget(self._copy)
        row.addWidget(self._left)
        self._run.clicked.connect(self.runWanted)
        self._cancel.clicked.connect(self._ask_to_stop)
        self._copy.clicked.connect(self._copy_details)
        self.end()

    def set_ready(self, ready: bool, words: str) -> None:
        """Say whether there is something to run; or why not."""
        self._run.setEnabled(ready)
        self._run.setAccessibleDescription(words)
        self._say(words, "")

    @Slot()
    def begin(self) -> None:
        """Show a run that has just begun; the keyboard goes to Cancel if it was on Run."""
        had_keyboard = self._run.hasFocus()
        self._cancel.setEnabled(True)
        self._cancel.setText(self.tr("&Cancel"))
        if had_keyboard:
            self._cancel.setFocus()
        self._run.setEnabled(False)
        self._copy.hide()
        self._meter.show_progress(0, 0)
        self._meter.show()
        self._left.clear()
        self._say(self.tr("Starting"), "")

    @Slot(object)
    def report(self, progress: BenchmarkProgress) -> None:
        """Show how far it is."""
        done, total = number(progress.done), number(progress.total)
        self._say(self.tr("{0}, {1} / {2}").format(progress.what, done, total), "")
        self._meter.show_progress(progress.done, progress.total)
        left = progress.seconds_left
        self._left.setText("" if left is None else in_words(left))

    @Slot()
    def end(self) -> None:
        """Show no run; the keyboard goes back to Run if it was on Cancel."""
        had_keyboard = self._cancel.hasFocus()
        self._run.setEnabled(True)
        if had_keyboard:
            self._run.setFocus()
        self._cancel.setEnabled(False)
        self._cancel.setText(self.tr("&Cancel"))
        self._meter.hide()
        self._left.clear()
        self._copy.hide()

    def fail(self, message: str, details: str) -> None:
        """Say what went wrong; the details can be copied."""
        self._details = details
        self._copy.setText(self.tr("Copy details"))
        self._copy.setVisible(bool(details))
        self._say(message, "danger")

    @Slot(str)
    def complain(self, message: str) -> None:
        """Say what went wrong, of which there are no details."""
        self.fail(message, "")

    def _say(self, text: str, kind: str) -> None:
        self._words.setText(text)
        self._meter.setAccessibleName(text)
        if self._words.property("kind") != kind:
            restyle(self._words, kind)

    @Slot()
    def _ask_to_stop(self) -> None:
        self._cancel.setText(self.tr("Stopping…"))
        self.cancelWanted.emit()

    @Slot()
    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self._copy.setText(self.tr("Copied"))
