from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton

from tinyclf.domain import Grade
from tinyclf.trust.advice import Advice, Step
from tinyclf_gui.widgets.next_step import why_train
from tinyclf_gui.widgets.starter_meters import StarterMeters

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_digit_grades_the_focused_photo_and_goes_on(collector):
    collector.focus("a1")
    collector.press(Key.Key_4)
    assert collector.code("a1") == 4
    assert collector.focused() == "a2"


def test_without_auto_advance_the_focus_stays(collector):
    collector.find(QCheckBox, "autoAdvanceToggle").setChecked(False)
    collector.focus("a1")
    collector.press(Key.Key_4)
    assert collector.focused() == "a1"


def test_shift_and_a_digit_goes_on_even_then(collector):
    collector.find(QCheckBox, "autoAdvanceToggle").setChecked(False)
    collector.focus("a1")
    collector.press(Key.Key_4, hold=SHIFT)
    assert collector.code("a1") == 4
    assert collector.focused() == "a2"


def test_at_the_end_of_the_list_it_says_so(collector):
    last = collector.shown()[-1]
    collector.focus(last)
    collector.press(Key.Key_3)
    assert collector.focused() == last
    assert f"{last} graded 3 · last photo of this list" in collector.words()
    collector.press(Key.Key_3)
    assert collector.words().count("last photo of this list") == 1
    collector.find(QPushButton, "undoLink").click()
    assert collector.code(last) == 0
    assert "last photo" not in collector.words()


@pytest.mark.parametrize("leave", ["page", "list"])
def test_the_end_of_a_list_is_told_only_while_that_list_is_in_view(collector, leave):
    last = collector.shown()[-1]
    collector.focus(last)
    collector.press(Key.Key_3)
    if leave == "page":
        collector.go_to("train")
    else:
        collector.click("notGradedChip")
    assert "last photo" not in collector.words()
    assert f"{last} graded 3" in collector.words()


@pytest.mark.parametrize("large", [False, True])
def test_one_digit_too_many_does_not_change_the_last_photo(collector, large):
    last = collector.shown()[-1]
    collector.focus(last)
    if large:
        collector.press(Key.Key_E)
    collector.press(Key.Key_3, Key.Key_5)
    assert collector.code(last) == 3
    assert "press again to change its grade" in collector.words()
    collector.press(Key.Key_5)
    assert collector.code(last) == 5
    assert f"{last} graded 5 · last photo of this list" in collector.words()
    collector.press(Key.Key_4)  # it is meant by now
    assert collector.code(last) == 4


def test_one_step_too_many_does_not_either(collector):
    last = collector.shown()[-1]
    collector.focus(last)
    collector.press(Key.Key_2, Key.Key_BracketRight)
    assert collector.code(last) == 2
    collector.press(Key.Key_BracketRight)
    assert collector.code(last) == 3


def test_the_last_photo_can_be_cleared_at_once_and_graded_anew(collector):
    last = collector.shown()[-1]
    collector.focus(last)
    collector.press(Key.Key_3, Key.Key_0)
    assert collector.code(last) == 0
    collector.press(Key.Key_4)
    assert collector.code(last) == 4


def test_who_comes_back_to_the_last_photo_means_it(collector):
    last = collector.shown()[-1]
    collector.focus(last)
    collector.press(Key.Key_3, Key.Key_Left, Key.Key_Right, Key.Key_5)
    assert collector.code(last) == 5


def test_without_auto_advance_the_last_photo_is_graded_as_any(collector):
    collector.find(QCheckBox, "autoAdvanceToggle").setChecked(False)
    collector.focus(collector.shown()[-1])
    collector.press(Key.Key_3, Key.Key_5)
    assert collector.code(collector.focused()) == 5


def test_elsewhere_and_of_many_photos_it_does_not(collector):
    collector.focus("a1")
    collector.press(Key.Key_3)
    assert "last photo" not in collector.words()
    collector.control(Key.Key_A)
    collector.press(Key.Key_4)
    assert "last photo" not in collector.words()


def test_the_toggle_is_remembered(collector):
    collector.find(QCheckBox, "autoAdvanceToggle").setChecked(False)
    assert not collector.settings.auto_advance


def test_0_clears_a_grade(collector):
    collector.focus("a1")
    collector.press(Key.Key_4)
    collector.focus("a1")
    collector.press(Key.Key_0)
    assert collector.code("a1") == 0


def test_u_and_x_mark_a_photo(collector):
    collector.focus("a1")
    collector.press(Key.Key_U, Key.Key_X)
    assert (collector.code("a1"), collector.code("a2")) == (-1, -2)


def test_the_whole_selection_is_graded(collector):
    collector.focus("a1")
    collector.press(Key.Key_Right, Key.Key_Right, hold=SHIFT)
    collector.press(Key.Key_2)
    assert [collector.code(name) for name in ("a1", "a2", "a3", "a4")] == [2, 2, 2, 0]
    assert collector.focused() == "a4"


def test_a_grade_button_grades(collector):
    collector.focus("b3")
    collector.click("gradeButton3")
    assert collector.code("b3") == 3


def test_chips_filter_by_what_a_person_did(collector):
    collector.grade_truly("a")
    collector.click("gradedChip")
    assert collector.shown() == ["a1", "a2", "a3", "a4", "a5"]
    collector.click("gradedChip")
    collector.click("notGradedChip")
    assert not any(name.startswith("a") for name in collector.shown())


def test_chips_of_one_kind_add_up(collector):
    collector.grade_truly("a")
    collector.click("gradedChip")
    collector.click("notGradedChip")
    assert len(collector.shown()) == 20


def test_what_no_longer_matches_stays_dimmed_until_the_page_is_left(collector):
    collector.click("notGradedChip")
    collector.focus("a1")
    collector.press(Key.Key_1)
    assert "a1" in collector.shown()
    assert collector.grid.model().tile(0).dimmed
    collector.go_to("train")
    collector.go_to("label")
    assert "a1" not in collector.shown()


def test_going_on_passes_over_what_is_done(collector):
    collector.click("notGradedChip")
    collector.focus("a2")
    collector.press(Key.Key_2)
    collector.focus("a1")
    collector.press(Key.Key_1)
    assert collector.focused() == "a3"


def test_the_chips_count(collector):
    collector.grade_truly("a")
    assert collector.find(QPushButton, "gradedChip").text() == "Graded 5"
    assert collector.find(QPushButton, "notGradedChip").text() == "Not graded 15"


def test_before_any_grade_the_suggested_photos_are_shown(welcome, folder):
    welcome.desk.take_folder(folder)
    welcome.wait_until_idle()
    assert welcome.find(QPushButton, "suggestedChip").isChecked()


def test_the_next_step_is_said(collector):
    assert "About 2 of each grade make a good start." in collector.words()
    collector.grade_truly("a")
    assert "About 1 more of each grade will help most." in collector.words()


def test_a_training_is_advised_with_a_reason_that_the_bars_bear_out(collector):
    status = collector.session.status()
    few, enough = (
        replace(status, counts=replace(status.counts, photos=300, learnable=learnable))
        for learnable in ((30, 30, 30, 30, 7), (20,) * 5)
    )
    assert why_train(few) == "Enough to train a first time; 20 of each is better."
    assert why_train(enough) == "Enough of each grade: train now."


def test_once_trained_it_is_the_exam_that_asks_for_another_training(trained):
    status = replace(trained.session.status(), grades_missing=())
    assert why_train(status) == "The exam is complete: train again, and it judges what comes of it."
    status = replace(status, grades_missing=(Grade.POOR,))
    assert why_train(status) == "Train again: some grades were never learnt from yet."


def test_from_label_a_button_leads_to_the_wall_of_the_next_step(trained):
    status = trained.session.status()
    trained.go_to("label")
    advice = Advice(Step.REVIEW, (Grade.POOR,), 3)
    told = replace(status, advice=advice)
    trained.workspace.collection.counts.tell(told)
    assert trained.find(QPushButton, "goToWallButton").text() == "Go to wall 2"
    trained.click("goToWallButton")
    assert trained.workspace.browser is trained.workspace.pages.review.browser
    assert trained.workspace.pages.review.wall is Grade.POOR


def test_a_step_taken_here_has_no_button_to_a_wall(collector):
    assert not collector.window.findChild(QPushButton, "goToWallButton").isVisible()


def test_while_photos_come_in_no_goal_grows(collector, monkeypatch):
    meters = collector.find(StarterMeters, "starterMeters")
    assert meters.isVisible()
    workbench = collector.workspace.workbench
    with monkeypatch.context() as importing:
        importing.setattr(type(workbench), "reading", property(lambda _: True))
        workbench.busyChanged.emit(True)
        assert not meters.isVisible()
        assert "of each grade" not in collector.words()
    workbench.busyChanged.emit(False)
    assert meters.isVisible()
    assert "of each grade" in collector.words()


def test_one_grade_cannot_train(collector):
    collector.focus("a1")
    collector.press(Key.Key_4, Key.Key_4)
    collector.workspace.collection.recount()
    assert not collector.find(QPushButton, "trainButton").isEnabled()


def test_two_grades_can(collector):
    collector.focus("a1")
    collector.press(Key.Key_4, Key.Key_5)
    collector.workspace.collection.recount()
    assert collector.find(QPushButton, "trainButton").isEnabled()
    assert collector.find(QPushButton, "trainButton").text() == "Train on 2 grades"


def test_train_shows_how_it_goes(collector, qtbot):
    collector.grade_truly("ab")
    with qtbot.waitSignal(collector.workspace.workbench.trained, timeout=30_000):
        collector.click("trainButton")
        assert collector.window.page == "train"


def test_no_photo_need_match(collector):
    collector.click("gradedChip")
    assert collector.shown() == []


def test_the_loupe_grades_and_goes_on(collector):
    collector.focus("a1")
    collector.press(Key.Key_E)
    assert collector.workspace.browser.loupe.isVisible()
    collector.press(Key.Key_5, Key.Key_3, Key.Key_Escape)
    assert (collector.code("a1"), collector.code("a2")) == (5, 3)
    assert collector.focused() == "a3"


def test_photos_that_join_later_do_not_disturb(collector, folder, photo):
    collector.click("notGradedChip")
    collector.find(QCheckBox, "autoAdvanceToggle").setChecked(False)
    collector.focus("b2")
    collector.press(Key.Key_2)
    photo(folder / "e9.png")
    collector.desk.take_folder(folder)
    collector.wait_until_idle()
    assert collector.shown()[-1] == "e9"
    assert "b2" in collector.shown()
    assert collector.focused() == "b2"
