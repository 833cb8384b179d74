"""One case to measure; with it, if wanted, those by which the fastest settings are found."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from tinyclf.benchmark.fastest import alternatives
from tinyclf.benchmark.kinds import Inference
from tinyclf.benchmark.plan import Plan
from tinyclf.errors import ConfigError
from tinyclf_gui.widgets.benchmark_form import BenchmarkForm
from tinyclf_gui.widgets.styled import label, scrolling


class BenchmarkQuick(QWidget):
    """The form, and below it whether other threads and precisions are tried as well.

    Signals:
        changed(): Another plan is to be run now, or none.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("benchmarkQuickPart")
        self._form = BenchmarkForm()
        self._try = QCheckBox(self.tr("&Try threads and precisions"))
        self._try.setObjectName("benchmarkTryCheck")
        self._words = label("", "muted", wrap=True)
        self._words.setObjectName("benchmarkTryWords")
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(4)
        inside.addWidget(self._form)
        inside.addSpacing(12)
        inside.addWidget(self._try)
        inside.addWidget(self._words)
        inside.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(body))
        self._form.edited.connect(self._change)
        self._try.toggled.connect(self._change)
        self._show_try()

    @property
    def plan(self) -> Plan | None:
        """What the form says; None if it does not fit into this machine."""
        return None if self.problem else Plan(self._cases)

    @property
    def problem(self) -> str:
        """Why it cannot be run, in a sentence; empty if it can."""
        if self._form.problem:
            return self.tr("Too large for this machine.")
        try:
            Plan(self._cases).check_memory()
        except ConfigError as error:
            return str(error)
        return ""

    @property
    def _cases(self) -> tuple[Inference, ...]:
        case = self._form.case
        return alternatives(case) if self._try.isChecked() else (case,)

    @Slot()
    def _change(self) -> None:
        self._show_try()
        self.changed.emit()

    def _show_try(self) -> None:
        others = len(alternatives(self._form.case))
        self._try.setEnabled(others > 1)
        words = self.tr("Measures {n} cases, by which the fastest settings are found.").format(
            n=others
        )
        if others == 1:
            words = self.tr("The app works in single or double precision: 1 bit is neither.")
        self._words.setText(words)
        self._try.setAccessibleDescription(words)
