"""A square button with a drawn icon instead of words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from tinyclf_gui import resources, theme

ICON_PIXELS = 16


class IconButton(QToolButton):
    """A flat button with an icon in the text's colour, redrawn when the theme changes.

    Args:
        icon: The icon's name in ``resources/icons``.
        words: What it does: its tool tip and accessible name.
        name: Its role in camelCase.
    """

    def __init__(self, icon: str, words: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
        self._name = icon
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the new colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw()

    def _draw(self) -> None:
        self.setIcon(resources.icon(self._name, theme.current().text, ICON_PIXELS))
