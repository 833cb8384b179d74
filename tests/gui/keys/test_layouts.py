"""Whoever sits at another keyboard grades with the same keys."""

import pytest

from tests.gui.keys.presses import (
    ALT,
    ALT_GR,
    BARE,
    CONTROL,
    KEYPAD,
    MOD_5,
    SHIFT,
    Key,
    press,
    typed,
)
from tinyclf_gui.models.key_chords import chords_of

ROW = "1234567890"


def first(event, platform="xcb"):
    return next(iter(chords_of(event, platform)), None)


@pytest.mark.parametrize(
    ("layout", "row"),
    [
        ("us", "1234567890"),
        ("de", "1234567890"),
        ("es", "1234567890"),
        ("gb", "1234567890"),
        ("fr", "&é\"'(-è_çà"),
        ("be", "&é\"'(§è!çà"),
        ("cz", "+ěščřžýáíé"),
        ("sk", "+ľščťžýáíé"),
        ("bepo", '"«»()@+-/*'),
        ("lt", "ąčęėįšųū90"),
    ],
)
def test_a_digit_key_needs_no_shift_on_any_layout(layout, row):
    assert [first(typed(char, at=digit)) for char, digit in zip(row, ROW, strict=True)] == list(ROW)


@pytest.mark.parametrize(
    ("layout", "row"),
    [
        ("us", "!@#$%^&*()"),
        ("de", '!"§$%&/()='),
        ("es", '!"·$%&/()='),
        ("gb", '!"£$%^&*()'),
        ("fr", ROW),
        ("cz", ROW),
    ],
)
def test_shift_and_a_digit_key_is_shift_and_the_digit_on_any_layout(layout, row):
    told = [first(typed(char, SHIFT, at=digit)) for char, digit in zip(row, ROW, strict=True)]
    assert told == [f"Shift+{digit}" for digit in ROW]


def test_a_key_sent_by_a_program_counts_by_what_it_types():
    assert [first(typed(char)) for char in "&é\"'("] == ["&", "É", '"', "'", "("]
    assert [chords_of(typed(char), "xcb")[-1] for char in "&é\"'(àěščř"] == list("1234502345")


def test_in_hungary_the_zero_is_left_of_the_one():
    assert first(typed("0", at="")) == "0"
    assert first(typed("ö", at="0")) == "Ö"


@pytest.mark.parametrize(
    ("layout", "letters"),
    [("ru", "пгяучшр"), ("ua", "пгяучшр"), ("gr", "γθζεχιη"), ("il", "עוזקסןי")],
)
def test_letters_of_another_script_count_as_those_of_the_same_key(layout, letters):
    told = [first(typed(char, at=at)) for char, at in zip(letters, "GUZEXIH", strict=True)]
    assert told == list("GUZEXIH")


def test_the_brackets_are_reached_on_a_russian_keyboard():
    assert first(typed("х", at="[")) == "["
    assert first(typed("ъ", at="]")) == "]"


def test_the_menu_answers_on_a_russian_keyboard():
    assert first(press(ord("Я"), "", CONTROL, at="Z")) == "Ctrl+Z"
    assert first(press(ord("Я"), "", CONTROL | SHIFT, at="Z")) == "Ctrl+Shift+Z"


def test_latin_letters_count_where_they_are_typed():
    assert first(typed("z", at="Y")) == "Z"  # German
    assert first(typed("a", at="Q")) == "A"  # French
    assert first(typed("ü", at="[")) == "Ü"


def test_on_windows_the_virtual_key_tells():
    assert first(press(Key.Key_Ampersand, "&", virtual=0x31), "windows") == "1"
    assert first(press(ord("П"), "п", virtual=ord("G")), "windows") == "G"
    assert first(press(ord("Х"), "х", virtual=0xDB), "windows") == "["


def test_on_windows_what_needs_altgr_counts_as_what_it_types():
    assert first(press(Key.Key_BracketLeft, "[", CONTROL | ALT), "windows") == "["


@pytest.mark.parametrize(
    ("platform", "event"),
    [
        ("xcb", typed("[", ALT_GR, at="5")),
        ("xcb", press(Key.Key_BracketLeft, "[", at="5", native=MOD_5)),
        ("wayland", press(Key.Key_BracketLeft, "[", at="5", native=MOD_5)),
        ("windows", press(Key.Key_BracketLeft, "[", CONTROL | ALT, virtual=0x35)),
    ],
)
def test_with_altgr_a_digit_key_counts_as_what_it_types(platform, event):
    assert first(event, platform) == "["


def test_a_digit_key_with_altgr_is_the_digit_where_it_types_nothing_of_use():
    assert chords_of(typed("²", ALT_GR, at="2"), "xcb") == ["²", "2"]
    dead = press(Key.Key_Dead_Tilde, "", ALT_GR, at="2")
    assert chords_of(dead, "xcb") == ["2"]


def test_on_windows_control_and_alt_with_a_letter_are_no_altgr():
    assert first(press(Key.Key_E, "\x05", CONTROL | ALT), "windows") == "Ctrl+Alt+E"


def test_a_sign_counts_whether_shift_was_needed_or_not():
    assert first(press(Key.Key_Question, "?", SHIFT, at="/")) == "?"
    assert first(press(Key.Key_Plus, "+", SHIFT)) == "+"
    assert first(press(Key.Key_Plus, "+")) == "+"


@pytest.mark.parametrize("digit", ROW)
def test_the_number_pad_types_digits(digit):
    assert first(press(ord(digit), digit, KEYPAD)) == digit


def test_without_num_lock_the_number_pad_moves():
    assert first(press(Key.Key_Left, "", KEYPAD)) == "Left"
    assert first(press(Key.Key_End, "", KEYPAD)) == "End"


def test_both_enter_keys_are_one():
    assert first(press(Key.Key_Return)) == first(press(Key.Key_Enter, "", KEYPAD)) == "Enter"


@pytest.mark.parametrize("key", [Key.Key_Shift, Key.Key_Control, Key.Key_AltGr, Key.Key_CapsLock])
def test_a_key_that_is_only_held_is_none_yet(key):
    assert chords_of(press(key), "xcb") == []


def test_an_unknown_key_is_none():
    assert chords_of(press(0, "", BARE), "xcb") == []


ON_THE_NUMPAD = [
    Key.Key_Insert, Key.Key_End, Key.Key_Down, Key.Key_PageDown, Key.Key_Left,
    Key.Key_Clear, Key.Key_Right, Key.Key_Home, Key.Key_Up, Key.Key_PageUp,
]  # fmt: skip
"""What X11 makes of 0 to 9 there while Shift is held."""


@pytest.mark.parametrize("platform", ["xcb", "wayland"])
def test_shift_and_a_digit_of_the_numpad_is_shift_and_the_digit(platform):
    told = [chords_of(press(key, "", SHIFT | KEYPAD), platform) for key in ON_THE_NUMPAD]
    assert told == [[f"Shift+{digit}"] for digit in range(10)]


def test_shift_and_an_arrow_stays_an_arrow():
    assert first(press(Key.Key_Down, "", SHIFT)) == "Shift+Down"
    assert first(press(Key.Key_Down, "", SHIFT | KEYPAD), "cocoa") == "Shift+Down"


def test_without_num_lock_its_keys_are_what_else_stands_on_them():
    assert first(press(Key.Key_End, "", KEYPAD)) == "End"
