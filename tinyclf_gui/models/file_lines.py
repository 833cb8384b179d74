"""Files and what is said of each as an item model: of 100,000 only those in view are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from tinyclf.domain import Copy, Problem
from tinyclf_gui.models.plain_tip import plain_tip

Index = QModelIndex | QPersistentModelIndex


class Cell(NamedTuple):
    """What stands in a cell, and in its tool tip."""

    words: str
    tip: str


class FileLines(QAbstractTableModel):
    """A file a line, in two columns: its name, and what is wrong with it or what it is a copy of.

    Args:
        files: Which.
        headings: What the columns are called.
    """

    def __init__(
        self,
        files: Sequence[Problem] | Sequence[Copy],
        headings: tuple[str, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._files = files
        self._headings = headings

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many files there are."""
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return 2."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a view or an assistive tool asks of a cell."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(self._files[index.row()])[index.column()].words
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(_cells(self._files[index.row()])[index.column()].tip)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a column is called."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None


def _cells(file: Problem | Copy) -> tuple[Cell, Cell]:
    name = Cell(file.path.name, str(file.path))
    if isinstance(file, Problem):
        return name, Cell(file.reason, file.reason)
    return name, Cell(_seen_from(file.path, file.original), str(file.original))


def _seen_from(path: Path, other: Path) -> str:
    """Return a file's name where it lies beside the other one, else its whole path."""
    return other.name if other.parent == path.parent else str(other)
