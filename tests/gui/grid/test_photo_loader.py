import pytest
from PIL import Image

from tinyclf.domain import PhotoId
from tinyclf.errors import PhotoError
from tinyclf_gui.jobs.photo_loader import PhotoLoader, Wanted

A, B, C = (Wanted(PhotoId(letter)) for letter in "abc")


@pytest.fixture
def make_loader(qapp):
    loaders: list[PhotoLoader] = []

    def make(decode, **options) -> PhotoLoader:
        loaders.append(PhotoLoader(decode, **options))
        return loaders[-1]

    yield make
    for loader in loaders:
        loader.stop()


def test_a_picture_comes_with_its_smaller_levels(qtbot, make_loader) -> None:
    loader = make_loader(lambda _photo_id, _side: Image.new("RGB", (1000, 500)))
    with qtbot.waitSignal(loader.ready):
        loader.want("viewer", [A])
    assert [level.width() for level in loader.picture(A)] == [1000, 500]


def test_a_viewer_may_ask_for_a_smaller_picture(qtbot, make_loader) -> None:
    loader = make_loader(lambda _photo_id, side: Image.new("RGB", (side, side)))
    small = Wanted(A.photo_id, 200)
    with qtbot.waitSignal(loader.ready):
        loader.want("viewer", [small])
    assert loader.picture(small)[0].width() == 200
    assert loader.picture(A) is None


def test_why_a_photo_cannot_be_shown_is_told(qtbot, table, loader) -> None:
    table.gone.add(table.ids[3])
    with qtbot.waitSignal(loader.ready):
        loader.want("viewer", [Wanted(table.ids[3])])
    assert loader.problem(table.ids[3]) == "the photo is gone"


def test_beyond_the_budget_the_least_wanted_goes(qtbot, make_loader) -> None:
    loader = make_loader(
        lambda _photo_id, _side: Image.new("RGB", (100, 100)), budget=2 * 100 * 100 * 4
    )
    loader.want("viewer", [A, B, C])
    qtbot.waitUntil(lambda: loader.picture(B) is not None)
    qtbot.waitUntil(lambda: loader.picture(C) is None)
    assert loader.picture(A) is not None


def test_what_nobody_waits_for_any_more_is_kept_in_spare_room_alone(qtbot, make_loader) -> None:
    loader = make_loader(
        lambda _photo_id, _side: Image.new("RGB", (100, 100)), spare=2 * 100 * 100 * 4
    )
    loader.want("viewer", [A, B, C])
    qtbot.waitUntil(lambda: None not in map(loader.picture, (A, B, C)))
    loader.want("viewer", [C])
    assert [loader.picture(one) is not None for one in (A, B, C)] == [False, True, True]


def test_two_viewers_do_not_take_each_others_pictures_away(qtbot, make_loader) -> None:
    loader = make_loader(lambda _photo_id, _side: Image.new("RGB", (10, 10)))
    loader.want("loupe", [A, B])
    loader.want("inspector", [C])
    qtbot.waitUntil(lambda: None not in map(loader.picture, (A, B, C)))


def test_four_photos_in_view_are_all_kept_whatever_the_budget(qtbot, make_loader) -> None:
    loader = make_loader(lambda _photo_id, _side: Image.new("RGB", (100, 100)), budget=1)
    four = [Wanted(PhotoId(f"{number:032x}")) for number in range(4)]
    for number, wanted in enumerate(four):
        loader.want(number, [wanted, A])
    qtbot.waitUntil(lambda: None not in map(loader.picture, four))
    assert loader.picture(A) is None


def test_it_knows_whether_two_photos_can_be_kept_whole(make_loader) -> None:
    sizes = {A.photo_id: (6000, 4000), B.photo_id: (4000, 3000), C.photo_id: None}
    loader = make_loader(lambda *_: Image.new("RGB", (1, 1)), measure=sizes.get)
    assert not loader.has_room([A.photo_id, A.photo_id])
    assert loader.has_room([B.photo_id, B.photo_id, C.photo_id])


def test_a_bad_photo_in_view_is_read_once_whatever_others_ask_for(qtbot, make_loader) -> None:
    asked: list[PhotoId] = []

    def decode(photo_id: PhotoId, long_side: int | None = None) -> Image.Image:
        asked.append(photo_id)
        if photo_id == "bad":
            raise PhotoError("the photo is gone")
        return Image.new("RGB", (8, 8))

    loader, bad = make_loader(decode), Wanted(PhotoId("bad"))
    with qtbot.waitSignal(loader.ready):
        loader.want("loupe", [bad])
    for letter in "abcde":
        with qtbot.waitSignal(loader.ready):
            loader.want("inspector", [Wanted(PhotoId(letter)), bad])
    assert asked == ["bad", *"abcde"]
    with qtbot.waitSignal(loader.ready):
        loader.want("loupe", [bad])
    assert asked[-1] == "bad"
