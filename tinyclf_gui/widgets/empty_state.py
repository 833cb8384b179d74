"""What a page says while it has nothing to show: one sentence, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tinyclf_gui.widgets.styled import label, push_button

TEXT_WIDTH = 420


class EmptyState(QWidget):
    """A sentence that teaches, and the button for what it says.

    Signals:
        wanted(): The button was pressed.
    """

    wanted = Signal()

    def __init__(
        self, title: str, sentence: str, button: str, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        headline = label(title, "headline")
        words = label(sentence, "muted", wrap=True)
        words.setFixedWidth(TEXT_WIDTH)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words = words
        action = push_button(button, name, "primary")
        action.clicked.connect(self.wanted)
        for widget in (headline, words, action):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the sentence all its lines: a layout asks only for as many as it guesses."""
        super().showEvent(event)
        self._words.setMinimumHeight(self._words.heightForWidth(TEXT_WIDTH))
