"""What this program is, and what to paste into a bug report."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from tinyclf.domain import GRADES
from tinyclf_gui.widgets.grade_mark import GradeMark
from tinyclf_gui.widgets.styled import frame, label, push_button
from tinyclf_gui.widgets.whole_area import WholeArea, fit_on_screen

MARGIN = 24


class AboutDialog(QDialog):
    """Name, version, one sentence, and facts about this machine that can be copied.

    Args:
        version: The program's version.
        facts: What and which: ("Python", "3.11.7").
    """

    def __init__(
        self, version: str, facts: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About Tiny Classifier"))
        self._facts = [(self.tr("Tiny Classifier"), version), *facts]
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, 16)
        whole.setSpacing(12)
        told = QWidget()
        lines = QVBoxLayout(told)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        lines.addLayout(self._marks())
        lines.addWidget(label(self.tr("Tiny Classifier"), "headline"))
        lines.addWidget(label(self.tr("Version {0}").format(version), "muted"))
        sentence = self.tr(
            "Grades thousands of photos 1 to 5 in an evening. It works on this machine alone: "
            "no account, no cloud, nothing leaves it."
        )
        words = label(sentence, wrap=True)
        words.setMinimumWidth(360)
        lines.addWidget(words)
        lines.addWidget(frame("hairline"))
        lines.addLayout(self._table(facts))
        whole.addWidget(WholeArea(told), 1)
        whole.addLayout(self._buttons())
        fit_on_screen(self)

    def _marks(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for grade in GRADES:
            row.addWidget(GradeMark(grade))
        row.addStretch(1)
        return row

    def _table(self, facts: Sequence[tuple[str, str]]) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(6)
        for what, which in facts:
            value = label(which, wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(label(what, "muted"), value)
        return form

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        self._copy = push_button(self.tr("Copy for a bug report"), "copyFactsButton")
        self._copy.clicked.connect(self._copy_facts)
        close = push_button(self.tr("Close"), "closeButton")
        close.clicked.connect(self.accept)
        row.addWidget(self._copy)
        row.addStretch(1)
        row.addWidget(close)
        return row

    @Slot()
    def _copy_facts(self) -> None:
        lines = (f"{what}: {which}" for what, which in self._facts)
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._copy.setText(self.tr("Copied"))
