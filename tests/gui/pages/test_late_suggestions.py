"""Suggestions take minutes to compute in a large collection: a person may have begun by then."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tinyclf.session import Session

Key = Qt.Key


@pytest.fixture
def early(welcome, folder, monkeypatch):
    """A person who looks at photos of which none is suggested yet."""

    def suggest_nothing(_session, _count, _seed=0):
        yield from ()
        return []

    monkeypatch.setattr(Session, "suggest", suggest_nothing)
    welcome.desk.take_folder(folder)
    welcome.wait_until_idle()
    return welcome


def suggest(person):
    names = ("d4", "b2", "c3")
    person.workspace.workbench.suggested.emit([person.photo(name) for name in names])


def test_to_one_who_waits_they_are_shown(early):
    suggest(early)
    assert early.shown() == ["d4", "b2", "c3"]


@pytest.mark.parametrize(
    "begin",
    [
        lambda person: person.choose("show-all"),
        lambda person: person.control(Key.Key_A),
        lambda person: person.press(Key.Key_Right),
        lambda person: person.press(Key.Key_E),
        lambda person: person.order("backwards"),
    ],
    ids=["show all", "select", "walk", "loupe", "order"],
)
def test_to_one_who_has_begun_they_are_offered(early, begin):
    begin(early)
    shown, selected = early.shown(), early.selected()
    suggest(early)
    assert early.shown() == shown
    assert early.selected() == selected
    assert not early.window.findChild(QPushButton, "suggestedChip").isChecked()


def test_to_one_who_took_a_grade_back_too(early):
    early.press(Key.Key_4)
    early.control(Key.Key_Z)
    shown = early.shown()
    suggest(early)
    assert early.shown() == shown


def test_they_are_a_click_away(early):
    early.choose("show-all")
    suggest(early)
    early.click("suggestedChip")
    assert early.shown() == ["d4", "b2", "c3"]
