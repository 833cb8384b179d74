"""Which keys there are, as lines to be read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tinyclf.domain import GRADES
from tinyclf_gui.models.actions import groups
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.key_chords import chord_in_words


def cheat_sheet(keys: KeyBindings | None = None) -> list[tuple[str, str, str]]:
    """Return every key as (group, key, words); an action without a key is left out."""
    keys = keys or KeyBindings()
    lines = [
        (title, either(keys, entry.key), entry.name)
        for title, entries in groups()
        for entry in entries
        if keys.keys_of(entry.key)
    ]
    return lines + [(_tr("Always"), key, words) for key, words in _fixed(keys)]


def either(keys: KeyBindings, name: str) -> str:
    """Return all keys of an action: "[ or Alt+Down"."""
    return _tr(" or ").join(chord_in_words(chord) for chord in keys.keys_of(name))


def grade_keys_in_words(keys: KeyBindings) -> str:
    """Return the keys of the grades in short: "1–5", or each of them; "" if one has none."""
    each = [keys.words(f"grade-{int(grade)}") for grade in GRADES]
    if each == [str(int(grade)) for grade in GRADES]:
        return f"{each[0]}–{each[-1]}"
    return " ".join(each) if all(each) else ""


def reminder(keys: KeyBindings) -> str:
    """Return the few keys a wall is worked with: "1–5 moves · Enter accepts · ? keys"."""
    parts = [
        (grade_keys_in_words(keys), _tr("{0} moves")),
        (keys.words("accept"), _tr("{0} accepts")),
        (keys.words("shortcuts"), _tr("{0} keys")),
    ]
    return " · ".join(words.format(key) for key, words in parts if key)


def _fixed(keys: KeyBindings) -> list[tuple[str, str]]:
    """Return what follows from other keys, or cannot be bound anew."""
    grades = grade_keys_in_words(keys)
    go_on = [(_tr("Shift+{0}").format(grades), _tr("Grade and go on"))] if grades else []
    correcting = (grades, keys.words("step-down"), keys.words("step-up"))
    on_walls = [(" ".join(filter(None, correcting)), _tr("Go on by themselves on Review"))]
    return [
        *go_on,
        *(on_walls if any(correcting) else []),
        (_tr("Arrows"), _tr("To the next photo")),
        (_tr("Shift+Arrows"), _tr("Extend the selection")),
        (_tr("Ctrl+Wheel"), _tr("Size of the tiles")),
        (_tr("Esc"), _tr("Back to the grid")),
        (_tr("Tab"), _tr("From one thing to the next")),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("CheatSheet", text)
