import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from tinyclf.domain import Grade
from tinyclf_gui.jobs.photo_loader import Wanted
from tinyclf_gui.models import filters
from tinyclf_gui.widgets import loupe as loupes
from tinyclf_gui.widgets.loupe import Loupe
from tinyclf_gui.widgets.photo_view import PhotoView

Key = Qt.Key


@pytest.fixture
def loupe(qtbot, model, loader, pool, table):
    loupe = Loupe(model, loader, pool=pool)
    qtbot.addWidget(loupe)
    loupe.resize(500, 400)
    with qtbot.waitExposed(loupe):
        loupe.show()
    loupe.setFocus()
    loupe.show_photo(table.ids[5])
    qtbot.waitUntil(lambda: loupe.view.zoom > 0)
    return loupe


@pytest.fixture
def press(qtbot, loupe):
    return lambda key, *modifiers: qtbot.keyClick(loupe, key, *modifiers)


def centre(view: PhotoView) -> QColor:
    image = view.grab().toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2)


def test_the_photo_is_shown_in_its_colours(loupe) -> None:
    assert centre(loupe.view).red() > 150


def test_keys_grade_and_always_go_on(qtbot, loupe, press) -> None:
    with qtbot.waitSignal(loupe.gradeRequested) as told:
        press(Key.Key_3)
    assert told.args == [Grade.FAIR, True]
    with qtbot.waitSignal(loupe.acceptRequested):
        press(Key.Key_Return)


@pytest.mark.parametrize(
    ("key", "row"),
    [
        (Key.Key_Right, 6),
        (Key.Key_Left, 4),
        (Key.Key_PageDown, 6),
        (Key.Key_Home, 0),
        (Key.Key_End, 39),
    ],
)
def test_arrows_go_to_neighbours(qtbot, loupe, press, table, key, row) -> None:
    with qtbot.waitSignal(loupe.currentPhotoChanged) as told:
        press(key)
    assert told.args == [table.ids[row]]
    assert loupe.targets() == [table.ids[row]]


def test_at_the_end_it_stays(loupe, press, table) -> None:
    press(Key.Key_End)
    press(Key.Key_Right)
    assert loupe.current_photo == table.ids[39]
    assert not loupe.advance()


def test_going_on_skips_what_is_done(loupe, model, table) -> None:
    model.set_rows(np.arange(10), filters.not_graded)
    table.codes[6] = 3
    model.all_changed()
    assert loupe.advance()
    assert loupe.current_photo == table.ids[7]


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_E, Key.Key_G, Key.Key_Space])
def test_it_closes(qtbot, loupe, press, key) -> None:
    with qtbot.waitSignal(loupe.closed):
        press(key)


def test_a_held_peek_ends_when_space_is_let_go(qtbot, loupe, table, monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr(loupes, "monotonic", lambda: now[0])
    loupe.show_photo(table.ids[5], peek=True)
    with qtbot.assertNotEmitted(loupe.closed):
        qtbot.keyRelease(loupe, Key.Key_Space)
    loupe.show_photo(table.ids[5], peek=True)
    now[0] += 1.0
    with qtbot.waitSignal(loupe.closed):
        qtbot.keyRelease(loupe, Key.Key_Space)


def test_neighbours_are_read_ahead(qtbot, loupe, loader, table) -> None:
    near = [Wanted(table.ids[6]), Wanted(table.ids[4])]
    qtbot.waitUntil(lambda: all(loader.picture(wanted) for wanted in near))


def test_one_who_walks_back_finds_the_photos_before_read(qtbot, loupe, press, loader, table):
    press(Key.Key_Left)
    qtbot.waitUntil(lambda: loader.picture(Wanted(table.ids[2])) is not None)


def test_the_next_photo_is_seen_in_the_same_part(qtbot, loupe, press) -> None:
    press(Key.Key_Z)
    press(Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    before = loupe.view.look
    assert not loupe.view.fitted
    press(Key.Key_Right)
    qtbot.waitUntil(lambda: loupe.view.zoom > 0)
    assert loupe.view.look == before
    press(Key.Key_Z)
    assert loupe.view.fitted


def test_a_double_click_enlarges_where_it_is(qtbot, loupe) -> None:
    view = loupe.view
    loupe.resize(300, 300)
    at = QPoint(view.width() - 20, view.height() // 2)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=at)
    assert view.look.x > 0.5


def test_c_compares(qtbot, loupe, press) -> None:
    with qtbot.waitSignal(loupe.compareRequested):
        press(Key.Key_C)


def test_a_new_grade_shows_at_once(loupe, model, table) -> None:
    table.codes[5] = 4
    model.rows_changed(np.array([5]))
    assert loupe.findChild(object, "verdictLine").accessibleName() == "your grade 4"


def test_it_closes_when_its_photo_leaves_the_list(qtbot, loupe, model) -> None:
    with qtbot.waitSignal(loupe.closed):
        model.set_rows(np.array([1, 2]))
    assert loupe.targets() == []


def test_a_photo_that_is_gone_says_so(qtbot, loupe, loader, table) -> None:
    table.gone.add(table.ids[20])
    before = loupe.view.grab().toImage()
    loupe.show_photo(table.ids[20])
    qtbot.waitUntil(lambda: loader.problem(table.ids[20]) is not None)
    assert loupe.view.zoom == 0
    assert loupe.view.grab().toImage() != before


def test_z_shows_the_photos_own_pixels_and_back(loupe, press) -> None:
    fitted = loupe.view.zoom
    press(Key.Key_Z)
    assert not loupe.view.fitted
    assert loupe.view.zoom > fitted
    press(Key.Key_Z)
    assert loupe.view.zoom == fitted
    press(Key.Key_Plus)
    assert loupe.view.zoom == pytest.approx(1.25 * fitted)


def test_the_wheel_zooms_and_a_drag_pulls(qtbot, loupe) -> None:
    view = loupe.view
    for _ in range(3):
        wheel(view, QPointF(10, 10))
    assert view.zoom == pytest.approx(4 * 1.25**3)
    left = Qt.MouseButton.LeftButton
    before = view.grab().toImage()
    qtbot.mousePress(view, left, pos=QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(60, 60))
    qtbot.mouseRelease(view, left, pos=QPoint(60, 60))
    assert view.cursor().shape() == Qt.CursorShape.OpenHandCursor
    loupe.resize(300, 300)
    assert view.grab().toImage().size() != before.size()


def test_without_a_photo_a_view_shows_and_asks_nothing(qtbot, loader) -> None:
    view = PhotoView(loader)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    view.show_photo(None)
    view.toggle_zoom()
    view.zoom_by(2)
    assert view.zoom == 0


def test_a_thumbnail_stands_in_until_the_picture_is_there(qtbot, loader, pool, table) -> None:
    with qtbot.waitSignal(pool.ready):
        pool.want([table.ids[0]], side=60)
    view = PhotoView(loader, pool=pool)
    qtbot.addWidget(view)
    loader.stop()
    view.resize(300, 300)
    view.show_photo(table.ids[0])
    assert centre(view).red() > 150


def wheel(view: PhotoView, at: QPointF) -> None:
    event = QWheelEvent(
        at,
        QPointF(view.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)
