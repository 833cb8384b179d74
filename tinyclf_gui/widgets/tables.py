"""How a table looks that is to be read: its rows are chosen whole, nothing in it is edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
)


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        title: What stands in its head.
        tip: What its figures mean.
    """

    title: str
    tip: str = ""


def to_be_read(
    table: QTableWidget, columns: Sequence[Column], row_height: int, words: int = 1
) -> None:
    """Make a table such a one.

    Args:
        table: The table, without rows.
        columns: Its columns, from left to right.
        row_height: In pixels.
        words: How many columns hold words: the first ones. The others hold figures.
    """
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    for at, column in enumerate(columns):
        item = QTableWidgetItem(column.title)
        item.setToolTip(column.tip)
        item.setTextAlignment(alignment(at, words))
        table.setHorizontalHeaderItem(at, item)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionsClickable(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(row_height)


def alignment(column: int, words: int = 1) -> Qt.AlignmentFlag:
    """Return where a cell's text stands: words at the left, figures at the right."""
    side = Qt.AlignmentFlag.AlignLeft if column < words else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
