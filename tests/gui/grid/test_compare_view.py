"""Photos side by side: zoomed together, graded one by one."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QWheelEvent
from PySide6.QtWidgets import QApplication

from tinyclf.domain import Grade
from tinyclf_gui.models import filters
from tinyclf_gui.widgets.compare_view import CompareView
from tinyclf_gui.widgets.sight import FITTED
from tinyclf_gui.widgets.verdict_line import VerdictLine

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def compare(qtbot, model, loader, table):
    compare = CompareView(model, loader)
    qtbot.addWidget(compare)
    compare.resize(900, 500)
    with qtbot.waitExposed(compare):
        compare.show()
    QCursor.setPos(compare.mapToGlobal(QPoint(0, 2000)))
    compare.show_photos([table.ids[row] for row in (5, 6, 9)], table.ids[5])
    compare.setFocus()
    wait_for_pictures(qtbot, compare)
    return compare


@pytest.fixture
def press(qtbot, compare):
    return lambda key, *modifiers: qtbot.keyClick(compare.focusProxy(), key, *modifiers)


def wait_for_pictures(qtbot, compare):
    qtbot.waitUntil(lambda: all(pane.view.zoom > 0 for pane in compare.panes))


def looks(compare):
    return [pane.view.look for pane in compare.panes]


def rows(compare, table):
    return [table.row_of[photo_id] for photo_id in compare.photos]


def wheel(view, at, angle=120, pixels=0, phase=Qt.ScrollPhase.NoScrollPhase):
    event = QWheelEvent(
        at,
        QPointF(view.mapToGlobal(at.toPoint())),
        QPoint(0, pixels),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        phase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_zooming_in_one_shows_the_same_part_of_all(compare) -> None:
    for _ in range(5):
        wheel(compare.panes[1].view, QPointF(10, 10))
    first, second, third = looks(compare)
    assert second.enlarged > 1.2
    assert first == pytest.approx(second)
    assert third == pytest.approx(second)


def test_a_drag_in_one_pulls_all(qtbot, compare) -> None:
    for _ in range(6):
        wheel(compare.panes[0].view, QPointF(100, 100))
    before, view = looks(compare)[2], compare.panes[0].view
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(60, 80))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(60, 80))
    assert looks(compare)[2] != before
    assert looks(compare)[2] == pytest.approx(looks(compare)[0])


def test_unlinked_each_is_zoomed_alone_and_linked_again_they_agree(compare, press) -> None:
    press(Key.Key_L)
    press(Key.Key_Plus)
    assert [look == FITTED for look in looks(compare)] == [False, True, True]
    press(Key.Key_L)
    assert looks(compare)[1] == pytest.approx(looks(compare)[0])


def test_z_enlarges_all_and_fits_all(compare, press) -> None:
    press(Key.Key_Z)
    assert not any(pane.view.fitted for pane in compare.panes)
    press(Key.Key_Z)
    assert all(pane.view.fitted for pane in compare.panes)


def test_z_enlarges_what_is_under_the_pointer(compare, press) -> None:
    view = compare.panes[2].view
    QCursor.setPos(view.mapToGlobal(QPoint(view.width() - 2, view.height() // 2)))
    press(Key.Key_Z)
    assert looks(compare)[0].x > 0.6


def test_shift_and_arrows_pull_the_enlarged_photos(compare, press) -> None:
    press(Key.Key_Z)
    x = looks(compare)[1].x
    press(Key.Key_Right, SHIFT)
    assert looks(compare)[1].x > x


def test_fewer_photos_are_compared_after_more(compare, press, table) -> None:
    press(Key.Key_Right)
    press(Key.Key_Right)
    compare.show_photos([table.ids[row] for row in (1, 2)])
    assert rows(compare, table) == [1, 2]
    assert compare.current_photo == table.ids[1]


def test_digits_are_for_the_focused_photo_never_the_hovered_one(qtbot, compare, press, table):
    QCursor.setPos(compare.panes[2].mapToGlobal(QPoint(50, 50)))
    with qtbot.waitSignal(compare.gradeRequested) as told:
        press(Key.Key_3)
    assert told.args == [Grade.FAIR, False]
    assert compare.targets() == [table.ids[5]]


def test_shift_and_a_digit_wishes_to_go_on(qtbot, compare, press) -> None:
    with qtbot.waitSignal(compare.gradeRequested) as told:
        press(Key.Key_3, SHIFT)
    assert told.args == [Grade.FAIR, True]


def test_going_on_ends_at_the_last_photo(compare, table) -> None:
    assert compare.advance()
    assert compare.advance()
    assert compare.targets() == [table.ids[9]]
    assert not compare.advance()


def test_tab_arrows_and_clicks_move_the_focus(qtbot, compare, press, table) -> None:
    press(Key.Key_Tab)
    assert compare.targets() == [table.ids[6]]
    press(Key.Key_Right)
    assert compare.targets() == [table.ids[9]]
    press(Key.Key_Right)
    assert compare.targets() == [table.ids[9]]
    qtbot.mouseClick(compare.panes[0].view, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert compare.targets() == [table.ids[5]]
    assert compare.panes[0].hasFocus()


def test_in_a_mirrored_window_the_left_arrow_goes_on(compare, press, table) -> None:
    compare.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    press(Key.Key_Left)
    assert compare.targets() == [table.ids[6]]
    assert compare.panes[1].x() < compare.panes[0].x()


def test_page_down_brings_the_next_photo_not_yet_compared(qtbot, compare, press, table) -> None:
    press(Key.Key_Z)
    before = looks(compare)[0]
    with qtbot.waitSignal(compare.currentPhotoChanged) as told:
        press(Key.Key_PageDown)
    assert told.args == [table.ids[7]]
    assert rows(compare, table) == [7, 6, 9]
    wait_for_pictures(qtbot, compare)
    assert looks(compare)[0] == before
    press(Key.Key_PageUp)
    assert rows(compare, table) == [5, 6, 9]


def test_delete_leaves_a_photo_out_and_of_two_goes_back(qtbot, compare, press, table) -> None:
    press(Key.Key_Delete)
    assert rows(compare, table) == [6, 9]
    assert [pane.isVisible() for pane in compare.panes] == [True, True]
    assert compare.targets() == [table.ids[6]]
    focused = []
    compare.currentPhotoChanged.connect(focused.append)
    with qtbot.waitSignal(compare.closed):
        press(Key.Key_Backspace)
    assert focused == [table.ids[9]]


def test_the_last_photo_can_be_left_out_too(compare, press, table) -> None:
    press(Key.Key_Right)
    press(Key.Key_Right)
    press(Key.Key_Delete)
    assert rows(compare, table) == [5, 6]
    assert compare.targets() == [table.ids[6]]


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_C, Key.Key_G])
def test_it_closes(qtbot, compare, press, key) -> None:
    with qtbot.waitSignal(compare.closed):
        press(key)


def test_e_shows_the_focused_photo_alone(qtbot, compare, press, table) -> None:
    with qtbot.waitSignal(compare.loupeRequested) as told:
        press(Key.Key_E)
    assert told.args == [table.ids[5]]


def test_a_new_grade_shows_at_once(compare, model, table) -> None:
    table.codes[6] = 4
    model.rows_changed(np.array([6]))
    assert compare.panes[1].accessibleName() == "photo_6, your grade 4"
    assert compare.panes[1].accessibleDescription() == "Photo 2 of 3 compared"


def test_a_photo_that_is_gone_says_so_and_the_others_are_zoomed(
    qtbot, compare, press, loader, table
) -> None:
    table.gone.add(table.ids[20])
    compare.show_photos([table.ids[5], table.ids[20]], table.ids[5])
    qtbot.waitUntil(lambda: loader.problem(table.ids[20]) is not None)
    before = compare.panes[1].view.grab().toImage()
    press(Key.Key_Z)
    assert not compare.panes[0].view.fitted
    assert compare.panes[1].view.grab().toImage() == before
    assert loader.problem(table.ids[20]) == "the photo is gone"


def test_photos_that_leave_the_list_leave_the_comparison(qtbot, compare, model, table) -> None:
    model.set_rows(np.array([6, 9, 20]))
    assert rows(compare, table) == [6, 9]
    with qtbot.waitSignal(compare.closed):
        model.set_rows(np.array([9]))


def test_done_photos_stay_in_the_comparison(compare, model, table) -> None:
    model.set_rows(np.arange(40), filters.not_graded)
    table.codes[5] = 3
    model.all_changed()
    assert rows(compare, table) == [5, 6, 9]


def boxes(compare):
    return [pane.geometry() for pane in compare.panes]


def test_three_stand_in_a_row_or_two_above_one_by_the_shape_of_the_room(compare) -> None:
    assert len({box.y() for box in boxes(compare)}) == 1
    compare.resize(500, 500)
    QApplication.processEvents()
    first, second, third = boxes(compare)
    assert first.y() == second.y() < third.y()
    assert first.x() < third.x() < second.x()
    assert first.size() == second.size() == third.size()


def test_four_stand_two_by_two_all_of_one_size(compare, press, table) -> None:
    compare.show_photos(table.ids[:4])
    QApplication.processEvents()
    sizes = [(box.width(), box.height()) for box in boxes(compare)]
    assert len(set(sizes)) == 1
    press(Key.Key_Down)
    assert compare.targets() == [table.ids[2]]


def test_a_turn_that_sails_on_after_the_fingers_have_left_does_nothing(compare) -> None:
    view = compare.panes[0].view
    wheel(view, QPointF(50, 50), phase=Qt.ScrollPhase.ScrollMomentum)
    assert view.fitted


def test_a_trackpad_that_tells_pixels_alone_zooms(compare) -> None:
    view = compare.panes[0].view
    wheel(view, QPointF(50, 50), angle=0, pixels=40)
    assert view.look.enlarged == pytest.approx(1.25)


def test_in_a_low_room_the_verdict_stands_beside_the_name(compare, table) -> None:
    compare.show_photos(table.ids[:4])
    compare.resize(700, 300)
    QApplication.processEvents()
    pane = compare.panes[3]
    verdict = pane.findChild(VerdictLine)
    assert verdict.y() < pane.view.y()
    assert verdict.width() > 100
    compare.resize(700, 700)
    QApplication.processEvents()
    assert verdict.y() > pane.view.y()


def test_p_asks_to_pin_the_photo_in_focus(qtbot, compare, press):
    with qtbot.waitSignal(compare.pinRequested):
        press(Key.Key_P)
