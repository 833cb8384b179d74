"""From wall to wall by the keyboard; and what asks for nothing leaves a wall as it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tinyclf_gui.widgets.cheat_sheet import cheat_sheet

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.mark.parametrize("page", ["label", "train", "review"])
def test_a_key_leads_to_a_wall_from_every_page(trained, page):
    trained.go_to(page)
    for grade in (2, 5, 4):
        trained.press(Key(Key.Key_0 + grade), hold=ALT)
        assert trained.window.page == "review"
        assert trained.workspace.pages.review.wall == grade
        assert QApplication.focusWidget() is trained.grid


def test_one_goes_from_wall_to_wall_and_stops_at_the_last(trained):
    review = trained.workspace.pages.review
    seen = [review.wall]
    for key in [Key.Key_PageDown] * 5 + [Key.Key_PageUp] * 5:
        trained.press(key, hold=ALT)
        seen.append(review.wall)
    assert seen == [5, 4, 3, 2, 1, 1, 2, 3, 4, 5, 5]


def test_from_another_page_one_comes_to_the_wall_seen_last(trained):
    trained.press(Key.Key_3, hold=ALT)
    trained.go_to("label")
    trained.press(Key.Key_PageDown, hold=ALT)
    assert trained.window.page == "review"
    assert trained.workspace.pages.review.wall == 3


def test_keys_of_walls_stand_in_the_menu_and_on_the_sheet(trained):
    assert trained.window.menu.action("wall-4").shortcut().toString() == "Alt+4"
    assert ("Walls", "Alt+PgDown", "Next wall") in [
        (group, key.replace("PgDn", "PgDown"), words) for group, key, words in cheat_sheet()
    ]


def moved(person):
    """Move the photo in focus to another wall; it stays, dimmed."""
    name, review = person.focused(), person.workspace.pages.review
    person.press(Key.Key_1 if review.wall != 1 else Key.Key_2)
    assert name in person.shown()
    return name


def test_a_check_at_random_that_is_refused_leaves_the_wall_as_it_is(trained):
    assert not trained.workspace.pages.review.can_check_at_random
    name = moved(trained)
    trained.choose("audit")
    assert name in trained.shown()


def test_it_does_not_leave_the_page_either(trained):
    trained.go_to("label")
    trained.choose("audit")
    assert trained.window.page == "label"


def test_what_is_dimmed_stays_while_its_page_is_asked_for_again(trained):
    name = moved(trained)
    trained.choose("review")
    trained.find(QPushButton, "reviewSegment").click()
    assert name in trained.shown()
    trained.go_to("train")
    trained.go_to("review")
    assert name not in trained.shown()
