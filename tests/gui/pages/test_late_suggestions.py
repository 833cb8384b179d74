"""Suggestions take minutes to compute in a large collection: a person may have begun by then."""

import numpy as np
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


@pytest.fixture
def second_lot(early, monkeypatch):
    """A person to whom three photos are suggested, and two others once these are graded."""

    def suggest_others(session, _count, _seed=0):
        yield from ()
        table = session.table
        return [table.ids[row] for row in np.flatnonzero(table.ungraded).tolist()][-2:]

    suggest(early)
    monkeypatch.setattr(Session, "suggest", suggest_others)
    return early


def grade_all_suggested(person):
    for _ in person.shown():
        person.press(Key.Key_3)
    person.workspace.collection.recount()
    person.wait_until_idle()


def test_once_all_are_graded_the_next_are_offered_and_nothing_moves(second_lot):
    shown = second_lot.shown()
    grade_all_suggested(second_lot)
    assert second_lot.shown() == shown
    assert second_lot.focused() == shown[-1]
    assert second_lot.find(QLabel, "listNote").text() == "More photos are suggested by now."
    assert second_lot.find(QPushButton, "nextSuggestedButton").text() == "Show the next 2"


def test_the_next_begin_with_the_first(second_lot):
    before = set(second_lot.shown())
    grade_all_suggested(second_lot)
    second_lot.click("nextSuggestedButton")
    assert len(second_lot.shown()) == 2
    assert not before & set(second_lot.shown())
    assert second_lot.focused() == second_lot.shown()[0]
    assert not second_lot.window.findChild(QPushButton, "nextSuggestedButton").isVisible()
    assert "Suggested next: 2 to learn from." in second_lot.words()


def test_while_some_are_left_no_others_are_looked_for(second_lot):
    second_lot.press(Key.Key_3)
    second_lot.workspace.collection.recount()
    second_lot.wait_until_idle()
    assert not second_lot.window.findChild(QPushButton, "nextSuggestedButton").isVisible()
