from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tinyclf.domain import ActKind, Grade, PhotoId
from tinyclf.trust.advice import Advice, Step
from tinyclf.trust.review_order import most_doubtful_first
from tinyclf_gui.models import photo_mime
from tinyclf_gui.widgets.wall_tabs import WallTab

Key = Qt.Key
ACTION, BUTTON, NO_KEY = (
    Qt.DropAction.CopyAction,
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
)


@pytest.fixture
def reviewer(trained):
    """A person before the fullest wall."""
    walls = trained.session.status().walls
    fullest = max(walls, key=lambda wall: wall.photos - wall.human)
    trained.click(f"wallTab{int(fullest.grade)}")
    trained.wall = fullest.grade
    trained.other = Grade.FLAWLESS if fullest.grade < 3 else Grade.BARELY_VISIBLE
    assert len(trained.shown()) >= 2
    return trained


def wall(reviewer, grade):
    return reviewer.session.status().walls[grade - 1]


def photos_told(reviewer, grade):
    """Read from a tab how many photos hang on its wall."""
    reviewer.workspace.collection.recount()
    told = reviewer.find(WallTab, f"wallTab{int(grade)}").accessibleDescription()
    return int(told.split(".")[0].removeprefix("Photos: "))


def digit(grade):
    return Key(Key.Key_0 + int(grade))


def test_before_any_training_there_is_one_sentence_and_one_button(collector):
    collector.go_to("review")
    assert "No proposals yet" in collector.words()
    collector.click("goToTrainButton")
    assert collector.window.page == "train"


def test_walls_show_what_is_left_to_check(reviewer):
    assert not {"a", "b"} & {name[0] for name in reviewer.shown()}


def advise(reviewer, advice):
    """Have the window say what to do next."""
    collection = reviewer.workspace.collection
    collection.counts.tell(replace(collection.status, advice=advice))


def test_the_card_takes_one_to_the_wall_it_advises(reviewer):
    advise(reviewer, Advice(Step.REVIEW, (reviewer.other,), 1))
    reviewer.click("nextStepButton")
    assert reviewer.find(WallTab, f"wallTab{int(reviewer.other)}").isChecked()
    assert not [
        one
        for one in reviewer.window.findChildren(QPushButton, "nextStepButton")
        if one.isVisible()
    ]


def test_the_card_takes_one_to_the_exam_and_sets_photos_aside(reviewer, monkeypatch):
    monkeypatch.setattr("tinyclf.session.exams.STARTERS_FOR_AN_EXAM", 5)
    monkeypatch.setattr("tinyclf.session.exams.EXAM_PHOTOS", 2)
    reviewer.workspace.collection.recount()
    advise(reviewer, Advice(Step.EXAM, count=40))
    assert reviewer.find(QPushButton, "nextStepButton").text() == "Set 40 aside and grade them"
    reviewer.click("nextStepButton")
    assert reviewer.window.page == "label"
    assert reviewer.session.status().exam.reserved == len(reviewer.shown()) > 0


def test_the_most_doubtful_come_first(reviewer):
    table = reviewer.session.table
    rows = [table.row_of[reviewer.photo(name)] for name in reviewer.shown()]
    assert most_doubtful_first(table.probabilities[rows]).tolist() == list(range(len(rows)))


def test_a_tab_shows_its_wall(reviewer):
    reviewer.click(f"wallTab{int(reviewer.other)}")
    table = reviewer.session.table
    for name in reviewer.shown():
        assert table.current[table.row_of[reviewer.photo(name)]] == reviewer.other


def test_the_whole_wall_shows_checked_photos_too(reviewer):
    reviewer.click("allChip")
    assert len(reviewer.shown()) == wall(reviewer, reviewer.wall).photos


def test_enter_signs_the_proposal_and_goes_on(reviewer):
    first, second = reviewer.shown()[:2]
    reviewer.focus(first)
    reviewer.press(Key.Key_Return)
    table = reviewer.session.table
    assert reviewer.code(first) == reviewer.wall
    assert table.verified[table.row_of[reviewer.photo(first)]]
    assert reviewer.focused() == second


def test_a_digit_moves_a_photo_to_another_wall(reviewer):
    first, second = reviewer.shown()[:2]
    here, there = photos_told(reviewer, reviewer.wall), photos_told(reviewer, reviewer.other)
    reviewer.focus(first)
    reviewer.press(digit(reviewer.other))
    assert reviewer.code(first) == reviewer.other
    assert reviewer.focused() == second
    assert photos_told(reviewer, reviewer.wall) == here - 1
    assert photos_told(reviewer, reviewer.other) == there + 1


def test_a_moved_photo_stays_dimmed_until_the_wall_is_left(reviewer):
    first = reviewer.shown()[0]
    reviewer.focus(first)
    reviewer.press(digit(reviewer.other))
    assert reviewer.grid.model().tile(0).dimmed
    reviewer.click(f"wallTab{int(reviewer.other)}")
    reviewer.click("allChip")
    assert first in reviewer.shown()
    reviewer.click(f"wallTab{int(reviewer.wall)}")
    assert first not in reviewer.shown()


def test_photos_dropped_on_a_tab_move_to_its_wall(reviewer):
    names = reviewer.shown()[:2]
    tab = reviewer.find(WallTab, f"wallTab{int(reviewer.other)}")
    drop(tab, [reviewer.photo(name) for name in names])
    assert [reviewer.code(name) for name in names] == [reviewer.other] * 2
    assert reviewer.session.history()[0].kind is ActKind.CORRECT


def test_photos_dropped_on_a_grade_button_move_too(reviewer):
    name = reviewer.shown()[0]
    drop(reviewer.find(QPushButton, f"gradeButton{int(reviewer.other)}"), [reviewer.photo(name)])
    assert reviewer.code(name) == reviewer.other


@pytest.mark.parametrize("page", ["review", "label"])
def test_photos_of_another_collection_are_refused_in_words(reviewer, page):
    reviewer.go_to(page)
    before = reviewer.session.undoable
    own = reviewer.session.table.ids[0]
    drop(reviewer.find(QPushButton, "gradeButton4"), [own, PhotoId("0" * 32)])
    assert reviewer.session.undoable == before
    assert "photos are of another collection" in reviewer.window.toast.accessibleDescription()


def test_photos_of_another_collection_are_refused_by_a_wall_too(reviewer):
    drop(reviewer.find(WallTab, f"wallTab{int(reviewer.other)}"), [PhotoId("0" * 32)])
    assert "photos are of another collection" in reviewer.window.toast.accessibleDescription()


def drop(target: QWidget, photo_ids):
    carried = photo_mime.mime_of(photo_ids)
    where = target.rect().center()
    enter = QDragEnterEvent(where, ACTION, carried, BUTTON, NO_KEY)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(where), ACTION, carried, BUTTON, NO_KEY))


def test_accept_the_rest_signs_the_wall_in_one_act(reviewer):
    left = wall(reviewer, reviewer.wall).photos - wall(reviewer, reviewer.wall).human
    told = reviewer.find(QPushButton, "acceptRestButton").text()
    assert told.startswith(f"Accept {left} and learn from them\nabout ")
    reviewer.click("acceptRestButton")
    assert wall(reviewer, reviewer.wall).human == wall(reviewer, reviewer.wall).photos
    act = reviewer.session.history()[0]
    assert (act.kind, len(act.photo_ids)) == (ActKind.ACCEPT_REST, left)
    reviewer.workspace.collection.recount()
    assert not reviewer.find(QPushButton, "acceptRestButton").isEnabled()


def test_an_empty_wall_says_so(reviewer):
    reviewer.click("acceptRestButton")
    reviewer.click(f"wallTab{int(reviewer.other)}")
    reviewer.click(f"wallTab{int(reviewer.wall)}")
    assert reviewer.shown() == []


def test_retrain_counts_the_corrections(reviewer):
    assert reviewer.find(QPushButton, "retrainButton").text() == "Retrain"
    assert not reviewer.find(QPushButton, "retrainButton").isEnabled()
    reviewer.focus(reviewer.shown()[0])
    reviewer.press(digit(reviewer.other))
    reviewer.workspace.collection.recount()
    assert reviewer.find(QPushButton, "retrainButton").text() == "Retrain on 1 correction"
    reviewer.press(digit(reviewer.other))
    reviewer.workspace.collection.recount()
    assert reviewer.find(QPushButton, "retrainButton").text() == "Retrain on 2 corrections"


def test_what_was_only_signed_is_no_correction(reviewer):
    reviewer.focus(reviewer.shown()[0])
    reviewer.press(Key.Key_Return)
    reviewer.workspace.collection.recount()
    button = reviewer.find(QPushButton, "retrainButton")
    assert button.text() == "Retrain on 1 accepted"
    assert (button.isEnabled(), button.property("kind")) == (True, "secondary")


def test_corrections_change_the_next_round(reviewer, qtbot):
    before = reviewer.session.table.probabilities.copy()
    for name in reviewer.shown()[:3]:
        reviewer.focus(name)
        reviewer.press(digit(reviewer.other))
    with qtbot.waitSignal(reviewer.workspace.workbench.trained, timeout=30_000):
        reviewer.workspace.collection.recount()
        reviewer.click("retrainButton")
    reviewer.wait_until_idle()
    waiting = reviewer.session.table.ungraded
    assert waiting.any()
    assert (before[waiting] != reviewer.session.table.probabilities[waiting]).any()
    assert reviewer.session.model.number == 2
    assert reviewer.find(QPushButton, "retrainButton").text() == "Retrain"


def test_the_order_can_be_chosen(reviewer):
    reviewer.order("imported")
    assert reviewer.shown() == sorted(reviewer.shown())


def test_unsure_takes_a_photo_off_the_walls(reviewer):
    name = reviewer.shown()[0]
    here = photos_told(reviewer, reviewer.wall)
    reviewer.focus(name)
    reviewer.press(Key.Key_U)
    assert photos_told(reviewer, reviewer.wall) == here - 1
    assert reviewer.code(name) == -1


def test_undo_on_another_wall_brings_the_photo_into_view(reviewer):
    name = reviewer.shown()[0]
    reviewer.focus(name)
    reviewer.press(digit(reviewer.other))
    reviewer.click(f"wallTab{int(reviewer.other)}")
    reviewer.control(Key.Key_Z)
    assert reviewer.code(name) == 0
    assert reviewer.selected() == {name}
    assert reviewer.find(WallTab, f"wallTab{int(reviewer.wall)}").isChecked()


def test_the_loupe_moves_photos_too(reviewer):
    first, second = reviewer.shown()[:2]
    reviewer.focus(first)
    reviewer.press(Key.Key_E, digit(reviewer.other), Key.Key_Return, Key.Key_G)
    assert (reviewer.code(first), reviewer.code(second)) == (reviewer.other, reviewer.wall)
