"""A person compares photos on the Label page, and grades and undoes while doing so."""

import pytest
from PySide6.QtCore import Qt

from tinyclf_gui.widgets.photo_inspector import PhotoInspector

SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def comparer(collector):
    """A person who compares a1, b2 and c3."""
    collector.grid.reveal([collector.photo(name) for name in ("a1", "b2", "c3")])
    collector.press(Key.Key_C)
    return collector


def compared(person):
    compare = person.workspace.browser.compare
    return [person.name_of(photo_id) for photo_id in compare.photos] if compare.isVisible() else []


def test_a_digit_grades_the_focused_photo_and_shift_goes_on(comparer):
    comparer.press(Key.Key_2)
    comparer.press(Key.Key_3, hold=SHIFT)
    comparer.press(Key.Key_4)
    assert [comparer.code(name) for name in compared(comparer)] == [3, 4, 0]


def test_undo_keeps_the_comparison_and_its_zoom_and_focuses_what_changed(comparer):
    comparer.press(Key.Key_2)
    comparer.press(Key.Key_Z)
    comparer.press(Key.Key_Tab)
    before = comparer.workspace.browser.compare.panes[2].view.look
    assert before.enlarged
    comparer.choose("undo")
    assert comparer.code("a1") == 0
    assert compared(comparer) == ["a1", "b2", "c3"]
    assert comparer.workspace.browser.compare.panes[2].view.look == before
    assert comparer.focused() == "a1"


def test_the_inspector_follows_and_its_buttons_grade_the_focused_photo(comparer):
    comparer.press(Key.Key_Tab)
    assert "b2.png" in comparer.find(PhotoInspector, "photoInspector")._name.text()
    comparer.click("gradeButton5")
    assert [comparer.code(name) for name in compared(comparer)] == [0, 5, 0]


def test_back_in_the_grid_the_selection_is_as_it_was(comparer):
    comparer.press(Key.Key_Tab, Key.Key_Escape)
    assert comparer.selected() == {"a1", "b2", "c3"}
    assert comparer.focused() == "b2"


def test_the_menu_compares_and_goes_back(collector):
    collector.focus("a1")
    collector.choose("compare-photos")
    assert compared(collector)[0] == "a1"
    collector.choose("grid")
    assert compared(collector) == []
