import numpy as np
import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from tinyclf.domain import Grade, Mark
from tinyclf_gui.models import filters
from tinyclf_gui.widgets import tile_view
from tinyclf_gui.widgets.photo_grid import SIDES

SELECT_ANEW = QItemSelectionModel.SelectionFlag.ClearAndSelect

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
BARE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def press(qtbot, grid):
    def press(key: Key, modifiers: Qt.KeyboardModifier = BARE) -> None:
        qtbot.keyClick(grid, key, modifiers)

    return press


@pytest.fixture
def asked(grid):
    """Every verdict asked for, with whether to go on."""
    asked: list[tuple[object, bool]] = []
    grid.gradeRequested.connect(lambda verdict, advance: asked.append((verdict, advance)))
    return asked


def middle(grid, position: int) -> QPoint:
    return grid.visualRect(grid.model().index(position, 0)).center()


def selected(grid) -> list[int]:
    return grid.selected_positions().tolist()


@pytest.mark.parametrize("grade", list(Grade))
def test_a_digit_grades_the_focused_photo(grid, press, asked, grade) -> None:
    press(Key(Key.Key_0 + grade))
    press(Key(Key.Key_0 + grade), KEYPAD)
    assert asked == [(grade, False), (grade, False)]
    assert grid.targets() == [grid.current_photo]


def test_zero_clears_x_and_u_mark(press, asked) -> None:
    for key in (Key.Key_0, Key.Key_X, Key.Key_U):
        press(key)
    assert asked == [(None, False), (Mark.NOT_GRADABLE, False), (Mark.UNSURE, False)]


def test_shift_goes_on_whatever_the_toggle_says(grid, press, asked) -> None:
    press(Key.Key_4, SHIFT)
    grid.auto_advance = True
    press(Key.Key_4)
    assert asked == [(Grade.GOOD, True), (Grade.GOOD, True)]


def test_typing_a_name_does_not_move_the_focus(grid, press, asked) -> None:
    for key in (Key.Key_P, Key.Key_H, Key.Key_R, Key.Key_9):
        press(key)
    assert (grid.current, asked) == (0, [])


def test_enter_accepts(qtbot, grid, press) -> None:
    with qtbot.waitSignal(grid.acceptRequested):
        press(Key.Key_Return)
    with qtbot.waitSignal(grid.acceptRequested):
        press(Key.Key_Enter, KEYPAD)


def test_e_and_a_double_click_open_the_loupe_and_space_peeks(qtbot, grid, press, table) -> None:
    with qtbot.waitSignal(grid.loupeRequested) as told:
        press(Key.Key_E)
    assert told.args == [table.ids[0]]
    with qtbot.waitSignal(grid.peekRequested) as told:
        press(Key.Key_Space)
    assert told.args == [table.ids[0]]
    with qtbot.waitSignal(grid.loupeRequested) as told:
        qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 2))
    assert told.args == [table.ids[2]]


@pytest.mark.parametrize(
    ("keys", "position"),
    [
        ([Key.Key_Right], 1),
        ([Key.Key_Down], 4),
        ([Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Left], 3),
        ([Key.Key_PageDown], 8),
        ([Key.Key_End], 39),
        ([Key.Key_End, Key.Key_Home], 0),
        ([Key.Key_End, Key.Key_PageUp], 31),
    ],
)
def test_arrows_move_in_space_and_the_selection_follows(grid, press, keys, position) -> None:
    assert grid.grid.columns == 4
    for key in keys:
        press(key)
    assert grid.current == position
    assert selected(grid) == [position]
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


@pytest.mark.parametrize(("key", "position"), [(Key.Key_Home, 0), (Key.Key_End, 39)])
def test_a_key_brings_back_the_photo_in_focus_after_scrolling_away(grid, press, key, position):
    grid.go_to(position)
    bar = grid.verticalScrollBar()
    bar.setValue(bar.maximum() - bar.value())
    assert not grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
    press(key)
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def test_from_right_to_left_arrows_are_mirrored(qtbot, grid, press) -> None:
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    first, second = middle(grid, 0), middle(grid, 1)
    assert first.x() > second.x()
    press(Key.Key_Left)
    assert grid.current == 1


def test_shift_extends_in_reading_order_and_comes_back(grid, press) -> None:
    press(Key.Key_Right)
    press(Key.Key_Down, SHIFT)
    press(Key.Key_Right, SHIFT)
    assert selected(grid) == [1, 2, 3, 4, 5, 6]
    press(Key.Key_Up, SHIFT)
    assert selected(grid) == [1, 2]


def test_control_moves_the_focus_alone_and_control_space_toggles(grid, press) -> None:
    press(Key.Key_Right, CONTROL)
    press(Key.Key_Right, CONTROL)
    assert (grid.current, selected(grid)) == (2, [0])
    press(Key.Key_Space, CONTROL)
    assert selected(grid) == [0, 2]
    press(Key.Key_Space, CONTROL)
    assert selected(grid) == [0]


def test_control_a_selects_all_and_control_i_inverts(grid, press, table) -> None:
    press(Key.Key_A, CONTROL)
    assert len(grid.targets()) == len(table)
    press(Key.Key_Home)
    press(Key.Key_I, CONTROL)
    assert selected(grid) == list(range(1, 40))


def test_without_a_selection_the_focused_photo_is_meant(grid, table) -> None:
    grid.go_to(5)
    grid.clearSelection()
    assert grid.targets() == [table.ids[5]]


def test_clicks_select_with_control_toggle_and_with_shift_extend(qtbot, grid) -> None:
    click, left = grid.viewport(), Qt.MouseButton.LeftButton
    qtbot.mouseClick(click, left, pos=middle(grid, 1))
    qtbot.mouseClick(click, left, CONTROL, middle(grid, 6))
    assert selected(grid) == [1, 6]
    qtbot.mouseClick(click, left, SHIFT, middle(grid, 4))
    assert selected(grid) == [4, 5, 6]
    qtbot.mouseClick(click, left, pos=QPoint(2, 2))
    assert selected(grid) == []


def test_a_rubber_band_from_empty_space_selects_what_it_touches(qtbot, grid) -> None:
    click, left = grid.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(click, left, pos=QPoint(4, 4))
    qtbot.mouseMove(click, middle(grid, 0))
    qtbot.mouseMove(click, middle(grid, 5))
    assert selected(grid) == [0, 1, 4, 5]
    band = grid.grab().toImage()
    qtbot.mouseRelease(click, left, pos=middle(grid, 5))
    assert selected(grid) == [0, 1, 4, 5]
    assert grid.grab().toImage() != band


def test_going_on_skips_what_is_done_and_stays_at_the_end(grid, model, table) -> None:
    model.set_rows(np.arange(5), filters.not_graded)
    table.codes[[1, 2]] = 4
    model.all_changed()
    assert grid.advance()
    assert (grid.current, selected(grid)) == (3, [3])
    assert grid.advance()
    assert not grid.advance()
    assert grid.current == 4


def test_going_on_from_a_selection_starts_behind_it(grid) -> None:
    grid.go_to(2)
    grid.extend_to(5)
    grid.extend_to(0)
    grid.advance()
    assert selected(grid) == [3]


def test_focus_and_selection_stay_on_their_photos_when_rows_change(grid, model, table) -> None:
    grid.go_to(4)
    grid.extend_to(6)
    model.set_rows(np.array([30, 6, 5, 1]))
    assert grid.current_photo == table.ids[6]
    assert sorted(grid.targets()) == table.ids[5:7]


def test_where_the_focused_photo_is_not_shown_the_first_one_is_focused(qtbot, grid, model, table):
    grid.go_to(4)
    with qtbot.waitSignal(grid.currentPhotoChanged) as told:
        model.set_rows(np.array([30, 31]))
    assert told.args == [table.ids[30]]
    with qtbot.waitSignal(grid.currentPhotoChanged) as told:
        model.set_rows(np.array([], np.intp))
    assert told.args == [None]
    assert grid.targets() == []


def test_keys_do_nothing_in_an_empty_grid(grid, model, press, asked) -> None:
    model.set_rows(np.array([], np.intp))
    for key in (Key.Key_4, Key.Key_Down, Key.Key_End, Key.Key_E, Key.Key_Return, Key.Key_Space):
        press(key)
    press(Key.Key_A, CONTROL)
    press(Key.Key_I, CONTROL)
    assert asked == []
    assert grid.current is None
    assert not grid.advance()


def test_revealed_photos_are_selected_and_scrolled_to(grid, table) -> None:
    assert grid.reveal([table.ids[37], table.ids[35]])
    assert (grid.current, selected(grid)) == (35, [35, 37])
    assert 35 in grid.visible_positions()
    assert not grid.reveal([])


def test_control_and_wheel_size_the_tiles_and_keep_the_place(qtbot, grid) -> None:
    grid.go_to(20)
    with qtbot.waitSignal(grid.sideChanged) as told:
        wheel(grid, CONTROL)
    assert told.args == [SIDES[1]]
    assert 20 in grid.visible_positions()
    wheel(grid, BARE)
    assert grid.side == SIDES[1]


def test_narrower_tiles_follow_the_window(grid) -> None:
    grid.resize(250, 360)
    assert grid.grid.columns == 2
    rect = grid.visualRect(grid.model().index(1, 0))
    assert grid.indexAt(rect.center()).row() == 1
    assert not grid.indexAt(QPoint(1, 1)).isValid()


def test_only_photos_in_view_and_near_are_decoded(qtbot, grid, pool, table) -> None:
    qtbot.waitUntil(lambda: all(pool.pixmap(photo_id) for photo_id in table.ids[:12]))
    assert pool.pixmap(table.ids[39]) is None
    grid.go_to(39)
    qtbot.waitUntil(lambda: pool.pixmap(table.ids[39]) is not None)


def test_a_shortcut_of_the_window_does_not_take_the_grading_keys(grid) -> None:
    def claimed(key: Key, modifiers: Qt.KeyboardModifier, text: str) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, text)
        event.ignore()
        QApplication.sendEvent(grid, event)
        return event.isAccepted()

    assert claimed(Key.Key_4, BARE, "4")
    assert claimed(Key.Key_Space, BARE, " ")
    assert not claimed(Key.Key_R, BARE, "r")
    assert not claimed(Key.Key_Z, CONTROL, "z")


@pytest.mark.parametrize("table", [100_000], indirect=True)
def test_a_hundred_thousand_photos_are_one_range(grid, press) -> None:
    press(Key.Key_A, CONTROL)
    ranges = grid.selectionModel().selection().toList()
    assert [(part.top(), part.bottom()) for part in ranges] == [(0, 99_999)]
    press(Key.Key_End)
    assert grid.current == 99_999
    assert len(grid.visible_positions()) < 40


def test_a_chosen_selection_command_is_honoured(grid) -> None:
    grid.go_to(1)
    grid.go_to(3, QItemSelectionModel.SelectionFlag.Select)
    assert selected(grid) == [1, 3]


def wheel(grid, modifiers: Qt.KeyboardModifier) -> None:
    at = QPointF(grid.viewport().rect().center())
    event = QWheelEvent(
        at,
        QPointF(grid.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(grid.viewport(), event)


def test_a_screen_reader_finds_every_photo_and_its_place(grid, model, table) -> None:
    table.codes[3] = 4
    listed = QAccessible.queryAccessibleInterface(grid)
    assert listed.text(QAccessible.Text.Name) == "Photos"
    assert listed.childCount() == len(table)
    photo = listed.child(3)
    assert photo.text(QAccessible.Text.Name) == "photo_3, your grade 4"
    assert photo.rect().size() == grid.visualRect(model.index(3)).size()


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_E, Key.Key_C, Key.Key_P, Key.Key_Return])
@pytest.mark.parametrize("held", [BARE, CONTROL])
def test_without_photos_the_keys_for_them_ask_for_nothing(grid, model, press, key, held) -> None:
    wanted: list[str] = []
    grid.wanted.connect(wanted.append)
    model.set_rows(np.empty(0, np.intp))
    press(key, held)
    assert wanted == []


def test_in_sight_are_the_photos_in_view_in_focus_and_selected(grid, press, table) -> None:
    visible = set(table.ids[: grid.visible_positions().stop])
    assert grid.in_sight() == visible
    grid.reveal([table.ids[1], table.ids[-1]])
    assert grid.in_sight() >= {table.ids[1], table.ids[-1]}
    press(Key.Key_A, CONTROL)
    assert grid.in_sight() == set(table.ids)
    grid.model().set_rows(np.arange(3))
    assert grid.in_sight() == set(table.ids[:3])


class Painted(QObject):
    """Watches a viewport: what of it is painted anew."""

    def __init__(self, viewport):
        super().__init__(viewport)
        self.areas: list[QRect] = []
        viewport.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.areas.append(event.region().boundingRect())
        return False


def test_one_grade_repaints_one_tile_and_asks_for_no_thumbnails(qtbot, grid, model, table) -> None:
    qtbot.wait(50)
    painted, scrolled = Painted(grid.viewport()), []
    grid.scrolled.connect(lambda: scrolled.append(True))
    table.codes[4] = 3
    model.rows_changed(np.array([4]))
    qtbot.waitUntil(lambda: bool(painted.areas))
    qtbot.wait(50)
    assert painted.areas == [grid.visualRect(model.index(model.position_of(table.ids[4]), 0))]
    assert scrolled == []


def test_very_many_tiles_selected_apart_are_changed_at_once(grid, monkeypatch) -> None:
    monkeypatch.setattr(tile_view, "MANY_RANGES", 5)
    count = grid.grid.count
    apart = [(position, position) for position in range(0, count, 2)]
    grid.select_positions(apart, SELECT_ANEW)
    grid.invert_selection()
    assert selected(grid) == list(range(1, count, 2))
    grid.select_positions([(10, 12)], QItemSelectionModel.SelectionFlag.Select)
    assert selected(grid) == sorted({*range(1, count, 2), 10, 11, 12})
    grid.extend_to(0)
    grid.extend_to(3)
    assert selected(grid) == list(range(4))
