"""Which keys give a verdict: the one table that grid and loupe share, and that may be rebound.

A key counts by the character it stands for. Where digits need Shift (French layouts), the
characters on the bare digit keys are understood too, so that nobody has to hold Shift. Holding
Shift on any layout means: and go on to the next photo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tinyclf.domain import GRADES, Mark, Verdict

VERDICTS: Mapping[str, Verdict] = {
    **{str(int(grade)): grade for grade in GRADES},
    "0": None,
    "x": Mark.NOT_GRADABLE,
    "u": Mark.UNSURE,
}
"""Character → verdict; letters in lower case."""

_BARE_DIGIT_KEYS = dict(zip("&é\"'(à", "123450", strict=True))
"""What the digit keys type without Shift on French and Belgian layouts."""
_SHIFTED_DIGIT_KEYS = dict(zip('!@#$%)"£§·¤=', "123450233340", strict=True))
"""What they type with Shift elsewhere: American, then British, German, Spanish, Nordic."""

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_HARMLESS = _SHIFT | Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


@dataclass(frozen=True)
class Stroke:
    """What a key asks for.

    Attributes:
        verdict: To be given; ``None`` clears.
        advance: Go on to the next photo, whatever the toggle says.
    """

    verdict: Verdict
    advance: bool


@dataclass(frozen=True)
class GradeKeys:
    """A binding of characters to verdicts.

    Attributes:
        verdicts: Character → verdict.
    """

    verdicts: Mapping[str, Verdict] = field(default_factory=lambda: VERDICTS)

    def stroke(self, event: QKeyEvent) -> Stroke | None:
        """Return what a key event asks for, or ``None`` if it is no grading key."""
        if event.modifiers() & ~_HARMLESS:
            return None
        shifted = bool(event.modifiers() & _SHIFT)
        character = _character(event, shifted)
        if character not in self.verdicts:
            return None
        return Stroke(self.verdicts[character], shifted)


def _character(event: QKeyEvent, shifted: bool) -> str:
    key = event.key()
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 or Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        return chr(key).lower()
    typed = event.text().lower()
    return (_SHIFTED_DIGIT_KEYS if shifted else _BARE_DIGIT_KEYS).get(typed, typed)
