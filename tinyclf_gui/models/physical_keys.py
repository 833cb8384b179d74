"""Which key was pressed, told by where it is on the keyboard instead of by what it types.

Needed where a layout types something else there: digits that take Shift (French, Belgian, Czech,
Slovak), letters of another script (Russian, Ukrainian, Greek, Hebrew). A key is called by what it
types on an American keyboard. X11 and Wayland give the key itself (evdev's code + 8); Windows
gives a virtual key, which its layouts already name so; macOS gives a code of the key.
"""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent

DIGITS = "1234567890"
_ROWS = {10: DIGITS, 24: "QWERTYUIOP[]", 38: "ASDFGHJKL;'", 52: "ZXCVBNM,./"}
"""evdev's code + 8 of the first key of a row → the row."""
X11 = {first + number: name for first, row in _ROWS.items() for number, name in enumerate(row)}
WINDOWS = {
    **{ord(name): name for name in DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **dict(zip((0xDB, 0xDD, 0xBA, 0xDE, 0xBC, 0xBE, 0xBF), "[];',./", strict=True)),
}
"""Virtual keys; those from 0xBA on are ``VK_OEM_…``."""
_MAC = "ASDFHGZXCV BQWERYT123465 97 80]OU[IP LJ'K; ,/NM."
"""ANSI codes (``kVK_ANSI_…``) from 0 on; a space stands for a key that is not needed here."""
MACOS = {code: name for code, name in enumerate(_MAC) if name != " "}


def key_at(event: QKeyEvent, platform: str) -> str:
    """Return what the pressed key types on an American keyboard, in capitals.

    Args:
        event: The key.
        platform: As ``QGuiApplication.platformName()`` says.

    Returns:
        A character, or "" where that is not known: a key made by a program, a key elsewhere.
    """
    if platform == "windows":
        return WINDOWS.get(event.nativeVirtualKey(), "")
    if platform == "cocoa":
        return MACOS.get(event.nativeVirtualKey(), "") if event.nativeScanCode() else ""
    if is_evdev(platform):
        return X11.get(event.nativeScanCode(), "")
    return ""


def is_evdev(platform: str) -> bool:
    """Tell whether keys come as X11 and Wayland give them."""
    return platform == "xcb" or platform.startswith("wayland")
