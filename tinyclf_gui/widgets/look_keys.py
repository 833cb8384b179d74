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


def look_deed(event: QKeyEvent, name: str | None, view: PhotoView) -> Callable[[], object] | None:
    """Return what a key asks of a photo's view, or ``None`` if it is no such key.

    Args:
        event: The key; Shift with an arrow looks further there.
        name: The action it is bound to, if any.
        view: What is looked at.
    """
    held = event.modifiers() & ~_KEYPAD
    if name is None and held == _SHIFT and event.key() in PULLS:
        return lambda: view.pan(*PULLS[event.key()])
    return {
        "zoom": view.toggle_zoom,
        "zoom-in": lambda: view.zoom_by(NOTCH),
        "zoom-out": lambda: view.zoom_by(1 / NOTCH),
    }.get(name or "")
