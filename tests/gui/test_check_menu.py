"""What checks the grades is in the menu, each with its key; it answers also where there is none."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from tinyclf.domain import Grade
from tinyclf.session import LabelIssue, Session
from tinyclf_gui.models.actions import MENUS
from tinyclf_gui.widgets.cheat_sheet import cheat_sheet

Key = Qt.Key


def toast(person):
    return person.window.toast.accessibleDescription()


@pytest.mark.parametrize(
    ("entry", "keys"),
    [
        ("exam", "Ctrl+4"),
        ("again", "Ctrl+5"),
        ("doubtful", "Ctrl+6"),
        ("unlike", "Ctrl+7"),
        ("audit", "Ctrl+R"),
        ("accept-rest", "Ctrl+Enter"),
        ("compare", "Ctrl+Shift+T"),
        ("open-config", "Ctrl+L"),
        ("save-config", "Ctrl+S"),
        ("worn", "Ctrl+Shift+W"),
    ],
)
def test_each_has_its_key_on_the_cheat_sheet(entry, keys):
    words = {one.key: one.words for entries in MENUS.values() for one in entries if one}
    assert (keys, words[entry].rstrip("…")) in [(key, what) for _, key, what in cheat_sheet()]


def test_the_checks_stand_in_the_order_of_their_digits():
    keys = [one.keys for one in MENUS["&Check"] if one]
    digits = [key for key in keys if key[-1].isdigit()]
    assert digits == ["Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7", "Ctrl+8"]


def test_where_it_looks_is_on_the_cheat_sheet():
    assert ("H", "Where it looks, in the loupe") in [(key, what) for _, key, what in cheat_sheet()]


def test_no_key_means_two_things():
    keys = [key for _, key, _ in cheat_sheet()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("exam", "An exam can begin once 30 photos are graded."),
        ("again", "Nothing to test yourself on yet"),
        ("doubtful", "Train first"),
        ("unlike", "Train first"),
        ("audit", "Train first"),
    ],
)
def test_where_there_is_nothing_to_check_it_says_why(collector, entry, words):
    collector.choose(entry)
    assert words in toast(collector)


def test_the_exam_is_shown_from_any_page(trained):
    trained.session._store.reserve_exam([trained.photo("c1"), trained.photo("c2")])
    trained.workspace.collection.refresh()
    trained.workspace.collection.recount()
    trained.choose("exam")
    assert trained.window.page == "label"
    assert set(trained.shown()) == {"c1", "c2"}


def test_photos_are_set_aside_where_that_is_worth_it(collector, monkeypatch):
    monkeypatch.setattr("tinyclf.session.exams.STARTERS_FOR_AN_EXAM", 5)
    monkeypatch.setattr("tinyclf.session.exams.EXAM_PHOTOS", 2)  # worth it for so few
    collector.grade_truly("ab")
    collector.control(Key.Key_4)
    assert collector.session.status().exam.reserved == 10
    assert collector.find(QPushButton, "examChip").isChecked()


def test_a_wall_is_checked_by_the_keyboard(trained, monkeypatch):
    monkeypatch.setattr("tinyclf.trust.wall_certificates.WORTH_AN_AUDIT", 1.0)
    walls = trained.session.status().walls
    fullest = max(walls, key=lambda wall: wall.photos - wall.human)
    trained.workspace.collection.recount()
    trained.click(f"wallTab{int(fullest.grade)}")
    trained.control(Key.Key_R)
    assert trained.session.audit(fullest.grade).stands
    assert trained.find(QPushButton, "auditButton").text() == "Back to the wall"


def test_a_wall_too_small_for_a_check_says_so(trained):
    walls = trained.session.status().walls
    fullest = max(walls, key=lambda wall: wall.photos - wall.human)
    trained.click(f"wallTab{int(fullest.grade)}")
    trained.choose("audit")
    assert "as quick as a check at random" in toast(trained)
    assert trained.session.audits() == {}


def test_the_rest_of_a_wall_is_accepted_where_one_sees_it(trained):
    trained.go_to("label")
    trained.choose("accept-rest")
    assert trained.window.page == "review"
    assert not trained.session.table.verified.any()
    rest = len(trained.shown())
    trained.choose("accept-rest")
    assert int(trained.session.table.verified.sum()) == rest


def test_configurations_are_saved_and_opened_by_the_keyboard(trained, monkeypatch, tmp_path):
    path = tmp_path / "mine.yaml"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "exec", lambda _: True)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(path)])
    trained.control(Key.Key_S)
    assert path.exists()
    assert trained.window.page == "train"
    trained.click("fastPreset")
    trained.control(Key.Key_L)
    assert trained.workspace.pages.train.config_name == "mine"


def test_an_ampersand_in_a_name_stays_one_in_the_menu(collector):
    collector.window.menu.tell("undo", "a&b graded 4")
    assert collector.window.menu.action("undo").text() == "Undo: a&&b graded 4"


def test_the_menu_says_what_it_takes_back(collector):
    collector.focus("a1")
    collector.press(Key.Key_4)
    assert collector.window.menu.action("undo").text() == "Undo: a1 graded 4"
    collector.choose("undo")
    assert collector.window.menu.action("undo").text() == "Undo"
    assert collector.window.menu.action("redo").text() == "Redo: a1 graded 4"


@pytest.fixture
def doubter(trained, monkeypatch):
    kept = lambda session: {look.photo_id for look in session.second_looks()}
    found = LabelIssue(trained.photo("a5"), Grade.FLAWLESS, Grade.POOR, 0.9)
    monkeypatch.setattr(
        Session, "label_issues", lambda self: () if found.photo_id in kept(self) else (found,)
    )
    trained.choose("doubtful")
    return trained


def test_a_kept_grade_is_taken_back_and_doubted_again(doubter):
    doubter.press(Key.Key_Return)
    assert toast(doubter).startswith("a5 kept")
    assert doubter.grid.model().tile(0).dimmed
    doubter.click("undoLink")
    assert doubter.session.second_looks() == []
    assert not doubter.grid.model().tile(0).dimmed
    assert doubter.focused() == "a5"
    doubter.choose("redo")
    assert doubter.grid.model().tile(0).dimmed


def test_a_blind_second_look_is_taken_back(collector, monkeypatch):
    monkeypatch.setattr("tinyclf.trust.consistency.FEWEST_FRESH", 0)
    collector.grade_truly("abcd")
    collector.choose("again")
    name = collector.focused()
    collector.press(Key.Key_5)
    assert toast(collector).startswith(f"{name} looked at again")
    collector.go_to("review")
    collector.choose("undo")
    assert collector.session.status().consistency is None
    assert collector.window.page == "label"
    assert collector.find(QPushButton, "showAgainChip").isChecked()
    assert collector.focused() == name
    assert collector.grid.model().tile(0).code == 0


@pytest.mark.parametrize("entry", ["again", "doubtful", "unlike", "bad"])
def test_a_check_that_finds_nothing_leaves_one_where_one_was(trained, entry):
    wall = trained.shown()
    trained.choose(entry)
    assert trained.window.page == "review"
    assert trained.shown() == wall
    assert toast(trained)
