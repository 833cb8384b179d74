"""The keys that section 6 of the design promises, in the whole window, one sentence each."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.gui.keys.presses import repeated
from tinyclf.domain import Mark
from tinyclf_gui.widgets.compare_view import CompareView
from tinyclf_gui.widgets.loupe import Loupe

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
BARE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def hands(collector):
    """Someone who looks at all photos, the focus on the second of a row, without auto-advance."""
    collector.workspace.pages.label.set_auto_advance(False)
    collector.grid.setFocus()
    collector.focus("a2")
    return collector


def large(hands):
    """Return the loupe if it is in view."""
    return next((one for one in hands.window.findChildren(Loupe) if one.isVisible()), None)


def middle(hands, name):
    """Return where a photo's tile is in the grid."""
    model = hands.grid.model()
    position = model.position_of(hands.photo(name))
    return hands.grid.visualRect(model.index(position, 0)).center()


# Grade


@pytest.mark.parametrize("digit", [1, 2, 3, 4, 5])
def test_1_to_5_grade_the_focused_photo(hands, digit):
    hands.press(Key(Key.Key_0 + digit))
    assert hands.code("a2") == digit


@pytest.mark.parametrize("digit", [1, 2, 3, 4, 5])
def test_so_do_the_keys_of_the_number_pad(hands, digit):
    hands.press(Key(Key.Key_0 + digit), hold=KEYPAD)
    assert hands.code("a2") == digit


def test_a_digit_grades_the_whole_selection(hands):
    hands.press(Key.Key_Right, Key.Key_Right, hold=SHIFT)
    hands.press(Key.Key_4)
    assert [hands.code(f"a{n}") for n in (1, 2, 3, 4, 5)] == [0, 4, 4, 4, 0]


def test_a_digit_never_grades_the_photo_under_the_pointer(hands):
    hands.qtbot.mouseMove(hands.grid.viewport(), middle(hands, "a5"))
    hands.press(Key.Key_1)
    assert (hands.code("a5"), hands.code("a2")) == (0, 1)


def test_0_clears(hands):
    hands.press(Key.Key_3, Key.Key_0)
    assert hands.code("a2") == 0


def test_x_says_not_gradable(hands):
    hands.press(Key.Key_X)
    assert hands.code("a2") == Mark.NOT_GRADABLE


def test_u_says_unsure(hands):
    hands.press(Key.Key_U)
    assert hands.code("a2") == Mark.UNSURE


def test_enter_accepts_the_proposal_and_goes_on(trained):
    grid = trained.grid
    first = trained.focused()
    proposed = grid.model().tile(grid.current).proposed
    following = trained.shown()[grid.current + 1]
    trained.press(Key.Key_Return)
    assert trained.code(first) == proposed
    assert trained.focused() == following


def test_shift_and_a_digit_goes_on_whatever_the_toggle_says(hands):
    hands.press(Key.Key_4, hold=SHIFT)
    assert (hands.code("a2"), hands.focused()) == (4, "a3")


def test_a_key_that_stays_down_grades_one_photo(hands):
    hands.workspace.pages.label.set_auto_advance(True)
    hands.press(Key.Key_3)
    for _ in range(5):
        QApplication.sendEvent(hands.grid, repeated(Key.Key_3, "3"))
    assert np.count_nonzero(hands.session.table.codes) == 1


@pytest.mark.parametrize(("key", "text"), [(Key.Key_Return, "\r"), (Key.Key_BracketLeft, "[")])
def test_a_key_that_stays_down_on_a_wall_says_nothing_of_the_photos_that_follow(trained, key, text):
    before = np.count_nonzero(trained.session.table.codes)
    for _ in range(3):
        QApplication.sendEvent(trained.grid, repeated(key, text))
    assert np.count_nonzero(trained.session.table.codes) == before


def test_arrows_that_stay_down_move_on(hands):
    for _ in range(2):
        QApplication.sendEvent(hands.grid, repeated(Key.Key_Right))
    assert hands.focused() == "a4"


# Views


def test_e_opens_the_loupe_and_g_the_grid(hands):
    hands.press(Key.Key_E)
    assert large(hands)
    hands.press(Key.Key_G)
    assert large(hands) is None
    assert hands.focused() == "a2"


def test_a_double_click_opens_the_loupe(hands):
    hands.qtbot.mouseClick(hands.grid.viewport(), LEFT, pos=middle(hands, "a3"))
    hands.qtbot.mouseDClick(hands.grid.viewport(), LEFT, pos=middle(hands, "a3"))
    assert large(hands)
    assert hands.focused() == "a3"


def test_in_the_loupe_a_digit_goes_on_by_itself(hands):
    hands.press(Key.Key_E, Key.Key_5)
    assert (hands.code("a2"), hands.focused()) == (5, "a3")
    assert large(hands)


def test_c_compares_what_is_selected(hands):
    hands.press(Key.Key_Right, hold=SHIFT)
    hands.press(Key.Key_C)
    compared = [one for one in hands.window.findChildren(CompareView) if one.isVisible()]
    assert compared
    hands.press(Key.Key_G)
    assert not compared[0].isVisible()


def test_z_shows_the_photos_own_pixels_and_the_whole_of_it_again(hands):
    hands.press(Key.Key_E)
    view = large(hands).view
    hands.qtbot.waitUntil(lambda: view.zoom > 0)
    fitted = view.zoom
    hands.press(Key.Key_Z)
    assert not view.fitted
    hands.press(Key.Key_Z)
    assert view.fitted
    assert view.zoom == fitted


def test_space_peeks_while_it_is_held(hands, monkeypatch):
    monkeypatch.setattr("tinyclf_gui.widgets.loupe.PEEK_SECONDS", 0)
    QTest.keyPress(hands.grid, Key.Key_Space)
    assert large(hands)
    QTest.keyRelease(large(hands), Key.Key_Space)
    assert large(hands) is None


def test_f11_fills_the_screen_and_gives_it_back(hands):
    hands.press(Key.Key_F11)
    assert hands.window.isFullScreen()
    hands.press(Key.Key_F11)
    assert not hands.window.isFullScreen()


def test_a_question_mark_shows_the_keys(hands):
    hands.press(Key.Key_Question)
    sheet = hands.window.findChild(QDialog, "shortcutsDialog")
    assert sheet.isVisible()
    sheet.close()


def test_r_is_not_bound(hands):
    def everything():
        return hands.session.table.codes.tolist(), hands.selected(), hands.window.page, large(hands)

    before = everything()
    hands.press(Key.Key_R)
    assert everything() == before
    bound = {action.shortcut().toString() for action in hands.window.findChildren(QAction)}
    assert "Ctrl+Z" in bound
    assert "R" not in bound


# Select


def test_arrows_move_in_space(hands):
    columns = hands.grid.grid.columns
    start = hands.grid.current
    hands.press(Key.Key_Right)
    assert hands.grid.current == start + 1
    hands.press(Key.Key_Down)
    assert hands.grid.current == start + 1 + columns
    hands.press(Key.Key_Left, Key.Key_Up)
    assert hands.focused() == "a2"


def test_shift_extends(hands):
    hands.press(Key.Key_Right, Key.Key_Right, hold=SHIFT)
    assert hands.selected() == {"a2", "a3", "a4"}
    hands.press(Key.Key_Left, hold=SHIFT)
    assert hands.selected() == {"a2", "a3"}


def test_control_toggles(hands):
    hands.press(Key.Key_Right, Key.Key_Right, Key.Key_Space, hold=CONTROL)
    assert hands.selected() == {"a2", "a4"}
    hands.qtbot.mouseClick(hands.grid.viewport(), LEFT, CONTROL, middle(hands, "a2"))
    assert hands.selected() == {"a4"}


def test_a_rubber_band_from_empty_space_selects_what_it_touches(hands):
    view = hands.grid.viewport()
    hands.qtbot.mousePress(view, LEFT, pos=QPoint(4, 4))
    hands.qtbot.mouseMove(view, middle(hands, "a1"))
    hands.qtbot.mouseMove(view, middle(hands, "a3"))
    hands.qtbot.mouseRelease(view, LEFT, pos=middle(hands, "a3"))
    assert hands.selected() == {"a1", "a2", "a3"}


def test_control_a_selects_all_that_match_the_filter(hands):
    hands.press(Key.Key_4)
    hands.click("notGradedChip")
    hands.grid.setFocus()
    hands.control(Key.Key_A)
    assert len(hands.selected()) == 19
    assert "a2" not in hands.selected()


def test_control_i_inverts(hands):
    hands.control(Key.Key_I)
    assert len(hands.selected()) == 19
    hands.control(Key.Key_I)
    assert hands.selected() == {"a2"}


def test_control_and_the_wheel_size_the_thumbnails(hands):
    before = hands.grid.side
    turn(hands.grid, 120)
    assert hands.grid.side > before
    turn(hands.grid, -120)
    assert hands.grid.side == before


def turn(grid, notch):
    at = QPointF(grid.viewport().rect().center())
    there = QPointF(grid.viewport().mapToGlobal(at.toPoint()))
    none, begun = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(at, there, QPoint(), QPoint(0, notch), none, CONTROL, begun, False)
    QApplication.sendEvent(grid.viewport(), wheel)


# Undo


def test_control_z_takes_back_and_control_shift_z_does_again(hands):
    hands.press(Key.Key_4)
    hands.control(Key.Key_Z)
    assert hands.code("a2") == 0
    hands.press(Key.Key_Z, hold=CONTROL | SHIFT)
    assert hands.code("a2") == 4


def test_of_the_menu_only_what_is_taken_back_and_sized_goes_on_while_a_key_stays_down(trained):
    menu = trained.window.menu
    assert menu.action("undo").autoRepeat()
    assert menu.action("larger").autoRepeat()
    assert not menu.action("accept-rest").autoRepeat()
    accepted = trained.session.table.verified.any()
    QApplication.sendEvent(trained.window, repeated(Key.Key_Return, "\r", CONTROL))
    assert trained.session.table.verified.any() == accepted
