"""What stands in a grid without photos: one sentence, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tinyclf_gui.widgets.styled import label, push_button

TEXT_WIDTH = 420


class EmptyGrid(QWidget):
    """Says why there is nothing to see.

    Signals:
        wayOutWanted(): Its button was pressed.
    """

    wayOutWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyGrid")
        self._words = label("", "muted", wrap=True)
        self._words.setObjectName("emptyWords")
        self._words.setFixedWidth(TEXT_WIDTH)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._way_out = push_button(self.tr("Show all"), "wayOutButton")
        self._way_out.clicked.connect(self.wayOutWanted)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        for part in (self._words, self._way_out):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, words: str, way_out: str = "") -> None:
        """Say this; without a way out there is no button."""
        self._words.setText(words)
        self._words.setMinimumHeight(self._words.heightForWidth(TEXT_WIDTH))
        self._way_out.setVisible(bool(way_out))
        if way_out:
            self._way_out.setText(way_out)
