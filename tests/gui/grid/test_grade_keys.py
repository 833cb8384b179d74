import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from tinyclf.domain import Grade, Mark
from tinyclf_gui.models.actions import Scope
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.widgets.grade_keys import Stroke, stroke_of

BARE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
Key = Qt.Key


pytestmark = pytest.mark.usefixtures("qapp")


def stroke(
    key: int, modifiers: Qt.KeyboardModifier, text: str, keys: KeyBindings | None = None
) -> Stroke | None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)
    return stroke_of(event, keys or KeyBindings(), Scope.GRID)


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "meant"),
    [
        (Key.Key_4, BARE, "4", Stroke(Grade.GOOD, False)),
        (Key.Key_4, KEYPAD, "4", Stroke(Grade.GOOD, False)),
        (Key.Key_0, BARE, "0", Stroke(None, False)),
        (Key.Key_X, BARE, "x", Stroke(Mark.NOT_GRADABLE, False)),
        (Key.Key_U, BARE, "u", Stroke(Mark.UNSURE, False)),
        (Key.Key_4, SHIFT, "$", Stroke(Grade.GOOD, True)),
        (Key.Key_Dollar, SHIFT, "$", Stroke(Grade.GOOD, True)),
        (Key.Key_At, SHIFT, "@", Stroke(Grade.POOR, True)),
        (Key.Key_QuoteDbl, SHIFT, '"', Stroke(Grade.POOR, True)),
        (0, SHIFT, "§", Stroke(Grade.FAIR, True)),
    ],
)
def test_a_digit_grades_and_with_shift_goes_on(key, modifiers, text, meant) -> None:
    assert stroke(key, modifiers, text) == meant


@pytest.mark.parametrize(
    ("key", "text", "grade"),
    [
        (Key.Key_Ampersand, "&", Grade.BARELY_VISIBLE),
        (Key.Key_Eacute, "é", Grade.POOR),
        (Key.Key_QuoteDbl, '"', Grade.FAIR),
        (Key.Key_Apostrophe, "'", Grade.GOOD),
        (Key.Key_ParenLeft, "(", Grade.FLAWLESS),
        (Key.Key_Agrave, "à", None),
    ],
)
def test_on_a_french_keyboard_digits_need_no_shift(key, text, grade) -> None:
    assert stroke(key, BARE, text) == Stroke(grade, False)


def test_on_a_french_keyboard_shift_goes_on() -> None:
    assert stroke(Key.Key_4, SHIFT, "4") == Stroke(Grade.GOOD, True)


@pytest.mark.parametrize("key", [Key.Key_6, Key.Key_R, Key.Key_A, Key.Key_End])
def test_other_keys_do_not_grade(key) -> None:
    assert stroke(key, BARE, chr(key).lower() if key < 256 else "") is None


def test_keys_with_control_are_left_to_the_menu() -> None:
    assert stroke(Key.Key_4, CONTROL, "4") is None


def test_keys_can_be_bound_anew(qapp) -> None:
    keys = KeyBindings()
    keys.bind("grade-5", "Q")
    keys.unbind("grade-5", "5")
    assert stroke(Key.Key_Q, BARE, "q", keys) == Stroke(Grade.FLAWLESS, False)
    assert stroke(Key.Key_Q, SHIFT, "Q", keys) == Stroke(Grade.FLAWLESS, True)
    assert stroke(Key.Key_5, BARE, "5", keys) is None


def test_a_key_with_shift_of_its_own_does_not_grade(qapp) -> None:
    keys = KeyBindings()
    keys.bind("grid", "Shift+4")
    assert stroke(Key.Key_Dollar, SHIFT, "$", keys) is None
