"""The cheat sheet: every key, and what it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QSize, Qt, Signal
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
COLUMNS = 4
"""More would be too far apart to be read as one sheet."""
GAP, ROW_GAP = 16, 4
"""Pixels between groups, and between lines."""
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
        whole.setContentsMargins(16, 16, 16, 12)
        whole.setSpacing(12)
        self._blocks = [_Block(lines) for lines in groups]
        whole.addWidget(self._scroll_area(), 1)
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

    def _scroll_area(self) -> QScrollArea:
        self._area = QScrollArea()
        self._area.setObjectName("shortcutsSheet")
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._sheet())
        return self._area

    def _sheet(self) -> QWidget:
        """Lay the groups out in as few columns as need no scrolling, if the screen has room."""
        sheet = QWidget()
        columns = QHBoxLayout(sheet)
        columns.setContentsMargins(8, 8, 8, 8)
        columns.setSpacing(MARGIN)
        room = self.screen().availableSize() - QSize(16, FRAME)
        for blocks in _columns(self._blocks, room - QSize(64, 96)):
            column = QVBoxLayout()
            column.setSpacing(GAP)
            for block in blocks:
                block.align(max(one.caps for one in blocks))
                column.addWidget(block)
            column.addStretch(1)
            columns.addLayout(column, 1)
        return sheet

    def showEvent(self, event: QShowEvent) -> None:
        """Be as large as the sheet, if the screen allows; then it is put where all is seen."""
        if not event.spontaneous():
            self._fit(self.screen().availableSize() - QSize(16, FRAME))
        super().showEvent(event)

    def _fit(self, room: QSize) -> None:
        """Be no larger than ``room``, in pixels; what is more of the sheet scrolls inside."""
        sheet, layout = self._area.widget(), self.layout()
        if sheet is None or layout is None:
            return
        self._area.setMinimumSize(0, 0)
        layout.activate()
        wished, bar = sheet.sizeHint() + QSize(4, 4), self._area.verticalScrollBar().sizeHint()
        around = layout.sizeHint() - self._area.sizeHint()
        height = min(wished.height(), max(LEAST, room.height() - around.height()))
        scrolls = height < wished.height()
        width = min(wished.width() + scrolls * bar.width(), room.width() - 2 * 16)
        self._area.setFixedSize(width, height)
        layout.activate()
        self.resize(layout.sizeHint())


class _Block(QWidget):
    """The keys of one group.

    Attributes:
        caps: How wide its keys are, in pixels.
        words: How wide what they do is.
    """

    def __init__(self, lines: list[Shortcut]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(ROW_GAP)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(label(lines[0].group, "section"), 0, 0, 1, 2)
        caps, words = [_key_cap(line) for line in lines], [label(line.words) for line in lines]
        for row, (cap, word) in enumerate(zip(caps, words, strict=True), start=1):
            self._grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(word, row, 1)
        for part in self.findChildren(QLabel):
            part.ensurePolished()  # measured before it is shown
        self.caps = max(cap.sizeHint().width() for cap in caps)
        self.words = max(word.sizeHint().width() for word in words)

    def align(self, caps: int) -> None:
        """Have what keys do begin behind caps so wide."""
        self._grid.setColumnMinimumWidth(0, caps)


def _columns(blocks: list[_Block], room: QSize) -> list[list[_Block]]:
    """Return blocks in columns, their order kept: the fewest that fit, else as many as fit beside.

    Args:
        blocks: From top to bottom.
        room: For all columns.
    """
    heights = [block.sizeHint().height() + GAP for block in blocks]
    chosen: list[list[_Block]] = []
    for count in range(1, COLUMNS + 1):
        columns, height = _balanced(blocks, heights, count)
        if chosen and _width(columns) > room.width():
            break
        chosen = columns
        if height - GAP <= room.height():
            break
    return chosen


def _width(columns: list[list[_Block]]) -> int:
    """Return how wide columns are whose words are aligned."""
    return sum(
        max(block.caps for block in column) + GAP + max(block.words for block in column) + MARGIN
        for column in columns
    )


def _balanced(
    blocks: list[_Block], heights: list[int], count: int
) -> tuple[list[list[_Block]], int]:
    """Return blocks in at most so many columns, the highest as low as can be, and its height."""
    limit = max(heights, default=0)
    while True:
        columns: list[list[_Block]] = []
        used, highest = limit + 1, 0
        for block, height in zip(blocks, heights, strict=True):
            if used + height > limit:
                columns.append([])
                used = 0
            columns[-1].append(block)
            used += height
            highest = max(highest, used)
        if len(columns) <= count:
            return columns, highest
        limit += ROW_GAP


def _key_cap(line: Shortcut) -> QLabel:
    cap = label(line.key)
    cap.setProperty("kind", "key")
    cap.setAccessibleName(f"{line.key}: {line.words}")
    return cap
