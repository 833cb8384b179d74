"""Grading to learn how good the grades are: blind, again, and where they look like slips."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton

from tinyclf.domain import Grade
from tinyclf.errors import StorageError
from tinyclf.project.second_look_rows import SecondLookRows
from tinyclf.session import LabelIssue, Session
from tinyclf_gui.commands import GradePhotos
from tinyclf_gui.models.act_history import ActHistory
from tinyclf_gui.widgets.order_button import OrderButton
from tinyclf_gui.widgets.starter_meters import StarterMeters

Key = Qt.Key
NAMES = ("c1", "c2", "c3")


@pytest.fixture
def examinee(trained):
    """A person who has trained, and for whom three photos are set aside."""
    session = trained.session
    session._store.reserve_exam([trained.photo(name) for name in NAMES], most=3)
    trained.workspace.collection.refresh()
    trained.workspace.collection.recount()
    trained.go_to("label")
    trained.click("examChip")
    return trained


def test_the_exam_says_how_far_it_is(examinee):
    assert examinee.find(QPushButton, "examChip").text() == "Exam 0 of 40"
    examinee.focus("c1")
    examinee.press(Key.Key_1)
    examinee.workspace.collection.recount()
    assert examinee.find(QPushButton, "examChip").text() == "Exam 1 of 40"


def test_the_exam_is_graded_blind(examinee):
    assert set(examinee.shown()) == set(NAMES)
    model = examinee.grid.model()
    assert not any(model.tile(row).proposed for row in range(model.rowCount()))
    assert "% sure" not in examinee.words()
    examinee.press(Key.Key_E)
    assert "% sure" not in examinee.words()


def test_the_meters_count_what_can_be_learnt_from_and_say_so(collector):
    collector.session._store.reserve_exam([collector.photo(name) for name in NAMES], most=3)
    collector.workspace.collection.refresh()
    collector.grade_truly("abc")
    assert sum(collector.session.status().counts.graded) == 15
    meters = collector.window.findChild(StarterMeters)
    assert "grade 5: 3 / 2, grade 4: 3 / 2, grade 3: 2 / 2" in meters.accessibleDescription()
    assert collector.find(QLabel, "examLeftOut").text() == (
        "Not counted: 3 graded for the exam, which is never learnt from."
    )
    assert collector.find(QPushButton, "trainButton").text() == "Train on 12 grades"


def test_an_exam_that_is_graded_shows_its_photos_with_their_grades(examinee):
    for name in NAMES:
        examinee.focus(name)
        examinee.press(Key(Key.Key_0 + int(name[1])))
    examinee.click("examChip")
    examinee.click("examChip")
    assert set(examinee.shown()) == set(NAMES)
    assert {examinee.grid.model().tile(row).code for row in range(3)} == {1, 2, 3}
    assert "All 3 photos set aside for the exam are done" in examinee.words()


def test_the_chip_says_which_suggestions_are_of_the_exam(collector):
    photos = [collector.photo(name) for name in ("a1", "a2", "c1", "c2", "c3")]
    collector.session._store.reserve_exam(photos, most=5)
    collector.workspace.collection.refresh()
    collector.workspace.workbench.suggested.emit([*photos[1:], collector.photo("d1")])
    collector.click("suggestedChip")
    told = "1 to learn from, 4 set aside at random for the exam: grade all of them alike."
    assert told in collector.find(QPushButton, "suggestedChip").toolTip()
    told = "Suggested first: 1 to learn from, 4 for the exam. Grade all of them alike."
    assert collector.find(QLabel, "listNote").text() == told
    collector.choose("show-all")
    assert not collector.window.findChild(QLabel, "listNote").isVisible()


def test_that_a_photo_is_of_the_exam_is_told_once_it_is_graded(examinee):
    examinee.choose("show-all")
    examinee.find(QCheckBox, "autoAdvanceToggle").setChecked(False)
    examinee.focus("c2")
    assert "counts for the exam" not in examinee.words()
    examinee.press(Key.Key_2)
    assert "counts for the exam" in examinee.words()
    assert "counts for the exam" in examinee.window.toast.accessibleDescription()


def test_a_grade_for_many_leaves_the_exam_out_and_says_so(examinee):
    examinee.choose("show-all")
    examinee.control(Key.Key_A)
    examinee.press(Key.Key_4)
    assert [examinee.code(name) for name in NAMES] == [0, 0, 0]
    assert examinee.code("d3") == 4
    toast = examinee.window.toast
    assert "3 exam photos left out" in toast.accessibleDescription()
    examinee.press(Key.Key_0)
    assert examinee.code("d3") == 0
    assert "3 exam photos left out" in toast.accessibleDescription()


def test_photos_of_the_exam_alone_are_graded_together(examinee):
    examinee.control(Key.Key_A)
    examinee.press(Key.Key_4)
    assert [examinee.code(name) for name in NAMES] == [4, 4, 4]
    assert "left out" not in examinee.window.toast.accessibleDescription()


def test_answers_of_the_exam_are_not_swept_along_on_a_wall(examinee):
    examinee.focus("c1")
    examinee.press(Key.Key_1)
    examinee.go_to("review")
    examinee.click("wallTab1")
    examinee.click("allChip")
    assert "c1" in examinee.shown()
    examinee.control(Key.Key_A)
    examinee.press(Key.Key_3)
    assert examinee.code("c1") == 1
    assert examinee.code("a1") == 3
    assert "1 exam photo left out" in examinee.window.toast.accessibleDescription()


def test_no_wall_shows_a_photo_of_the_exam(examinee):
    examinee.go_to("review")
    shown = set[str]()
    for grade in range(1, 6):
        examinee.click(f"wallTab{grade}")
        shown |= set(examinee.shown())
    assert shown
    assert not shown & set(NAMES)


def test_photos_are_set_aside_with_a_click(collector, monkeypatch):
    monkeypatch.setattr("tinyclf.session.exams.STARTERS_FOR_AN_EXAM", 5)
    monkeypatch.setattr("tinyclf.session.exams.EXAM_PHOTOS", 2)  # worth it for so few
    collector.grade_truly("ab")
    collector.click("setAsideButton")
    assert collector.session.status().exam.reserved == 10
    assert len(collector.shown()) == 10
    assert collector.find(QPushButton, "examChip").isChecked()


@pytest.fixture
def again(collector, monkeypatch):
    """A person who has graded all photos, and to whom some are shown again."""
    monkeypatch.setattr("tinyclf.trust.consistency.FEWEST_FRESH", 0)
    collector.grade_truly("abcd")
    collector.go_to("train")
    collector.go_to("label")
    collector.click("showAgainChip")
    collector.name = collector.focused()
    return collector


def test_what_is_shown_again_hides_its_grade(again):
    true = int(again.name[1])
    assert again.code(again.name) == true
    assert again.grid.model().tile(0).code == 0
    bar = [again.find(QPushButton, f"gradeButton{grade}").isChecked() for grade in range(1, 6)]
    assert not any(bar)
    assert f"graded it {true}" not in again.words()
    assert "without your grade" in again.words()


def test_in_the_loupe_nothing_beside_it_gives_its_grade_away(again):
    browser = again.workspace.pages.label.browser
    again.workspace._pin([again.photo(again.name)])
    browser.open_loupe()
    panel = browser.loupe.references
    again.qtbot.wait(200)
    assert panel.isVisible()
    assert not panel.ladder.isVisible()
    assert not panel.look_alikes.buttons
    assert "hidden while you grade this photo blind" in again.words()


def test_neither_history_nor_undo_tell_what_is_shown_again(again):
    name = again.name
    again.choose("show-all")
    for verdict in (None, Grade(int(name[1]))):
        again.workspace.collection.do(GradePhotos([again.photo(name)], verdict))
    again.choose("history")
    history = again.window.findChild(ActHistory)
    assert history.line(0).words == f"{name} graded {name[1]}"
    toast, undo = again.window.toast, again.window.menu.action("undo")
    with again.qtbot.waitSignal(again.workspace.collection.blinded):
        again.workspace.collection.show_blind([again.photo(name)])
    assert history.line(0).words == f"{name} graded"
    assert toast.accessibleDescription() == f"{name} graded"
    assert undo.text().endswith(f"{name} graded")
    again.choose("show-all")
    assert history.line(0).words == f"{name} graded {name[1]}"
    assert undo.text().endswith(f"{name} graded {name[1]}")


def test_nothing_tells_the_grade_of_several_while_one_of_them_is_shown_again(again):
    photos = [again.photo(again.name), again.photo("a1"), again.photo("a2")]
    again.choose("show-all")
    for verdict in (Grade(4), Grade(3)):
        again.workspace.collection.do(GradePhotos(photos, verdict))
    again.choose("history")
    history = again.window.findChild(ActHistory)
    assert history.line(0).words == "3 graded 3"
    toast, undo = again.window.toast, again.window.menu.action("undo")
    again.workspace.collection.show_blind(photos[:1])
    assert [history.line(row).words for row in range(2)] == ["3 graded", "3 graded"]
    assert toast.accessibleDescription() == "3 graded"
    assert undo.text().endswith("3 graded")
    again.workspace.collection.do(GradePhotos(photos, Grade(2)))
    assert history.line(0).words == "3 graded"
    again.workspace.collection.show_blind([])
    assert history.line(0).words == "3 graded 2"
    assert undo.text().endswith("3 graded 2")


def test_the_list_shown_again_is_shown_blind(again):
    collection = again.workspace.collection
    assert collection.is_shown_blind([again.photo(again.name)])
    again.choose("show-all")
    assert not collection.is_shown_blind([again.photo(again.name)])


def test_what_a_photo_of_the_exam_is_like_is_not_shown(examinee):
    examinee.focus("c3")
    examinee.choose("alike")
    assert "Grade this photo first" in examinee.window.toast.accessibleDescription()
    examinee.choose("show-all")
    assert examinee.shown()[:2] == ["a1", "a2"]
    examinee.focus("c3")
    examinee.order("alike")
    assert examinee.shown()[:2] == ["a1", "a2"]
    assert examinee.find(OrderButton, "orderButton").order.key == "imported"


def test_a_photo_of_the_exam_is_not_graded_along_with_its_near_duplicates(examinee):
    examinee.session.group({examinee.photo(name): "one" for name in ("b3", "c3", "d3")})
    examinee.workspace.collection.refresh()
    examinee.choose("show-all")
    examinee.focus("d3")
    examinee.choose("duplicates")
    assert examinee.selected() == {"b3", "d3"}
    examinee.tick("duplicates")
    assert examinee.shown() == ["b3", "d3"]


def test_the_list_shown_again_says_what_it_is(again):
    told = "You graded these a while ago: grade them once more. It changes no grade."
    assert again.find(QLabel, "listNote").text() == told


def test_a_second_opinion_changes_no_grade(again):
    other = 6 - int(again.name[1]) if again.name[1] != "3" else 1
    again.press(Key(Key.Key_0 + other))
    assert again.code(again.name) == int(again.name[1])
    assert again.session.status().consistency.exact.value == 0
    assert again.grid.model().tile(0).dimmed


@contextmanager
def a_full_disk():
    """Second looks cannot be written."""

    def refuse(*_args, **_options):
        raise StorageError("The disk is full.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SecondLookRows, "record_second_looks", refuse)
        yield


def test_a_second_opinion_that_was_not_kept_can_be_given_again(again):
    with a_full_disk():
        again.press(Key.Key_3)
    assert again.focused() == again.name
    assert not again.grid.model().tile(0).dimmed
    again.press(Key.Key_3)
    assert len(again.session.second_looks()) == 1
    assert again.grid.model().tile(0).dimmed


def test_a_grade_stood_by_that_was_not_kept_stays_doubtful(doubter):
    with a_full_disk():
        doubter.press(Key.Key_Return)
    assert doubter.focused() == "a5"
    doubter.go_to("train")
    doubter.go_to("label")
    assert doubter.shown() == ["a5", "a1"]


def test_agreeing_with_oneself_is_told(again):
    again.press(Key(Key.Key_0 + int(again.name[1])))
    again.workspace.collection.recount()
    assert again.find(QLabel, "agreementLine").text().startswith("You agree with yourself 100 %")


def test_in_a_second_look_nothing_can_be_cleared_or_accepted(again):
    again.press(Key.Key_0, Key.Key_Return)
    assert again.code(again.name) == int(again.name[1])
    assert again.session.status().consistency is None


def test_a_second_opinion_is_given_once(again):
    again.press(Key.Key_5, Key.Key_5)
    assert len(again.session._store.second_looks()) == 1


@pytest.fixture
def doubter(trained, monkeypatch):
    """A person two of whose grades look like slips."""
    trained.doubts = [
        LabelIssue(trained.photo("a5"), Grade.FLAWLESS, Grade.POOR, 0.9),
        LabelIssue(trained.photo("a1"), Grade.BARELY_VISIBLE, Grade.GOOD, 0.7),
        LabelIssue(trained.photo("a2"), Grade.POOR, Grade.FAIR, 0.1),
    ]
    monkeypatch.setattr(Session, "label_issues", lambda self: tuple(trained.doubts))
    trained.go_to("label")
    trained.click("doubtfulChip")
    return trained


def test_doubtful_grades_come_worst_first(doubter):
    assert doubter.find(QPushButton, "doubtfulChip").text() == "Doubtful grades 2"
    assert doubter.shown() == ["a5", "a1"]


def test_doubtful_grades_say_how_one_is_kept(doubter):
    told = doubter.find(QLabel, "listNote").text()
    assert "look like slips: Enter or the same digit keeps one" in told


def test_the_same_digit_stands_by_a_doubtful_grade(doubter):
    doubter.press(Key.Key_5)
    assert doubter.code("a5") == 5
    assert doubter.focused() == "a1"
    assert [one.photo_id for one in doubter.session.second_looks()] == [doubter.photo("a5")]


def test_the_same_digit_goes_on_only_where_a_grade_does(doubter):
    doubter.find(QCheckBox, "autoAdvanceToggle").setChecked(False)
    doubter.press(Key.Key_5)
    assert doubter.focused() == "a5"
    assert doubter.grid.model().tile(0).dimmed


def test_another_digit_changes_a_doubtful_grade(doubter):
    doubter.press(Key.Key_2)
    assert doubter.code("a5") == 2
    assert not doubter.session.second_looks()


def test_a_doubtful_grade_says_what_the_classifier_believes(doubter):
    assert doubter.grid.model().tile(0).believed == 2
    assert "you graded it 5, but it looks like 2: Enter keeps 5" in doubter.words()


def test_enter_keeps_a_grade_and_goes_on(doubter):
    doubter.press(Key.Key_Return)
    assert doubter.code("a5") == 5
    assert doubter.grid.model().tile(0).dimmed
    assert doubter.focused() == "a1"
    [look] = doubter.session._store.second_looks()
    assert (look.photo_id, look.blind) == (doubter.photo("a5"), False)


def test_a_digit_changes_a_grade(doubter):
    doubter.press(Key.Key_2)
    assert doubter.code("a5") == 2
    assert doubter.grid.model().tile(0).dimmed
    doubter.control(Key.Key_Z)
    assert doubter.code("a5") == 5


def test_a_list_of_its_own_is_not_mixed_with_others(doubter):
    doubter.click("gradedChip")
    assert not doubter.find(QPushButton, "doubtfulChip").isChecked()
    assert len(doubter.shown()) == 10


def test_once_trained_full_meters_make_room(trained):
    trained.go_to("label")
    meters = trained.window.findChild(StarterMeters)
    assert meters.isVisible() == bool(meters.missing)
