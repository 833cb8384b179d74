"""What assistive tools are told while the grid is used, and that it is little in a large one."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from tinyclf_gui.widgets import spoken

Event = QAccessible.Event
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Listening:
    """Stands in for Qt's own while an assistive tool listens."""

    Event = QAccessible.Event

    def __init__(self):
        self.told = []

    def isActive(self):
        return True

    def updateAccessibility(self, event):
        self.told.append((event.type(), event.child()))


@pytest.fixture
def told(monkeypatch, grid):
    listening = Listening()
    monkeypatch.setattr(spoken, "QAccessible", listening)
    return listening.told


def test_the_item_that_gets_the_focus_is_told(qtbot, grid, told):
    qtbot.keyClick(grid, Key.Key_Right)
    assert (Event.Focus, 1) in told


def test_the_items_that_join_and_leave_the_selection_are_told(qtbot, grid, told):
    qtbot.keyClick(grid, Key.Key_Right)
    qtbot.keyClick(grid, Key.Key_Right, SHIFT)
    selected = [one for one in told if one[0] in (Event.SelectionAdd, Event.SelectionRemove)]
    assert selected == [
        (Event.SelectionRemove, 0),
        (Event.SelectionAdd, 1),
        (Event.SelectionAdd, 2),
    ]


def test_a_new_grade_is_told_of_its_photo(model, table, told):
    table.codes[3] = 4
    model.rows_changed(np.array([3]))
    assert told == [(Event.NameChanged, 3)]


def test_of_many_new_grades_only_that_of_the_focused_photo_is_told(grid, model, table, told):
    table.codes[:] = 4
    model.all_changed()
    assert told == [(Event.NameChanged, 0)]


@pytest.mark.parametrize("table", [100_000], indirect=True)
def test_of_a_hundred_thousand_photos_a_selection_is_told_once(qtbot, grid, told):
    qtbot.keyClick(grid, Key.Key_A, CONTROL)
    assert told == [(Event.SelectionWithin, -1)]


def test_while_nobody_listens_nothing_is_told(qtbot, grid, monkeypatch):
    monkeypatch.setattr(spoken.QAccessible, "isActive", lambda: False)
    monkeypatch.setattr(spoken, "QAccessibleEvent", None)
    qtbot.keyClick(grid, Key.Key_Right)
    assert grid.current == 1
