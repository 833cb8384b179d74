"""Undo over everything: every act, every page, and the evening before."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tinyclf_gui.commands import GradePhotos

Key = Qt.Key


def again(collector):
    collector.press(
        Key.Key_Z, hold=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )


def go_to_another_wall(trained):
    here = trained.workspace.pages.review.wall
    trained.click(next(f"wallTab{wall}" for wall in (1, 5) if wall != here))


def test_acts_are_taken_back_and_done_again(collector):
    collector.focus("a1")
    collector.press(Key.Key_1, Key.Key_2)
    collector.control(Key.Key_Z)
    assert (collector.code("a1"), collector.code("a2")) == (1, 0)
    collector.control(Key.Key_Z)
    assert collector.code("a1") == 0
    again(collector)
    again(collector)
    assert (collector.code("a1"), collector.code("a2")) == (1, 2)


def test_a_bulk_act_is_one_step(collector):
    collector.grid.selectAll()
    collector.press(Key.Key_3)
    assert collector.code("d5") == 3
    collector.control(Key.Key_Z)
    assert not collector.session.table.codes.any()


def test_the_last_act_is_said_with_the_way_back(collector):
    collector.grid.selectAll()
    collector.press(Key.Key_3)
    assert "20 graded 3" in collector.words()
    collector.click("undoLink")
    assert not collector.session.table.codes.any()
    assert "20 taken back" in collector.words()


def test_after_an_undo_the_link_says_that_it_takes_back_one_more(collector):
    for name in ("a1", "a2", "a3"):
        collector.focus(name)
        collector.press(Key.Key_3)
    link = collector.find(QPushButton, "undoLink")
    assert link.text() == "Undo"
    collector.click("undoLink")
    assert link.text() == "Undo one more"
    collector.click("undoLink")
    assert (collector.code("a1"), collector.code("a2")) == (3, 0)
    collector.choose("redo")
    assert link.text() == "Undo"


def test_what_was_undone_comes_into_focus_again(collector):
    collector.focus("a1")
    collector.press(Key.Key_5)
    collector.focus("d5")
    collector.control(Key.Key_Z)
    assert collector.selected() == {"a1"}


def test_after_an_undo_of_many_the_next_digit_is_for_one(collector):
    collector.control(Key.Key_A)
    collector.press(Key.Key_3)
    collector.control(Key.Key_Z)
    assert collector.selected() == {collector.focused()}
    again(collector)
    assert collector.selected() == {collector.focused()}
    collector.press(Key.Key_2)
    assert sorted(collector.session.table.codes.tolist()) == [2] + [3] * 19


@pytest.mark.parametrize("page", ["label", "review"])
def test_beside_the_grades_one_reads_for_how_many_a_digit_is(trained, page):
    trained.go_to(page)
    photos = len(trained.shown())
    trained.control(Key.Key_A)
    assert trained.find(QLabel, "photoName").text().startswith(f"{photos} selected · ")
    trained.press(Key.Key_E)
    assert "selected" not in trained.find(QLabel, "photoName").text()
    trained.press(Key.Key_G, Key.Key_Right)
    assert "selected" not in trained.find(QLabel, "photoName").text()


def test_what_was_undone_scrolls_into_view(collector):
    grid = collector.grid
    grid.set_side(320)
    collector.focus("a1")
    collector.press(Key.Key_5)
    collector.focus("d5")
    position = grid.model().position_of(collector.photo("a1"))
    assert position not in grid.visible_positions()
    collector.control(Key.Key_Z)
    assert position in grid.visible_positions()


def test_what_was_undone_comes_into_view_past_a_filter(collector):
    collector.focus("a1")
    collector.press(Key.Key_5)
    collector.click("notGradedChip")
    again(collector)  # nothing to do again: nothing happens
    assert collector.code("a1") == 5
    collector.control(Key.Key_Z)
    again(collector)
    assert collector.code("a1") == 5
    assert collector.selected() == {"a1"}
    assert collector.shown()[0] == "a1"


def test_undo_reaches_over_pages(trained):
    trained.go_to("label")
    trained.focus("d3")
    trained.press(Key.Key_1)
    trained.go_to("review")
    trained.control(Key.Key_Z)
    assert trained.code("d3") == 0
    assert trained.selected() == {"d3"}


def test_on_the_train_page_undo_shows_what_it_undid(collector):
    collector.focus("a1")
    collector.press(Key.Key_5)
    collector.go_to("train")
    collector.control(Key.Key_Z)
    assert collector.window.page == "label"
    assert collector.selected() == {"a1"}


def test_undo_reaches_over_training(trained):
    before = trained.session.table.codes.copy()
    trained.control(Key.Key_Z)
    assert trained.session.table.codes[trained.session.table.row_of[trained.photo("b5")]] == 0
    again(trained)
    assert (trained.session.table.codes == before).all()


def test_undo_reaches_into_the_evening_before(collector, sit_down):
    collector.focus("a1")
    collector.press(Key.Key_5, Key.Key_4)
    path = collector.session.path
    collector.window.close()
    next_evening = sit_down()
    next_evening.desk.open_collection(path)
    next_evening.wait_until_idle()
    next_evening.control(Key.Key_Z)
    assert (next_evening.code("a1"), next_evening.code("a2")) == (5, 0)
    assert next_evening.selected() == {"a2"}
    again(next_evening)
    assert next_evening.code("a2") == 4


def test_undo_reaches_over_the_training_of_the_evening_before(trained, sit_down):
    path = trained.session.path
    trained.window.close()
    next_evening = sit_down()
    next_evening.desk.open_collection(path)
    next_evening.wait_until_idle()
    for _ in range(10):
        next_evening.control(Key.Key_Z)
    assert not next_evening.session.table.codes.any()
    for _ in range(10):
        again(next_evening)
    assert np.count_nonzero(next_evening.session.table.codes) == 10


def test_undo_is_offered_only_where_there_is_something(collector):
    menu = collector.window.menu
    assert not menu.action("undo").isEnabled()
    collector.focus("a1")
    collector.press(Key.Key_5)
    assert menu.action("undo").isEnabled()
    assert not menu.action("redo").isEnabled()
    collector.control(Key.Key_Z)
    assert not menu.action("undo").isEnabled()
    assert menu.action("redo").isEnabled()


def test_after_another_deed_there_is_nothing_to_do_again(collector):
    collector.focus("a1")
    collector.press(Key.Key_5)
    collector.control(Key.Key_Z)
    collector.focus("a2")
    collector.press(Key.Key_5)
    assert not collector.window.menu.action("redo").isEnabled()


def test_undo_of_accepting_the_rest_brings_the_proposals_back(trained):
    walls = trained.session.status().walls
    fullest = max(walls, key=lambda wall: wall.photos - wall.human)
    trained.click(f"wallTab{int(fullest.grade)}")
    trained.click("acceptRestButton")
    trained.control(Key.Key_Z)
    trained.workspace.collection.recount()
    left = fullest.photos - fullest.human
    told = trained.find(QPushButton, "acceptRestButton").text()
    assert told.startswith(f"Accept {left} and learn from them\nabout ")


def test_what_hangs_on_no_wall_any_more_is_shown_on_the_label_page(trained):
    done = trained.session.undoable.photo_ids
    trained.control(Key.Key_Z)
    assert trained.window.page == "label"
    assert trained.selected() <= {trained.name_of(one) for one in done}


def test_a_mark_done_again_on_another_wall_is_shown(trained):
    name = trained.shown()[0]
    trained.focus(name)
    trained.press(Key.Key_X)
    trained.control(Key.Key_Z)
    trained.click(
        next(f"wallTab{wall}" for wall in (1, 5) if wall != trained.workspace.pages.review.wall)
    )
    again(trained)
    assert name in trained.selected()


def test_steps_back_on_review_are_shown_where_some_of_them_hang(trained):
    trained.workspace.collection.return_to(trained.session.past(50)[-1].number)
    assert trained.window.page == "label"
    assert trained.selected()


def test_of_many_photos_the_wall_of_one_that_hangs_is_shown(trained):
    review, hanging = trained.workspace.pages.review, trained.shown()[0]
    bare = trained.photo("a1")
    trained.workspace.collection.do(GradePhotos([bare], None))
    trained.click(
        next(f"wallTab{wall}" for wall in (1, 5) if wall != trained.workspace.pages.review.wall)
    )
    assert review.shown.reveal([bare, trained.photo(hanging)])
    assert trained.selected() == {hanging}
    assert not review.shown.reveal([bare])
