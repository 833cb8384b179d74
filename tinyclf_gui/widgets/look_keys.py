"""Which keys zoom and pull a photo: the one table that loupe and comparison share."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tinyclf_gui.widgets.photo_view import NOTCH, PhotoView

_Key = Qt.Key
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier

PULLS = {
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
}
"""With Shift: steps across and down, in space, so never mirrored."""


def look_deed(event: QKeyEvent, view: PhotoView) -> Callable[[], object] | None:
    """Return what a key asks of a photo's view, or ``None`` if it is no such key.

    Z fits or shows the photo's own pixels; + (on some layouts only with Shift, so = as well) and -
    zoom in the middle; Shift with an arrow looks further there.
    """
    key, modifiers = _Key(event.key()), event.modifiers() & ~_KEYPAD
    if modifiers == _SHIFT and key in PULLS:
        return lambda: view.pan(*PULLS[key])
    if key == _Key.Key_Plus and not modifiers & ~_SHIFT:
        return lambda: view.zoom_by(NOTCH)
    if modifiers:
        return None
    return {
        _Key.Key_Z: view.toggle_zoom,
        _Key.Key_Equal: lambda: view.zoom_by(NOTCH),
        _Key.Key_Minus: lambda: view.zoom_by(1 / NOTCH),
    }.get(key)
