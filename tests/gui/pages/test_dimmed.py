"""A photo that no longer matches stays to be seen, but deeds on many leave it as it is."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def starter(collector):
    """A person who looks at what is not graded, and has graded the second of them, a2, a 1."""
    collector.click("notGradedChip")
    assert collector.shown()[:3] == ["a1", "a2", "a3"]
    collector.focus("a2")
    collector.press(Key.Key_1)
    return collector


def test_all_are_those_that_match(starter):
    starter.control(Key.Key_A)
    assert starter.selected() == set(starter.shown()) - {"a2"}
    starter.press(Key.Key_4)
    assert starter.code("a2") == 1
    assert starter.code("a1") == 4


def test_so_are_all_others(starter):
    starter.focus("a1")
    starter.control(Key.Key_I)
    assert starter.selected() == set(starter.shown()) - {"a1", "a2"}


def test_a_range_passes_over_it(starter):
    starter.focus("a1")
    starter.press(Key.Key_Right, Key.Key_Right, hold=SHIFT)
    assert starter.focused() == "a3"
    assert starter.selected() == {"a1", "a3"}


def test_so_does_a_rubber_band(starter):
    grid = starter.grid
    grid.clearSelection()
    end = grid.visualRect(grid.model().index(2, 0)).center()
    QTest.mousePress(grid.viewport(), LEFT, pos=QPoint(1, 1))
    QTest.mouseMove(grid.viewport(), end)
    QTest.mouseMove(grid.viewport(), end + QPoint(1, 1))
    QTest.mouseRelease(grid.viewport(), LEFT, pos=end)
    assert starter.selected() == {"a1", "a3"}


def test_a_step_moves_only_those_that_match(trained):
    first, *others = trained.shown()
    trained.focus(first)
    trained.press(Key.Key_5)
    grade = trained.code(first)
    trained.control(Key.Key_A)
    assert trained.selected() == set(others)
    trained.press(Key.Key_BracketLeft)
    assert trained.code(first) == grade


def test_a_slip_is_put_right_where_it_happened(starter):
    starter.focus("a2")
    starter.press(Key.Key_2)
    assert starter.code("a2") == 2


def test_slips_in_a_row_are_put_right_together(starter):
    starter.focus("a3")
    starter.press(Key.Key_1)
    starter.focus("a3")
    starter.press(Key.Key_Left, hold=SHIFT)
    starter.press(Key.Key_2)
    assert [starter.code(name) for name in ("a2", "a3")] == [2, 2]


def test_a_grade_just_given_to_many_is_put_right_for_all_of_them(starter):
    starter.workspace.pages.label.set_auto_advance(False)
    starter.control(Key.Key_A)
    starter.press(Key.Key_4, Key.Key_5)
    assert {starter.code(name) for name in starter.shown()} == {1, 5}
