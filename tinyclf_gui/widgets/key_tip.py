"""A tool tip that names the key of what a button does, and follows when it is bound anew."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
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
        self._widget.setToolTip(with_key(self._words, self._keys, self._action))


def with_key(words: str, keys: KeyBindings, action: str) -> str:
    """Return what is done, and behind it its key, if it has one now."""
    key = keys.words(action)
    told = QCoreApplication.translate("KeyTip", "{0} ({1})")
    return told.format(words, key) if key else words
