"""Suggestions take minutes to compute in a large collection: a person may have begun by then."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

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


def test_they_begin_with_the_first_and_say_so(early):
    early.workspace.workbench.suggested.emit([early.photo(name) for name in ("d4", "a1", "c3")])
    assert early.focused() == "d4"
    assert early.selected() == {"d4"}
    assert early.find(QLabel, "listNote").text() == "Suggested first: 3 to learn from."


def test_they_say_which_are_for_the_exam(early):
    early.session._store.reserve_exam([early.photo("b2")], most=1)
    early.workspace.collection.refresh()
    suggest(early)
    told = "Suggested first: 2 to learn from, 1 for the exam. Grade all of them alike."
    assert early.find(QLabel, "listNote").text() == told
    assert "is kept in" in early.window.toast.accessibleDescription()


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
