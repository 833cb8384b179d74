"""Which actions give a verdict, and when a key that asks for one asks to go on as well.

Holding Shift with the key of a verdict means: and go on to the next photo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tinyclf.domain import GRADES, Mark, Verdict
from tinyclf_gui.models.actions import Scope
from tinyclf_gui.models.key_bindings import KeyBindings

VERDICTS: Mapping[str, Verdict] = {
    **{f"grade-{int(grade)}": grade for grade in GRADES},
    "clear": None,
    "unsure": Mark.UNSURE,
    "not-gradable": Mark.NOT_GRADABLE,
}
"""Action → the verdict it gives."""


@dataclass(frozen=True)
class Stroke:
    """What a key asks for.

    Attributes:
        verdict: To be given; ``None`` clears.
        advance: Go on to the next photo, whatever the toggle says.
    """

    verdict: Verdict
    advance: bool


def stroke_of(event: QKeyEvent, keys: KeyBindings, scope: Scope) -> Stroke | None:
    """Return which verdict a key asks for in a scope, or ``None`` if it is no grading key."""
    name, advance = keys.action_of(event, scope), False
    if name is None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        name, advance = keys.shifted_action_of(event, scope), True
    return Stroke(VERDICTS[name], advance) if name and name in VERDICTS else None
