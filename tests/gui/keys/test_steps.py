"""[ and ] correct by one grade, each photo from its own."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from tinyclf.domain import Grade
from tinyclf_gui.commands import StepGrades

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def proposed(person, name):
    table = person.session.table
    return int(table.proposed[table.row_of[person.photo(name)]])


@pytest.fixture
def on_a_wall(trained):
    """A person at a photo that is proposed for wall 3."""
    trained.find(QAbstractButton, "wallTab3").click()
    return trained


@pytest.mark.parametrize(
    ("key", "held", "grade"),
    [
        (Key.Key_BracketLeft, Qt.KeyboardModifier.NoModifier, 2),
        (Key.Key_BracketRight, Qt.KeyboardModifier.NoModifier, 4),
        (Key.Key_Down, ALT, 2),
        (Key.Key_Up, ALT, 4),
    ],
)
def test_a_proposal_is_corrected_by_one_grade_and_the_next_is_in_focus(on_a_wall, key, held, grade):
    name = on_a_wall.focused()
    assert proposed(on_a_wall, name) == 3
    on_a_wall.press(key, hold=held)
    assert on_a_wall.code(name) == grade
    assert on_a_wall.focused() != name


def test_several_photos_go_each_from_its_own_grade_in_one_act(collector):
    collector.grade_truly("a")
    collector.press(Key.Key_A, hold=Qt.KeyboardModifier.ControlModifier)
    collector.press(Key.Key_BracketLeft)
    assert [collector.code(f"a{n}") for n in range(1, 6)] == [1, 1, 2, 3, 4]
    assert collector.code("b3") == 0
    assert "4 corrected" in collector.window.toast.accessibleDescription()
    collector.choose("undo")
    assert [collector.code(f"a{n}") for n in range(1, 6)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("name", "key"), [("a1", Key.Key_BracketLeft), ("a5", Key.Key_BracketRight)]
)
def test_grades_end_at_1_and_5(collector, name, key):
    collector.grade_truly("a")
    before = collector.session.undoable
    collector.focus(name)
    collector.press(key)
    assert collector.code(name) == int(name[1])
    assert collector.session.undoable == before


@pytest.mark.parametrize(
    ("wall", "key", "words"),
    [
        (5, Key.Key_BracketRight, "5 is the highest grade. Enter accepts the proposal."),
        (1, Key.Key_BracketLeft, "1 is the lowest grade. Enter accepts the proposal."),
    ],
)
@pytest.mark.parametrize("large", [False, True])
def test_at_the_end_a_proposal_is_neither_accepted_nor_left_and_it_says_so(
    trained, wall, key, words, large
):
    trained.find(QAbstractButton, f"wallTab{wall}").click()
    name = trained.focused()
    if large:
        trained.press(Key.Key_E)
    trained.press(key)
    assert trained.code(name) == 0
    assert trained.focused() == name
    assert words in trained.words()


def test_of_a_grade_at_the_end_the_focus_stays_on_it(collector):
    collector.grade_truly("a")
    collector.focus("a5")
    collector.press(Key.Key_BracketRight)
    assert collector.focused() == "a5"
    assert "5 is the highest grade." in collector.words()
    assert "accepts" not in collector.words()


def test_of_several_photos_it_goes_on_as_soon_as_one_is_moved(collector):
    collector.grade_truly("a")
    for name in ("a4", "a5"):
        collector.grid.focus_photo(collector.photo(name))
        collector.control(Key.Key_Space) if name == "a5" else collector.focus(name)
    assert collector.selected() == {"a4", "a5"}
    collector.press(Key.Key_BracketRight)
    assert (collector.code("a4"), collector.code("a5")) == (5, 5)
    assert collector.focused() not in {"a4", "a5"}


@pytest.mark.parametrize("page", ["label", "review"])
def test_where_photos_come_to_is_worked_out_once(trained, monkeypatch, page):
    asked, moves = [], StepGrades.moves
    monkeypatch.setattr(
        StepGrades, "moves", lambda step, session: asked.append(step) or moves(step, session)
    )
    trained.go_to(page)
    if page == "review":
        trained.find(QAbstractButton, "wallTab3").click()
    before = trained.session.undoable
    trained.press(Key.Key_A, hold=Qt.KeyboardModifier.ControlModifier)
    trained.press(Key.Key_BracketLeft)
    assert trained.session.undoable != before
    assert len(asked) == 1


def test_of_a_mixture_answers_of_the_exam_are_not_stepped(collector):
    collector.grade_truly("a")
    table = collector.session.table
    table.exam[table.row_of[collector.photo("a3")]] = True
    collector.press(Key.Key_A, hold=Qt.KeyboardModifier.ControlModifier)
    collector.press(Key.Key_BracketLeft)
    assert [collector.code(f"a{n}") for n in range(1, 6)] == [1, 1, 3, 3, 4]
    assert "1 exam photo left out" in collector.window.toast.accessibleDescription()


def test_a_photo_without_any_grade_stays(collector):
    collector.focus("a1")
    collector.press(Key.Key_BracketRight)
    assert collector.code("a1") == 0
    assert collector.focused() == "a1"
    assert "give one by its digit" in collector.words()


def test_a_photo_marked_unsure_stays(collector):
    collector.focus("a1")
    collector.press(Key.Key_U)
    collector.focus("a1")
    collector.press(Key.Key_BracketRight)
    assert collector.code("a1") == -1


def test_the_loupe_corrects_too(on_a_wall):
    name = on_a_wall.focused()
    on_a_wall.press(Key.Key_E, Key.Key_BracketRight)
    assert on_a_wall.code(name) == Grade.GOOD


def test_what_is_to_be_graded_blind_is_not_corrected(trained):
    table = trained.session.table
    row = next(r for r in range(len(table)) if not table.codes[r] and table.proposed[r] == 3)
    table.exam[row] = True
    trained.go_to("label")
    trained.grid.show_photo(table.ids[row])
    trained.press(Key.Key_BracketRight)
    assert not table.codes[row]
    assert np.count_nonzero(table.exam) == 1


def test_the_comparison_corrects_the_photo_in_its_frame(collector):
    collector.grade_truly("a")
    collector.focus("a2")
    collector.choose("compare-photos")
    collector.press(Key.Key_BracketRight)
    assert collector.code("a2") == 3
