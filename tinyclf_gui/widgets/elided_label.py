"""One line of text that gives way: it is cut with an ellipsis, never painted over others."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from tinyclf_gui.widgets.styled import LabelKind


class ElidedLabel(QLabel):
    """A label that may be narrower than its text; the whole text is then in its tool tip.

    Args:
        text: What it shows.
        kind: How that looks.
        mode: Where it is cut.
        two_lines: It takes a second line where one is too short, or a line feed parts two, and
            always keeps room for it.
    """

    def __init__(
        self,
        text: str = "",
        kind: LabelKind = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
        *,
        two_lines: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self._mode = mode
        self._two_lines = two_lines
        self._kept = 0
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._tell_whole()

    def sizeHint(self) -> QSize:
        """Return room for the text, always for both lines where it may take two."""
        return super().sizeHint().expandedTo(QSize(0, self._both_lines()))

    def _both_lines(self) -> int:
        return self.fontMetrics().size(0, "x\nx").height() if self._two_lines else 0

    def keep(self, pixels: int) -> None:
        """Keep so much room for a text as long as that: others give way first."""
        self._kept = pixels
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters, or for what is kept."""
        least = max(self._kept, self.fontMetrics().horizontalAdvance("mmm"))
        whole = super().minimumSizeHint()
        return QSize(min(least, whole.width()), max(whole.height(), self._both_lines()))

    def shown_text(self) -> str:
        """Return what is painted at this width; a line feed parts its two lines, if it has two."""
        metrics, width = self.fontMetrics(), self.contentsRect().width()
        if self._two_lines and "\n" in self.text():
            lines = self.text().split("\n", 1)
            return "\n".join(metrics.elidedText(line, self._mode, width) for line in lines)
        first = ""
        if self._two_lines and metrics.horizontalAdvance(self.text()) > width:
            first = _that_fits(self.text(), metrics, width)
        rest = metrics.elidedText(self.text()[len(first) :].strip(), self._mode, width)
        return f"{first.strip()}\n{rest}" if first else rest

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the whole text into the tool tip where it is cut."""
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, cut where it does not fit."""
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(QStyle.visualAlignment(self.layoutDirection(), self.alignment()).value),
            self.palette(),
            self.isEnabled(),
            self.shown_text(),
            self.foregroundRole(),
        )
        painter.end()

    def _tell_whole(self) -> None:
        whole = self.shown_text().replace("\n", " ") == self.text().replace("\n", " ")
        self.setToolTip("" if whole else self.text())


def _that_fits(text: str, metrics: QFontMetrics, width: int) -> str:
    """Return the first words of a text that fit into a width; none if not even the first does."""
    end = 0
    for at, letter in enumerate(text):
        if letter == " " and metrics.horizontalAdvance(text[:at]) <= width:
            end = at
    return text[:end]
