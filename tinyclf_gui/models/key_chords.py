"""Keys pressed together, by name: "Ctrl+Shift+Z"; and what a key event may stand for.

A key stands for the character it types, and where that is of no use, for the key it is on any
keyboard: the digit row counts as digits on every layout, a letter of another script as the Latin
letter of the same key. So nobody has to switch layouts, or hold Shift, to grade. Whoever holds
AltGr means what is typed: the French [ stands on the 5.
"""

from __future__ import annotations

from unicodedata import name as unicode_name

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from tinyclf_gui.models.physical_keys import DIGITS, is_evdev, key_at

Chord = str
"""As ``QKeySequence`` writes it in settings: the same in every language."""
SHIFT = "Shift+"
_NUMPAD = "Num+"
"""Its keys count like the others."""
_ENTER, _RETURN = "Enter", "Return"
"""One key for a person, two for Qt."""

_Key, _Held = Qt.Key, Qt.KeyboardModifier
_HOLDABLE = _Held.ShiftModifier | _Held.ControlModifier | _Held.AltModifier | _Held.MetaModifier
_ALT_GR = _Held.ControlModifier | _Held.AltModifier
"""What Windows says of AltGr."""
_LEVEL_3 = 0x80
"""What X11 and Wayland say of it (xkb's Mod5); Qt tells it under X11 alone."""
_ONLY_HELD = {
    _Key.Key_Shift, _Key.Key_Control, _Key.Key_Alt, _Key.Key_Meta, _Key.Key_AltGr,
    _Key.Key_CapsLock, _Key.Key_NumLock, _Key.Key_ScrollLock, _Key.Key_Super_L, _Key.Key_Super_R,
    _Key.Key_Hyper_L, _Key.Key_Hyper_R, _Key.Key_Multi_key, _Key.Key_Mode_switch,
}  # fmt: skip
_DEAD = range(_Key.Key_Dead_Grave, _Key.Key_Dead_Longsolidusoverlay + 1)
_NO_CHARACTER = 0x01000000
"""From this number on Qt's keys are not characters."""

_BARE_DIGIT_KEYS = dict(zip("&é\"'(àěščřž", "12345023456", strict=True))
"""What digit keys type without Shift: French and Belgian, then Czech (its é would be the 0)."""
_SHIFTED_DIGIT_KEYS = dict(zip('!@#$%)"£§·¤=', "123450233340", strict=True))
"""What they type with Shift elsewhere: American, then British, German, Spanish, Nordic."""
_HUNGARIAN = "ö"
"""Stands where others have their 0; the 0 is left of the 1."""
_WITH_SHIFT_ON_THE_NUMPAD: dict[int, str] = {
    _Key.Key_Insert: "0", _Key.Key_End: "1", _Key.Key_Down: "2", _Key.Key_PageDown: "3",
    _Key.Key_Left: "4", _Key.Key_Clear: "5", _Key.Key_Right: "6", _Key.Key_Home: "7",
    _Key.Key_Up: "8", _Key.Key_PageUp: "9",
}  # fmt: skip
"""What its digits are with Shift under X11 and Wayland; without Num Lock they are digits then."""


def chord_of(text: str) -> Chord:
    """Return the chord that a text names, in its one usual way; "" if it names none."""
    sequence = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)
    chord = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    return "" if sequence.count() != 1 or _NUMPAD in chord else _usual(chord)


def chord_in_words(chord: Chord) -> str:
    """Return a chord as it is read in the window's language: "Ctrl+Enter"."""
    return QKeySequence(chord).toString(QKeySequence.SequenceFormat.NativeText)


def sequences_of(chord: Chord) -> list[QKeySequence]:
    """Return a chord for Qt's own shortcuts: Enter is two keys there."""
    head, _, last = chord.rpartition("+")
    if last == _ENTER:
        return [QKeySequence(chord), QKeySequence(f"{head}+{_RETURN}" if head else _RETURN)]
    return [QKeySequence(chord)]


def chords_of(event: QKeyEvent, platform: str) -> list[Chord]:
    """Return what a key event may stand for, the likeliest first.

    Args:
        event: A key going down or up.
        platform: As ``QGuiApplication.platformName()`` says: how the physical key is told.

    Returns:
        Chords; none for a key that is only held, such as Shift.
    """
    key = event.key()
    if key in _ONLY_HELD:
        return []
    held = event.modifiers() & _HOLDABLE
    is_typed_on_windows = _is_typed_by_control_and_alt(event)
    if is_typed_on_windows:
        held &= ~_ALT_GR
    if digit := _of_the_numpad(event, platform):
        return [_chord(held, ord(digit))]
    digits = _digits(event, platform)
    engraved = key_at(event, platform)
    goes_first = engraved and not (is_typed_on_windows or _holds_level_3(event, platform))
    found = [_chord(held, ord(digit)) for digit in digits if goes_first]
    if _is_of_another_script(key) and engraved:
        found.append(_chord(held, ord(engraved)))
    found += _as_typed(held, key)
    found += [_chord(held, ord(digit)) for digit in digits if not goes_first]
    return list(dict.fromkeys(found))


def _is_typed_by_control_and_alt(event: QKeyEvent) -> bool:
    text = event.text().strip()
    return event.modifiers() & _ALT_GR == _ALT_GR and bool(text) and text.isprintable()


def _holds_level_3(event: QKeyEvent, platform: str) -> bool:
    """Tell whether AltGr is held where it is a key of its own."""
    native = event.nativeModifiers() if is_evdev(platform) else 0
    return bool(event.modifiers() & _Held.GroupSwitchModifier or native & _LEVEL_3)


def _as_typed(held: Qt.KeyboardModifier, key: int) -> list[Chord]:
    if not key or key == _Key.Key_unknown or key in _DEAD:
        return []
    is_sign = 0x20 < key < _NO_CHARACTER and not chr(key).isalnum()
    if is_sign:  # Shift was needed to type it, or does nothing to it
        held &= ~_Held.ShiftModifier
    return [_chord(held, key)]


def _digits(event: QKeyEvent, platform: str) -> str:
    """Return the digit of a digit key, if it is one."""
    key, engraved, typed = event.key(), key_at(event, platform), event.text().lower()
    if event.modifiers() & _Held.KeypadModifier or _Key.Key_0 <= key <= _Key.Key_9:
        return ""  # as typed
    if engraved:
        return engraved if engraved in DIGITS and typed != _HUNGARIAN else ""
    shifted = bool(event.modifiers() & _Held.ShiftModifier)
    return (_SHIFTED_DIGIT_KEYS if shifted else _BARE_DIGIT_KEYS).get(typed, "")


def _of_the_numpad(event: QKeyEvent, platform: str) -> str:
    """Return the digit of a numpad's key that Shift has made another key."""
    shifted = _Held.ShiftModifier | _Held.KeypadModifier
    if not is_evdev(platform) or event.modifiers() & shifted != shifted:
        return ""
    return _WITH_SHIFT_ON_THE_NUMPAD.get(event.key(), "")


def _is_of_another_script(key: int) -> bool:
    if not 0x7F < key < _NO_CHARACTER:
        return False
    letter = chr(key)
    return letter.isalpha() and not unicode_name(letter, "LATIN").startswith("LATIN")


def _chord(held: Qt.KeyboardModifier, key: int) -> Chord:
    sequence = QKeySequence(held.value | key)
    return _usual(sequence.toString(QKeySequence.SequenceFormat.PortableText))


def _usual(chord: str) -> Chord:
    head, plus, last = chord.rpartition("+")
    return f"{head}{plus}{_ENTER}" if last == _RETURN else chord
