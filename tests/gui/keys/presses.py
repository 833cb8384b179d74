"""Keys as real keyboards send them: where they are, and what they type there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

BARE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ALT_GR = Qt.KeyboardModifier.GroupSwitchModifier
"""Of X11; Windows holds Control and Alt for it, Wayland tells it natively alone."""
MOD_5 = 0x80
KEYPAD = Qt.KeyboardModifier.KeypadModifier
Key = Qt.Key

PLACES = {
    **{digit: 10 + place for place, digit in enumerate("1234567890")},
    **{letter: 24 + place for place, letter in enumerate("QWERTYUIOP[]")},
    **{letter: 38 + place for place, letter in enumerate("ASDFGHJKL")},
    **{letter: 52 + place for place, letter in enumerate("ZXCVBNM,./")},
}
"""What a key types on an American keyboard → its code under X11."""


def press(
    key: int,
    text: str = "",
    held: Qt.KeyboardModifier = BARE,
    *,
    at: str = "",
    virtual: int = 0,
    native: int = 0,
) -> QKeyEvent:
    """Return a key going down; ``at`` is what it would type on an American keyboard."""
    return QKeyEvent(QEvent.Type.KeyPress, key, held, PLACES.get(at, 0), virtual, native, text)


def repeated(key: int, text: str = "", held: Qt.KeyboardModifier = BARE) -> QKeyEvent:
    """Return one of the presses that a keyboard sends while a key stays down."""
    return QKeyEvent(QEvent.Type.KeyPress, key, held, text, True)


def typed(text: str, held: Qt.KeyboardModifier = BARE, *, at: str = "") -> QKeyEvent:
    """Return a key going down that types a character."""
    return press(ord(text.upper()) if len(text.upper()) == 1 else 0, text, held, at=at)
