import threading
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor

from tinyclf.domain import PhotoId
from tinyclf_gui.jobs.pictures import halves, to_qimage
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool

A, B, C = (PhotoId(letter) for letter in "abc")


@pytest.fixture
def make_pool(qapp, picture):
    pools: list[ThumbnailPool] = []
    jpeg = BytesIO()
    picture.save(jpeg, "JPEG")

    def make(load=lambda _photo_id: jpeg.getvalue(), **options) -> ThumbnailPool:
        pools.append(ThumbnailPool(load, **options))
        return pools[-1]

    yield make
    for pool in pools:
        pool.stop()


def test_a_wanted_photo_gets_a_pixmap_that_fills_its_square(qtbot, make_pool) -> None:
    pool = make_pool()
    with qtbot.waitSignal(pool.ready) as told:
        pool.want([A], side=120, scale=2.0)
    assert told.args == [A]
    pixmap = pool.pixmap(A)
    assert (pixmap.width(), pixmap.height(), pixmap.devicePixelRatio()) == (120, 80, 2.0)
    assert pool.used == 120 * 80 * 4


def test_thumbnails_are_decoded_off_the_gui_thread(qtbot, make_pool) -> None:
    threads: list[threading.Thread] = []

    def load(_photo_id: PhotoId) -> bytes:
        threads.append(threading.current_thread())
        raise ValueError

    pool = make_pool(load)
    with qtbot.waitSignal(pool.ready):
        pool.want([A], side=60)
    assert threads[0] is not threading.main_thread()


def test_a_missing_photo_has_a_problem_until_it_is_tried_again(qtbot, table, pool) -> None:
    gone = table.ids[0]
    table.gone.add(gone)
    with qtbot.waitSignal(pool.ready):
        pool.want([gone], side=60)
    assert pool.pixmap(gone) is None
    assert pool.problem(gone) == "the photo is gone"
    table.gone.clear()
    pool.forget_problems()
    with qtbot.waitSignal(pool.ready):
        pool.want([gone], side=60)
    assert pool.problem(gone) is None
    assert pool.pixmap(gone) is not None


def test_a_damaged_thumbnail_is_a_problem_not_a_crash(qtbot, make_pool) -> None:
    pool = make_pool(lambda _photo_id: b"no picture")
    with qtbot.waitSignal(pool.ready):
        pool.want([A], side=60)
    assert "cannot be shown" in pool.problem(A)


def test_the_least_recently_used_make_room(qtbot, make_pool) -> None:
    pool = make_pool(budget=2 * 60 * 40 * 4)
    for photo_id in (A, B):
        with qtbot.waitSignal(pool.ready):
            pool.want([photo_id], side=60)
    assert pool.pixmap(A) is not None
    with qtbot.waitSignal(pool.ready):
        pool.want([C], side=60)
    assert pool.pixmap(B) is None
    assert pool.pixmap(A) is not None
    assert pool.used <= 2 * 60 * 40 * 4


def test_another_size_is_made_while_the_old_one_serves(qtbot, make_pool) -> None:
    pool = make_pool()
    with qtbot.waitSignal(pool.ready):
        pool.want([A], side=60)
    pool.want([A], side=90)
    assert pool.pixmap(A).width() == 60
    qtbot.waitUntil(lambda: pool.pixmap(A).width() == 90)


def test_a_late_thumbnail_of_an_older_size_does_not_take_the_place_of_the_right_one(
    qtbot, make_pool, picture
) -> None:
    jpeg, begun, go_on = BytesIO(), threading.Event(), threading.Event()
    picture.save(jpeg, "JPEG")

    def load(_photo_id: PhotoId) -> bytes:
        if not begun.is_set():
            begun.set()
            go_on.wait(10)
        return jpeg.getvalue()

    pool = make_pool(load)
    pool.want([A], side=60)
    assert begun.wait(10)
    with qtbot.waitSignal(pool.ready):
        pool.want([A], side=120)
    with qtbot.waitSignal(pool.ready):
        go_on.set()
    assert pool.pixmap(A).width() == 120


def test_pictures_keep_their_colours_and_halve_down() -> None:
    pixels = np.full((300, 1100, 3), (200, 30, 60), np.uint8)
    levels = halves(Image.fromarray(pixels))
    assert [(level.width(), level.height()) for level in levels] == [
        (1100, 300),
        (550, 150),
        (275, 75),
    ]
    assert all(level.pixelColor(5, 5) == QColor(200, 30, 60) for level in levels)
    assert to_qimage(Image.new("L", (3, 2), 77)).pixelColor(2, 1) == QColor(77, 77, 77)


def test_pictures_are_opaque_byte_by_byte() -> None:
    image = to_qimage(Image.new("RGB", (2, 1)))
    assert bytes(image.constBits()) == b"\x00\x00\x00\xff" * 2


def test_beside_the_grid_a_photo_has_a_size_of_its_own(qtbot, make_pool) -> None:
    pool = make_pool()
    pool.want([A], side=120)
    pool.want_beside("ladder", [A], side=60)
    qtbot.waitUntil(lambda: pool.pixmap(A) is not None and pool.pixmap(A, beside=True) is not None)
    assert pool.pixmap(A).width() == 120
    assert pool.pixmap(A, beside=True).width() == 60
    assert pool.used == (120 * 80 + 60 * 40) * 4


def test_the_photos_in_sight_of_the_grid_come_before_those_beside_it(
    make_pool, monkeypatch
) -> None:
    pool, asked = make_pool(), []
    monkeypatch.setattr(pool._queue, "want", lambda keys: asked.append(list(keys)))
    pool.want([A, B, C], side=60, in_view=2)
    pool.want_beside("ladder", [PhotoId("d")], side=30)
    assert [kept.photo_id for kept, _ in asked[-1]] == [A, B, "d", C]


def test_what_several_viewers_wait_for_is_all_served(qtbot, make_pool) -> None:
    pool = make_pool()
    pool.want([A], side=60)
    pool.want_beside("ladder", [B], side=30)
    pool.want_beside("look-alikes", [C], side=30)
    qtbot.waitUntil(lambda: all(pool.pixmap(one, beside=True) is not None for one in (B, C)))
    qtbot.waitUntil(lambda: pool.pixmap(A) is not None)


def test_who_looks_no_more_waits_for_nothing(make_pool, monkeypatch) -> None:
    pool, asked = make_pool(), []
    monkeypatch.setattr(pool._queue, "want", lambda keys: asked.append(list(keys)))
    pool.want_beside("ladder", [B], side=30)
    pool.leave("ladder")
    assert asked[-1] == []


def test_who_leaves_takes_nothing_from_the_others(qtbot, make_pool, monkeypatch) -> None:
    pool, asked = make_pool(), []
    pool.want_beside("ladder", [A], side=120, scale=2.0)
    qtbot.waitUntil(lambda: pool.pixmap(A, beside=True) is not None)
    pool.want_beside("look-alikes", [], side=60)
    monkeypatch.setattr(pool._queue, "want", lambda keys: asked.append(list(keys)))
    pool.leave("look-alikes")
    assert asked == [[]]
    assert pool.pixmap(A, beside=True).devicePixelRatio() == 2.0


def test_a_photo_that_several_show_is_made_as_large_as_the_largest(qtbot, make_pool) -> None:
    pool = make_pool()
    pool.want_beside("ladder", [A], side=60)
    pool.want_beside("look-alikes", [A], side=30)
    qtbot.waitUntil(lambda: pool.pixmap(A, beside=True) is not None)
    assert pool.pixmap(A, beside=True).width() == 60


def test_all_that_the_grid_wants_is_kept_whatever_the_budget(qtbot, make_pool) -> None:
    pool = make_pool(budget=1)
    pool.want([A, B, C], side=60)
    qtbot.waitUntil(lambda: all(pool.pixmap(one) is not None for one in (A, B, C)))
