"""The mistakes of a file as a list; Enter or a click goes to the line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from tinyclf_gui.widgets.yaml_editor import MistakeLike

MOST_ROWS = 3
"""Are shown at once; the others by scrolling."""


class MistakeList(QListWidget):
    """A row for each mistake.

    Signals:
        mistakeChosen(int, int): A person wants to go to this line and column, from 1.
    """

    mistakeChosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("benchmarkMistakes")
        self.setAccessibleName(self.tr("Mistakes"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._mistakes: Sequence[MistakeLike] = ()
        self.itemClicked.connect(self._choose)

    def set_mistakes(self, mistakes: Sequence[MistakeLike]) -> None:
        """Show these."""
        self._mistakes = tuple(mistakes)
        self.clear()
        for each in mistakes:
            item = QListWidgetItem(self.tr("Line {0}: {1}").format(each.line, each.message))
            item.setToolTip(each.message)
            self.addItem(item)
        if mistakes:
            self.setCurrentRow(0)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the line with Enter."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not held and self.count():
            self._choose(self.currentItem())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return room for a few mistakes of two lines each."""
        rows = min(self.count(), MOST_ROWS)
        return QSize(240, rows * (2 * self.fontMetrics().lineSpacing() + 8) + 8)

    def minimumSizeHint(self) -> QSize:
        """Return room for one."""
        return QSize(120, 2 * self.fontMetrics().lineSpacing() + 16)

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        mistake = self._mistakes[self.row(item)]
        self.mistakeChosen.emit(mistake.line, mistake.column)
