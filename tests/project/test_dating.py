"""When photos were taken is asked when they come in; of those that came in before, once."""

import pytest
from PIL import ExifTags, Image

from tinyclf.domain import PhotoId
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.project.dating import date_photos
from tinyclf.project.importing import import_photos

MAY = 1_714_521_600  # 2024-05-01


@pytest.fixture
def folder(tmp_path):
    """A photo of May, and one without a date."""
    folder = tmp_path / "stamps"
    folder.mkdir()
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2024:05:01 00:00:00"
    Image.new("RGB", (8, 8), "red").save(folder / "may.jpg", exif=exif)
    Image.new("RGB", (8, 8), "blue").save(folder / "undated.jpg")
    return folder


@pytest.fixture
def imported(tmp_path, folder, finish):
    with CollectionStore.create(tmp_path / "dated.tinyclf") as store:
        finish(import_photos(store, folder))
        yield store


@pytest.fixture
def forgotten(imported):
    """The same, as a program wrote it that did not ask."""
    for photo in imported.photos():
        with imported._writing() as connection:
            connection.execute(
                "UPDATE photos SET taken = NULL WHERE photo_id = ?", (photo.photo_id,)
            )
    return imported


def test_the_date_comes_in_with_the_photo(imported):
    assert [photo.taken for photo in imported.photos()] == [MAY, None]


def test_an_undated_photo_goes_by_its_file(imported):
    undated = imported.photos()[1]
    assert PhotoTable.load(imported).taken.tolist() == [MAY, undated.modified_ns // 10**9]


def test_photos_known_before_are_asked_once(forgotten, finish):
    table = PhotoTable.load(forgotten)
    finish(date_photos(forgotten))
    assert table.refresh(forgotten).tolist() == [0]
    assert table.taken[0] == MAY
    forgotten.set_taken({PhotoId(table.ids[0]): 0})
    finish(date_photos(forgotten))
    assert forgotten.photos()[0].taken == 0


def test_a_photo_that_is_not_in_its_place_is_passed_over(forgotten, folder, finish):
    (folder / "may.jpg").unlink()
    finish(date_photos(forgotten))
    assert [photo.taken for photo in forgotten.photos()] == [None, None]


def test_what_is_taken_in_again_keeps_its_date(imported, folder):
    imported.add_photos(folder, [PhotoTable.load(imported).photo(0)])
    assert imported.photos()[0].taken == MAY
