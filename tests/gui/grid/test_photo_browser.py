"""Grid, loupe and comparison of one list, and how one comes from one to another."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from tinyclf.domain import Grade
from tinyclf_gui.widgets.photo_browser import PhotoBrowser

Key = Qt.Key


@pytest.fixture
def browser(qtbot, model, pool, loader):
    browser = PhotoBrowser(model, pool, loader, 96)
    qtbot.addWidget(browser)
    browser.resize(800, 500)
    with qtbot.waitExposed(browser):
        browser.show()
    browser.setFocus()
    browser.begin()
    return browser


@pytest.fixture
def press(qtbot, browser):
    return lambda key: qtbot.keyClick(browser.window().focusWidget(), key)


@pytest.fixture
def compare(browser, press, table):
    """Compare three selected photos, the second of which has the focus."""
    select(browser, table, 3, 5, 8)
    press(Key.Key_C)
    press(Key.Key_Tab)
    return browser.compare


def select(browser, table, *rows):
    browser.grid.reveal([table.ids[row] for row in rows])


def rows(compare, table):
    return [table.row_of[photo_id] for photo_id in compare.photos]


def test_c_compares_the_selection_from_its_first_photo_on(browser, press, table) -> None:
    select(browser, table, 3, 5, 8)
    browser.grid.focus_photo(table.ids[5])
    press(Key.Key_C)
    assert browser.currentWidget() is browser.compare
    assert rows(browser.compare, table) == [3, 5, 8]
    assert browser.targets() == [table.ids[3]]
    assert browser.current_photo == table.ids[3]


def test_c_on_one_photo_compares_it_with_the_next(browser, press, table) -> None:
    select(browser, table, 4)
    press(Key.Key_C)
    assert rows(browser.compare, table) == [4, 5]


def test_c_on_the_last_photo_compares_it_with_the_one_before(browser, press, table) -> None:
    select(browser, table, 39)
    press(Key.Key_C)
    assert rows(browser.compare, table) == [38, 39]
    assert browser.targets() == [table.ids[39]]


def test_of_many_selected_photos_four_are_compared(browser, press, table) -> None:
    select(browser, table, *range(10, 30))
    browser.grid.focus_photo(table.ids[15])
    press(Key.Key_C)
    assert rows(browser.compare, table) == [15, 16, 17, 18]


def test_c_in_the_loupe_compares_its_photo(browser, press, table) -> None:
    select(browser, table, 4)
    press(Key.Key_E)
    press(Key.Key_C)
    assert rows(browser.compare, table) == [4, 5]


def test_a_list_of_one_photo_has_nothing_to_compare(browser, press, model) -> None:
    model.set_rows(np.array([7]))
    press(Key.Key_C)
    assert browser.currentWidget() is browser.grid


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_C, Key.Key_G])
def test_back_in_the_grid_the_selection_is_as_it_was(browser, compare, press, table, key):
    press(Key.Key_Right)
    press(key)
    assert browser.currentWidget() is browser.grid
    assert browser.grid.hasFocus()
    assert browser.targets() == [table.ids[row] for row in (3, 5, 8)]
    assert browser.current_photo == table.ids[8]


def test_a_digit_asks_for_the_focused_photo_alone(qtbot, browser, compare, press, table) -> None:
    with qtbot.waitSignal(browser.verdictGiven) as told:
        press(Key.Key_2)
    assert told.args == [[table.ids[5]], Grade.POOR, False]


def test_the_inspector_is_told_who_has_the_focus(qtbot, browser, compare, press, table) -> None:
    with qtbot.waitSignal(browser.currentPhotoChanged) as told:
        press(Key.Key_Tab)
    assert told.args == [table.ids[8]]
    assert browser.current_tile.photo_id == table.ids[8]


def test_going_on_focuses_the_next_pane(browser, compare, table) -> None:
    browser.go_on()
    assert browser.targets() == [table.ids[8]]


def test_what_is_undone_is_focused_and_nothing_else_moves(browser, compare, table) -> None:
    assert browser.reveal([table.ids[8]])
    assert browser.reveal([table.ids[30]])
    assert browser.currentWidget() is compare
    assert browser.targets() == [table.ids[8]]
    assert len(browser.grid.selected_positions()) == 3


def test_the_list_begun_anew_leaves_the_comparison(browser, compare, table) -> None:
    browser.begin()
    assert browser.targets() == [table.ids[5]]
    assert browser.current_photo == table.ids[5]


def test_what_is_compared_is_in_sight(browser, compare, press, table) -> None:
    for _ in range(3):
        press(Key.Key_PageDown)
    assert set(compare.photos) <= set(browser.in_sight())


def test_e_goes_on_to_the_loupe(browser, compare, press, table) -> None:
    press(Key.Key_E)
    assert browser.currentWidget() is browser.loupe
    assert browser.targets() == [table.ids[5]]


def test_as_many_are_counted_as_a_deed_is_for(browser, press, table) -> None:
    select(browser, table, 3, 5, 8)
    assert browser.count_targets() == len(browser.targets()) == 3
    browser.open_loupe()
    assert browser.count_targets() == len(browser.targets()) == 1
    browser.close_loupe()
    browser.grid.clearSelection()
    assert browser.count_targets() == len(browser.targets()) == 1
