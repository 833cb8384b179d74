"""Which actions give a verdict, and when a key that asks for one asks to go on as well.

Holding Shift with the key of a verdict means: and go on to the next photo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tinyclf.domain import GRADES, Mark, Verdict
from tinyclf_gui.models.actions import Place
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


class GradeKeys:
    """The keys of verdicts.

    Args:
        keys: All keys; the usual ones if none are given.
        place: Where they are listened to.
    """

    def __init__(self, keys: KeyBindings | None = None, place: Place = Place.GRID) -> None:
        self._keys = keys or KeyBindings()
        self._place = place

    def stroke(self, event: QKeyEvent) -> Stroke | None:
        """Return what a key event asks for, or ``None`` if it is no grading key."""
        name, advance = self._keys.action_of(event, self._place), False
        if name is None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            name, advance = self._keys.shifted_action_of(event, self._place), True
        if name is None or name not in VERDICTS:
            return None
        return Stroke(VERDICTS[name], advance)
