"""Files that were found but could not be read, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tinyclf.domain import Problem
from tinyclf_gui.models.plain_tip import plain_tip
from tinyclf_gui.widgets.styled import label, push_button
from tinyclf_gui.widgets.whole_area import fit_on_screen


class ProblemsDialog(QDialog):
    """A list to read and to copy; it changes nothing.

    Args:
        problems: The files, and what is wrong with each.
        title: Of the window; else that they could not be read.
        sentence: What they are; else that they are not in the collection.
    """

    def __init__(
        self,
        problems: Sequence[Problem],
        parent: QWidget | None = None,
        *,
        title: str = "",
        sentence: str = "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName("problemsDialog")
        self.setWindowTitle(title or self.tr("Files that could not be read"))
        fit_on_screen(self, QSize(720, 420))
        self._problems = problems
        copy = push_button(self.tr("Copy the list"), "copyProblemsButton")
        close = push_button(self.tr("Close"), "closeProblemsButton", "primary")
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(label(sentence or self._sentence(), wrap=True))
        layout.addWidget(self._make_table(), 1)
        layout.addLayout(buttons)

    def _sentence(self) -> str:
        if not self._problems:
            return self.tr("Every file in your photo folders could be read.")
        return self.tr(
            "These {n} files are not in the collection. Mend or replace them, "
            "then add their folder again."
        ).format(n=len(self._problems))

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(self._problems), 2)
        table.setObjectName("problemsTable")
        table.setHorizontalHeaderLabels([self.tr("File"), self.tr("Reason")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        table.horizontalHeader().setDefaultAlignment(leading)
        for row, problem in enumerate(self._problems):
            name = QTableWidgetItem(problem.path.name)
            name.setToolTip(plain_tip(str(problem.path)))
            table.setItem(row, 0, name)
            table.setItem(row, 1, QTableWidgetItem(problem.reason))
        return table

    def _copy(self) -> None:
        lines = (f"{problem.path}: {problem.reason}" for problem in self._problems)
        QGuiApplication.clipboard().setText("\n".join(lines))
