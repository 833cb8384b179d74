"""Files that were found but are no photos of their own: unread ones, and copies; and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tinyclf.domain import Copy, Problem
from tinyclf_gui.models.file_lines import FileLines
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.styled import label, push_button
from tinyclf_gui.widgets.whole_area import fit_on_screen


class ProblemsDialog(QDialog):
    """Lists to read and to copy; it changes nothing.

    Args:
        problems: The files, and what is wrong with each.
        title: Of the window; else the menu's words.
        sentence: What the problems are; else that they are not in the collection.
        copies: Files with which nothing is wrong, but that they hold the bytes of a photo.
    """

    def __init__(
        self,
        problems: Sequence[Problem],
        parent: QWidget | None = None,
        *,
        title: str = "",
        sentence: str = "",
        copies: Sequence[Copy] = (),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("problemsDialog")
        self._problems, self._copies = problems, copies
        self.setWindowTitle(title or self.tr("Unread files and exact copies"))
        fit_on_screen(self, QSize(720, 420))
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
        if problems or not copies:
            layout.addWidget(label(sentence or self._sentence(), wrap=True))
            layout.addWidget(self._table_of_problems(), 1)
        if copies:
            layout.addWidget(label(self._copies_sentence(), wrap=True))
            layout.addWidget(self._table_of_copies(), 1)
        layout.addLayout(buttons)

    def _sentence(self) -> str:
        if not self._problems:
            return self.tr("Every file in your photo folders could be read.")
        return self.tr(
            "These {n} files are not in the collection. Mend or replace them, "
            "then add their folder again."
        ).format(n=number(len(self._problems)))

    def _copies_sentence(self) -> str:
        if len(self._copies) == 1:
            return self.tr(
                "This file is an exact copy of a photo of the collection, whose grade it shares, "
                "also in the exported table. There is nothing to mend."
            )
        return self.tr(
            "These {n} files are exact copies of photos of the collection, whose grades they "
            "share, also in the exported table. There is nothing to mend."
        ).format(n=number(len(self._copies)))

    def _table_of_problems(self) -> QTableView:
        lines = FileLines(self._problems, (self.tr("File"), self.tr("Reason")), self)
        return _table("problemsTable", lines)

    def _table_of_copies(self) -> QTableView:
        lines = FileLines(self._copies, (self.tr("File"), self.tr("Copy of")), self)
        return _table("copiesTable", lines)

    def _copy(self) -> None:
        lines = [f"{problem.path}: {problem.reason}" for problem in self._problems]
        of = self.tr("{path}: copy of {original}")
        lines += [of.format(path=copy.path, original=copy.original) for copy in self._copies]
        QGuiApplication.clipboard().setText("\n".join(lines))


def _table(name: str, lines: FileLines) -> QTableView:
    table = QTableView()
    table.setModel(lines)
    table.setObjectName(name)
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setStretchLastSection(True)
    leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
    table.horizontalHeader().setDefaultAlignment(leading)
    return table
