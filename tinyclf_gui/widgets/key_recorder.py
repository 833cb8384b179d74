"""A button that, once pressed, waits for the key a person wants."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from tinyclf_gui.models.key_bindings import KeyBindings


class KeyRecorder(QPushButton):
    """Takes one key, or keys held together; Esc or a click elsewhere stops waiting.

    Signals:
        recorded(str): This chord was pressed.
        waits(bool): It waits for a key, or no longer.
    """

    recorded = Signal(str)
    waits = Signal(bool)

    def __init__(self, keys: KeyBindings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("addKeyButton")
        self.setAutoDefault(False)
        self._keys = keys
        self._waits = False
        self.setText(self.tr("Press a key…"))
        self._widest = self.sizeHint().width()
        self._show()
        self.clicked.connect(self.start)

    def start(self) -> None:
        """Wait for a key."""
        self._set(waits=True)
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """While it waits, take every key before a shortcut or Tab's usual way does."""
        if self._waits and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
                self._take(event)
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop waiting."""
        self._set(waits=False)
        super().focusOutEvent(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._set(waits=False)
            return
        chords = self._keys.chords_of(event)
        if chords:
            self._set(waits=False)
            self.recorded.emit(chords[0])

    def _set(self, *, waits: bool) -> None:
        if waits != self._waits:
            self._waits = waits
            self._show()
            self.waits.emit(waits)

    def _show(self) -> None:
        self.setText(self.tr("Press a key…") if self._waits else self.tr("Add a key"))
        self.setMinimumWidth(self._widest)
