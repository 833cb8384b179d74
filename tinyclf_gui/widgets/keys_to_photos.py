"""Keys find their way to the photos, wherever on the page the keyboard is.

A click above the grid leaves the keyboard with the photos. Whoever went elsewhere by Tab presses a
button there by Enter; a key that is of no use there is the photos', and Esc goes back to them.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget


def give_keys_to(photos: QWidget, clicked_in: QWidget) -> None:
    """Let photos have the keyboard after something was chosen in a bar above them.

    Whoever chose by the keyboard, from a button of that bar, keeps it there to choose on.

    Args:
        photos: Where digits grade.
        clicked_in: The bar.
    """
    holder = clicked_in.window().focusWidget()  # also while a menu is open
    by_keys = isinstance(holder, QAbstractButton) and clicked_in.isAncestorOf(holder)
    if not by_keys:
        photos.setFocus()


def is_plain_escape(event: QKeyEvent) -> bool:
    """Tell whether a key is Esc alone."""
    return event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier


def press_button(event: QKeyEvent, holder: QWidget | None) -> bool:
    """Press the button in focus where the key is Enter: by itself Qt does so in dialogs only.

    Args:
        event: A key that nothing had a use for.
        holder: What has the keyboard.

    Returns:
        Whether it was Enter, and there was a button.
    """
    is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    is_alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if not (is_enter and is_alone and isinstance(holder, QAbstractButton)):
        return False
    if not event.isAutoRepeat():
        holder.click()
    return True
