"""Words that wrap, in a room that does not jump as they change."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from tinyclf_gui.widgets.styled import LabelKind


class SteadyLabel(QLabel):
    """Keeps room for so many lines, also where its words are fewer, or none; more it grows to.

    Mirrored, it stands at the right whatever its letters, as other labels do.

    Args:
        lines: How many.
        kind: Its style.
    """

    def __init__(self, lines: int, kind: LabelKind = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setWordWrap(True)
        at = Qt.AlignmentFlag
        across = at.AlignLeading
        if QGuiApplication.isRightToLeft():
            across = at.AlignRight | at.AlignAbsolute
        self.setAlignment(across | at.AlignTop)

    def keep(self, lines: int) -> None:
        """Keep room for so many lines from now on."""
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """Return the height of its words, or of the lines that are kept."""
        return max(super().heightForWidth(width), self._kept())

    def sizeHint(self) -> QSize:
        """Return room for its words, and for the lines that are kept."""
        return super().sizeHint().expandedTo(QSize(0, self._kept()))

    def minimumSizeHint(self) -> QSize:
        """Likewise."""
        return super().minimumSizeHint().expandedTo(QSize(0, self._kept()))

    def _kept(self) -> int:
        return self.fontMetrics().size(0, "\n".join(["x"] * self._lines)).height()
