"""Where words are typed that photos are found by."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from tinyclf_gui import resources, theme

ICON_PIXELS = 14


class SearchField(QLineEdit):
    """Esc, Enter and Down go to what was found; the words stay until Esc is pressed there too.

    Signals:
        searched(str): A person searches for other words.
        left(): A person is done with it.
        entered(): And pressed Enter to go to what was found.
    """

    searched = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchField")
        self.setPlaceholderText(self.tr("Find by name or folder"))
        self.setAccessibleName(self.tr("Find photos by name"))
        self.setToolTip(
            self.tr("Words of file names and folders: photos whose path holds all of them")
        )
        self.setClearButtonEnabled(True)
        self._telling = True
        self.textChanged.connect(self._tell)
        self._sign = self.addAction(self._icon(), QLineEdit.ActionPosition.LeadingPosition)
        for button in self.findChildren(QToolButton):
            is_sign = button.defaultAction() is self._sign
            button.setObjectName("searchSign" if is_sign else "clearSearchButton")
            button.setAccessibleName(
                self.accessibleName() if is_sign else self.tr("Clear the search")
            )

    def empty(self) -> None:
        """Take the words away; nobody has searched for others then."""
        self._telling = False  # its own button must hear of it: it goes with the words
        self.clear()
        self._telling = True

    def event(self, event: QEvent) -> bool:
        """Keep Esc and single keys from the shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
            if event.modifiers() in own and (event.text() or event.key() == Qt.Key.Key_Escape):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave, or type."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case Qt.Key.Key_Escape | Qt.Key.Key_Down:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def _tell(self, words: str) -> None:
        if self._telling:
            self.searched.emit(words)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the sign in the new colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._sign.setIcon(self._icon())

    @staticmethod
    def _icon() -> QIcon:
        return resources.icon("search", theme.current().muted, ICON_PIXELS)
