"""A tool tip that names the key of what a button does, and follows when it is bound anew."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tinyclf_gui.models.key_bindings import KeyBindings


class KeyTip(QObject):
    """Keeps a widget's tool tip; it goes with the widget.

    Args:
        widget: Whose tip.
        words: What it does.
        keys: Where its key is looked up.
        action: By whose name.
    """

    def __init__(self, widget: QWidget, words: str, keys: KeyBindings, action: str) -> None:
        super().__init__(widget)
        self._widget, self._words, self._keys, self._action = widget, words, keys, action
        keys.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        key = self._keys.words(self._action)
        tip = self.tr("{0} ({1})").format(self._words, key) if key else self._words
        self._widget.setToolTip(tip)
