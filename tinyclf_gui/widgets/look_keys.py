"""Which keys zoom and pull a photo: the one table that loupe and comparison share."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tinyclf_gui.widgets.photo_view import NOTCH, PhotoView

_Key = Qt.Key
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier

PULLS: dict[int, tuple[int, int]] = {
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
}
"""With Shift: steps across and down, in space, so never mirrored."""


def look_deeds(view: Callable[[], PhotoView]) -> dict[str, Callable[[], object]]:
    """Return what actions do to the view of a photo, by action.

    Args:
        view: Returns what is looked at.
    """
    return {
        "zoom": lambda: view().toggle_zoom(),
        "zoom-in": lambda: view().zoom_by(NOTCH),
        "zoom-out": lambda: view().zoom_by(1 / NOTCH),
    }


def pull(event: QKeyEvent, view: PhotoView) -> Callable[[], object] | None:
    """Return what Shift with an arrow does: look further there; ``None`` for any other key."""
    if event.modifiers() & ~_KEYPAD != _SHIFT or event.key() not in PULLS:
        return None
    return lambda: view.pan(*PULLS[event.key()])
