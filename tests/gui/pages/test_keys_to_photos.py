"""A click on what stands above the grid leaves the keyboard with the photos."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tinyclf_gui.widgets.search_field import SearchField
from tinyclf_gui.widgets.wall_tabs import WallTab

Key = Qt.Key


@pytest.fixture
def searcher(collector):
    """A person who looks for a name, and has found some."""
    collector.choose("find")
    collector.press(Key.Key_A)
    return collector


def test_after_a_search_a_click_on_a_chip_has_digits_grade(searcher):
    searcher.click("notGradedChip")
    searcher.press(Key.Key_4)
    assert searcher.find(SearchField, "searchField").text() == "a"
    assert searcher.code("a1") == 4


def test_show_all_has_digits_grade_too(searcher):
    searcher.click("showAllButton")
    assert QApplication.focusWidget() is searcher.grid


@pytest.mark.parametrize("name", ["moreFiltersButton", "orderButton"])
def test_so_does_a_menu(searcher, name):
    menu = searcher.find(QPushButton, name).menu()
    menu.popup(searcher.window.pos())
    menu.close()
    assert searcher.window.focusWidget() is searcher.grid


def test_who_goes_from_chip_to_chip_by_the_keyboard_stays_there(collector):
    chip = collector.find(QPushButton, "gradedChip")
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    collector.press(Key.Key_Space)
    assert chip.isChecked()
    assert QApplication.focusWidget() is chip


def test_a_click_on_a_wall_takes_the_keys_from_a_chip(trained):
    trained.find(QPushButton, "toCheckChip").setFocus()
    trained.qtbot.mouseClick(trained.find(WallTab, "wallTab4"), Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is trained.grid
