"""Keys that cannot be given to an action, and why."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from tinyclf_gui.models.actions import Scope
from tinyclf_gui.models.key_chords import Chord

_TAB = re.compile(r"(.*\+)?(Tab|Backtab)")
_ESCAPE = re.compile(r"(.*\+)?Esc")
_MOVES = re.compile(r"(Shift\+)?(Ctrl\+)?(Shift\+)?(Left|Right|Up|Down|Home|End|PgUp|PgDown)")
_MENU = re.compile(r"Alt\+[A-Z]|F10")
_PRESS = re.compile(r"(Shift\+)?(Space|Enter)")


def why_not(chord: Chord, scope: Scope) -> str:
    """Return why a chord cannot be given to an action of this scope; "" if it can."""
    if _TAB.fullmatch(chord):
        return _tr("Tab goes from one thing to the next, so it cannot be given away.")
    if _ESCAPE.fullmatch(chord):
        return _tr("Esc goes back everywhere, so it cannot be given away.")
    if _MOVES.fullmatch(chord):
        return _tr("The arrow keys and their like move among the photos; with Alt they are free.")
    if _MENU.fullmatch(chord):
        return _tr("That opens a menu, so it cannot be given away.")
    if Scope.WINDOW in scope and _PRESS.fullmatch(chord):
        return _tr("Alone it presses the button in focus; with Ctrl or Alt it is free.")
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeyRules", text)
