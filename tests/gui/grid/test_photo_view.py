"""Large photos: a quick picture first, the whole one where one looks closer."""

import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt

from tinyclf.domain import PhotoId
from tinyclf_gui.jobs.photo_loader import PhotoLoader, Wanted
from tinyclf_gui.widgets.photo_view import QUICK_PIXELS, PhotoView

PHOTO, NEXT = PhotoId("0" * 32), PhotoId("1" * 32)
WHOLE = (3000, 1500)


@pytest.fixture
def decoded():
    return []


@pytest.fixture
def loader(qapp, decoded):
    def decode(photo_id, long_side):
        decoded.append(Wanted(photo_id, long_side))
        picture = Image.new("RGB", WHOLE, (200, 30, 30))
        picture.thumbnail((long_side or WHOLE[0],) * 2)
        return picture

    loader = PhotoLoader(decode, measure=lambda _: WHOLE)
    yield loader
    loader.stop()


@pytest.fixture
def view(qtbot, loader):
    view = PhotoView(loader)
    qtbot.addWidget(view)
    view.resize(600, 300)
    with qtbot.waitExposed(view):
        view.show()
    view.show_photo(PHOTO, [NEXT])
    qtbot.waitUntil(lambda: loader.picture(Wanted(NEXT, QUICK_PIXELS)) is not None)
    return view


def red(view):
    return view.grab().toImage().pixelColor(300, 150).red()


def test_seen_as_a_whole_a_large_photo_is_not_read_whole(view, decoded) -> None:
    assert decoded == [Wanted(PHOTO, QUICK_PIXELS), Wanted(NEXT, QUICK_PIXELS)]
    assert view.zoom == pytest.approx(0.2)
    assert red(view) == 200


def test_looked_at_closely_it_is_and_nothing_moves(qtbot, view, loader) -> None:
    view.toggle_zoom(QPointF(10, 10))
    look = view.look
    assert view.zoom == 1.0
    assert red(view) == 200
    qtbot.waitUntil(lambda: loader.picture(Wanted(PHOTO)) is not None)
    assert (view.look, view.zoom) == (look, 1.0)
    assert red(view) == 200


def test_then_the_next_one_is_read_whole_too(qtbot, view, loader) -> None:
    view.toggle_zoom(QPointF(10, 10))
    qtbot.waitUntil(lambda: loader.picture(Wanted(NEXT)) is not None)


def test_one_can_zoom_before_the_picture_is_there(qtbot, loader) -> None:
    loader.stop()
    view = PhotoView(loader)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show_photo(PHOTO)
    view.toggle_zoom()
    assert view.zoom == 1.0


def test_pulled_to_its_edge_it_stays_there(view) -> None:
    view.toggle_zoom(QPointF(0, 0))
    for _ in range(50):
        view.pan(1, 0)
    assert view.look.x == pytest.approx(1 - 300 / 3000)
    assert view.cursor().shape() == Qt.CursorShape.OpenHandCursor
