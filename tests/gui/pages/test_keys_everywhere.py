"""Keys of the photos count wherever on a page the keyboard is, but where a text is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QFileDialog,
    QPushButton,
    QWidget,
)

from tinyclf_gui.widgets.photo_grid import PhotoGrid
from tinyclf_gui.widgets.search_field import SearchField
from tinyclf_gui.widgets.wall_tabs import WallTab

Key = Qt.Key
TAB = Qt.FocusReason.TabFocusReason


def stops(person) -> list[QWidget]:
    """Return whatever Tab leads to from the grid, but fields to type in."""
    person.grid.setFocus()
    found: list[QWidget] = []
    for _ in range(80):
        person.press(Key.Key_Tab)
        widget = QApplication.focusWidget()
        if widget is person.grid:
            break
        found.append(widget)
    assert len(found) > 5
    return [one for one in found if not isinstance(one, SearchField)]


@pytest.fixture(params=["label", "review"])
def person(request, trained):
    trained.go_to(request.param)
    trained.workspace.pages.label.set_auto_advance(False)
    trained.workspace.pages.review.browser.grid.auto_advance = False
    return trained


def test_a_digit_grades_wherever_tab_led(person):
    name = person.focused()
    for number, stop in enumerate(stops(person)):
        stop.setFocus(TAB)
        person.press(Key.Key_4 if number % 2 else Key.Key_2)
        assert person.code(name) == (4 if number % 2 else 2), stop.objectName()
        assert QApplication.focusWidget() is person.grid, stop.objectName()


def test_esc_gives_the_keys_back_to_the_grid(person):
    for stop in stops(person):
        stop.setFocus(TAB)
        person.press(Key.Key_Escape)
        assert QApplication.focusWidget() is person.grid, stop.objectName()


def test_other_letters_count_there_too(person):
    stops(person)[0].setFocus(TAB)
    person.press(Key.Key_E)
    assert person.workspace.browser.loupe.isVisible()
    outside = person.find(QPushButton, "settingsButton")
    outside.setFocus(TAB)
    person.press(Key.Key_G)
    assert isinstance(QApplication.focusWidget(), PhotoGrid)


def test_digits_typed_in_a_field_are_text(collector):
    collector.choose("find")
    collector.press(Key.Key_5)
    assert collector.find(SearchField, "searchField").text() == "5"
    assert not collector.session.undoable


def test_no_click_on_a_button_takes_the_keys(person):
    page = person.window.findChild(QWidget, f"{person.window.page}Page")
    clickable = Qt.FocusPolicy.ClickFocus
    takes = [
        one.objectName()
        for one in page.findChildren(QAbstractButton)
        if one.focusPolicy() & clickable == clickable
    ]
    assert takes == []


def test_a_click_on_auto_advance_leaves_digits_grading(collector):
    name = collector.focused()
    toggle = collector.find(QCheckBox, "autoAdvanceToggle")
    collector.qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton, pos=toggle.rect().center())
    collector.press(Key.Key_5)
    assert collector.code(name) == 5


def test_a_click_on_a_wall_takes_the_keys_from_another_wall(trained):
    trained.find(WallTab, "wallTab5").setFocus(TAB)
    trained.qtbot.mouseClick(trained.find(WallTab, "wallTab4"), Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is trained.grid


def test_who_goes_from_wall_to_wall_by_arrows_stays_at_the_walls(trained):
    trained.find(WallTab, "wallTab5").setFocus(TAB)
    trained.press(Key.Key_Right)
    assert QApplication.focusWidget() is trained.find(WallTab, "wallTab4")


@pytest.mark.parametrize("enter", [Key.Key_Return, Key.Key_Enter])
def test_enter_presses_the_button_in_focus(collector, enter):
    chip = collector.find(QPushButton, "gradedChip")
    chip.setFocus(TAB)
    collector.press(enter)
    assert chip.isChecked()


def test_enter_on_a_button_accepts_no_proposal(trained):
    chip, codes = trained.find(QPushButton, "allChip"), trained.session.table.codes.copy()
    chip.setFocus(TAB)
    trained.press(Key.Key_Return)
    assert chip.isChecked()
    assert (trained.session.table.codes == codes).all()


def test_enter_presses_buttons_of_the_start_page(welcome, monkeypatch):
    asked = []
    ask = lambda *_: asked.append(True) or ""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", ask)
    welcome.find(QPushButton, "openFolderButton").setFocus(TAB)
    welcome.press(Key.Key_Return)
    assert asked == [True]


def test_enter_presses_buttons_of_the_train_page(trained):
    trained.go_to("train")
    preset = trained.find(QPushButton, "morePresetsButton")
    preset.setFocus(TAB)
    before = preset.isChecked()
    trained.press(Key.Key_Return)
    assert preset.isChecked() != before


def test_ctrl_space_selects_also_where_a_grade_button_has_the_keyboard(collector):
    collector.focus("a1")
    selected = collector.grid.selected_positions()
    collector.find(QPushButton, "gradeButton5").setFocus(TAB)
    collector.control(Key.Key_Space)
    assert collector.code("a1") == 0
    assert len(collector.grid.selected_positions()) == abs(len(selected) - 1)
    collector.find(QPushButton, "gradeButton5").setFocus(TAB)
    collector.press(Key.Key_Space)
    assert collector.code("a1") == 5


def test_ctrl_space_never_signs_a_wall(trained):
    codes = trained.session.table.codes.copy()
    trained.find(QPushButton, "acceptRestButton").setFocus(TAB)
    trained.control(Key.Key_Space)
    assert (trained.session.table.codes == codes).all()
