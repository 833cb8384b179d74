"""Photos side by side, as large as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tinyclf_gui.widgets.photo_button import CAPTION, SIDE, WIDER, PhotoButton

MOST_ACROSS = 4
GAP = 4
LARGEST = 240
"""The side of a photo at most, in logical pixels: thumbnails have 320 pixels."""


class PhotoStrip(QWidget):
    """Places buttons by arithmetic, so that it can always be as small as they are at least.

    Signals:
        fitted(): They stand in other rows now, or are of another size.
    """

    fitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[PhotoButton] = []
        self.across = MOST_ACROSS
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def hold(self, buttons: Sequence[PhotoButton]) -> None:
        """Place these from now on."""
        self._buttons = list(buttons)
        self.across, _ = self._fit()
        self.updateGeometry()
        self._place()

    def sizeHint(self) -> QSize:
        """Return what they take when each is as small as can be."""
        rows = -(-len(self._buttons) // MOST_ACROSS)
        across = min(len(self._buttons), MOST_ACROSS)
        return QSize(across * (SIDE + 2 * WIDER + GAP) - GAP, rows * (SIDE + CAPTION + GAP) - GAP)

    def minimumSizeHint(self) -> QSize:
        """None is squeezed."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        before = self.across, self._side()
        self._place()
        if (self.across, self._side()) != before:
            self.fitted.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Stand from the other side where everything does."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place()

    def _side(self) -> int:
        return self._buttons[0].side if self._buttons else 0

    def _fit(self) -> tuple[int, int]:
        """Return how many stand side by side, and how large, so that they are largest."""
        fits = []
        for across in range(1, MOST_ACROSS + 1):
            rows = -(-len(self._buttons) // across)
            wide = (self.width() + GAP) // across - GAP - 2 * WIDER
            high = (self.height() + GAP) // max(rows, 1) - GAP - CAPTION
            fits.append((min(wide, high, LARGEST), across))
        side, across = max(fits)
        return (across, side) if side >= SIDE else (MOST_ACROSS, SIDE)

    def _place(self) -> None:
        self.across, side = self._fit()
        for place, button in enumerate(self._buttons):
            row, column = divmod(place, self.across)
            button.set_side(side)
            size = button.sizeHint()
            left = column * (size.width() + GAP)
            if not self.isLeftToRight():
                left = self.width() - left - size.width()
            button.setGeometry(QRect(left, row * (size.height() + GAP), *size.toTuple()))
