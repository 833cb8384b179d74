"""The cheat sheet: every key, and what it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.key_chords import sequences_of
from tinyclf_gui.widgets.styled import label, push_button

MARGIN = 24
COLUMNS = 3
"""As many as the screen has room for, at most."""
FRAME = 64
"""Pixels of a screen's height that a window's title and frame may take."""
LEAST = 160
"""So much of the sheet is seen however low the screen is, in pixels."""


@dataclass(frozen=True)
class Shortcut:
    """One line of the sheet.

    Attributes:
        group: Under which heading.
        key: The keys as they are read: "Ctrl+Z", "1–5".
        words: What it does.
    """

    group: str
    key: str
    words: str


class ShortcutsDialog(QDialog):
    """Shows the keys by group, in columns; the key that opened it or Esc closes it.

    Args:
        shortcuts: All lines; those of a group follow each other.
        keys: All keys; the usual ones if none are given.

    Signals:
        changeWanted(): A person wants other keys.
    """

    changeWanted = Signal()

    def __init__(
        self,
        shortcuts: Sequence[Shortcut],
        keys: KeyBindings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(self.tr("Keys"))
        groups = [list(lines) for _, lines in groupby(shortcuts, key=lambda line: line.group)]
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, 16)
        whole.setSpacing(16)
        whole.addWidget(label(self.tr("Keys"), "headline"))
        whole.addWidget(self._scroll_area(groups), 1)
        close = push_button(self.tr("Close"), "closeButton")
        close.clicked.connect(self.accept)
        for chord in (keys or KeyBindings(parent=self)).keys_of("shortcuts"):
            for sequence in sequences_of(chord):
                QShortcut(sequence, self, self.accept)
        change = push_button(self.tr("Change keys…"), "changeKeysButton")
        change.clicked.connect(self.accept)
        change.clicked.connect(self.changeWanted)
        buttons = QHBoxLayout()
        buttons.addWidget(change)
        buttons.addStretch(1)
        buttons.addWidget(close)
        whole.addLayout(buttons)

    def _scroll_area(self, groups: list[list[Shortcut]]) -> QScrollArea:
        sheet = QWidget()
        columns = QHBoxLayout(sheet)
        columns.setContentsMargins(8, 8, 8, 8)
        columns.setSpacing(2 * MARGIN)
        for part in _balanced(groups, self._count(groups)):
            caps = max((_key_cap(line).sizeHint().width() for g in part for line in g), default=0)
            column = QVBoxLayout()
            column.setSpacing(16)
            for lines in part:
                column.addLayout(_block(lines, caps))
            column.addStretch(1)
            columns.addLayout(column, 1)
        self._area = QScrollArea()
        self._area.setObjectName("shortcutsSheet")
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(sheet)
        self._area.setMinimumWidth(sheet.sizeHint().width() + 16)
        return self._area

    def _count(self, groups: list[list[Shortcut]]) -> int:
        """Return how many columns fit beside each other on the screen."""
        widest = max((_block(lines, 0).sizeHint().width() for lines in groups), default=1)
        room = self.screen().availableGeometry().width() - 6 * MARGIN
        return max(1, min(COLUMNS, room // (widest + 2 * MARGIN)))

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the sheet, if the screen allows; then it is put where all of it is seen."""
        if not event.spontaneous():
            self._fit(self.screen().availableGeometry().height() - FRAME)
        super().showEvent(event)

    def _fit(self, room: int) -> None:
        """Be no higher than ``room``, in pixels; what is more of the sheet scrolls inside."""
        sheet = self._area.widget()
        layout = self.layout()
        if sheet is None or layout is None:
            return
        self._area.setMinimumHeight(0)
        layout.activate()
        around = layout.sizeHint().height() - self._area.sizeHint().height()
        self._area.setFixedHeight(min(sheet.sizeHint().height() + 4, max(LEAST, room - around)))
        layout.activate()
        self.resize(self.width(), layout.sizeHint().height())


def _balanced(groups: list[list[Shortcut]], count: int) -> list[list[list[Shortcut]]]:
    """Return the groups in so many columns of about the same height, their order kept."""
    heights = [len(lines) + 2 for lines in groups]
    columns: list[list[list[Shortcut]]] = [[] for _ in range(count)]
    above = 0
    for height, lines in zip(heights, groups, strict=True):
        middle = (above + height / 2) / max(1, sum(heights))
        columns[min(count - 1, int(middle * count))].append(lines)
        above += height
    return columns


def _block(lines: list[Shortcut], caps: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, caps)
    grid.addWidget(label(lines[0].group, "section"), 0, 0, 1, 2)
    for row, line in enumerate(lines, start=1):
        grid.addWidget(_key_cap(line), row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(line.words), row, 1)
    return grid


def _key_cap(line: Shortcut) -> QLabel:
    cap = label(line.key)
    cap.setProperty("kind", "key")
    cap.setAccessibleName(f"{line.key}: {line.words}")
    return cap
