"""A click above the grid leaves the keyboard with the photos: digits typed next grade them."""

from __future__ import annotations

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
