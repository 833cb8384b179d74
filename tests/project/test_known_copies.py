"""Exact copies: known again, forgotten, and standing in for the photo."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.test_importing import draw, names, run
from tests.walking import finished
from tinyclf.data import in_place, scan
from tinyclf.data.in_place import Look, look_for
from tinyclf.domain import Photo, PhotoId
from tinyclf.errors import PhotoError
from tinyclf.project import CollectionStore, importing
from tinyclf.project.known_copies import CopyNews, tend_copies


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(1, 4):
        draw(tmp_path / f"album/{number}.png", number)
    return tmp_path / "album"


@pytest.fixture
def other(tmp_path: Path, folder: Path) -> Path:
    """A second folder, with a copy of the first one's first photo."""
    draw(tmp_path / "other/z.png", 99)
    shutil.copy(folder / "1.png", tmp_path / "other/again.png")
    return tmp_path / "other"


@pytest.fixture
def collection(tmp_path: Path, folder: Path, other: Path) -> Iterator[CollectionStore]:
    with CollectionStore.create(tmp_path / "mine.tinyclf") as store:
        run(store, folder)
        run(store, other)
        yield store


def place(store: CollectionStore, photo_id: PhotoId) -> Path:
    photo = store.photo(photo_id)
    assert photo is not None
    return photo.path


def copies(store: CollectionStore) -> list[Path]:
    return [copy.path for copy in store.copies()]


@pytest.fixture
def first(collection: CollectionStore) -> PhotoId:
    """The photo that has a copy."""
    return collection.copies()[0].photo_id


def test_a_copy_stands_in_for_a_photo_that_was_drawn_over(
    collection: CollectionStore, folder: Path, other: Path, first: PhotoId
) -> None:
    draw(folder / "1.png", 50)
    run(collection, folder)
    assert place(collection, first) == other / "again.png"
    assert copies(collection) == []
    assert names(collection) == ["1.png", "2.png", "3.png", "again.png", "z.png"]


def test_a_copy_stands_in_for_a_photo_that_is_gone(
    collection: CollectionStore, folder: Path, other: Path, first: PhotoId
) -> None:
    (folder / "1.png").unlink()
    assert finished(tend_copies(collection)).moved == {first}
    assert place(collection, first) == other / "again.png"
    assert finished(tend_copies(collection)) == CopyNews()


def test_a_copy_that_is_another_picture_by_now_stands_in_for_nothing(
    collection: CollectionStore, folder: Path, other: Path, first: PhotoId
) -> None:
    (folder / "1.png").unlink()
    draw(other / "again.png", 50)
    assert finished(tend_copies(collection)) == CopyNews(forgotten=1)
    assert place(collection, first) == folder / "1.png"
    assert copies(collection) == []


def test_a_copy_that_is_gone_is_forgotten_and_that_is_news(
    collection: CollectionStore, other: Path
) -> None:
    (other / "again.png").unlink()
    before = collection.last_file_news
    assert finished(tend_copies(collection)) == CopyNews(forgotten=1)
    assert copies(collection) == []
    assert collection.last_file_news != before


def test_a_copy_on_a_drive_that_is_away_stays_one(
    collection: CollectionStore, folder: Path, other: Path, first: PhotoId
) -> None:
    other.rename(other.with_name("unplugged"))
    assert finished(tend_copies(collection)) == CopyNews()
    assert copies(collection) == [other / "again.png"]
    other.with_name("unplugged").rename(other)
    (folder / "1.png").unlink()
    assert finished(tend_copies(collection)).moved == {first}


def test_a_copy_is_gone_with_a_folder_within_its_photo_folder(
    collection: CollectionStore, folder: Path
) -> None:
    shutil.copytree(folder, folder / "within")
    run(collection, folder)
    shutil.rmtree(folder / "within")
    assert finished(tend_copies(collection)).forgotten == 3


@pytest.mark.parametrize("by", ["looking", "importing"])
def test_a_touched_photo_that_cannot_be_read_does_not_move_to_its_copy(
    collection: CollectionStore,
    folder: Path,
    other: Path,
    first: PhotoId,
    monkeypatch: pytest.MonkeyPatch,
    by: str,
) -> None:
    def read(_: Path) -> None:
        raise PhotoError("you are not allowed to read the file")

    monkeypatch.setattr(in_place, "stamped_id", read)
    (folder / "1.png").touch()
    if by == "looking":
        assert finished(tend_copies(collection)) == CopyNews()
    else:
        (other / "again.png").touch()
        assert run(collection, other).moved == 0
    assert place(collection, first) == folder / "1.png"
    assert copies(collection) == [other / "again.png"]


def test_copies_in_a_folder_that_has_no_photo_left_are_forgotten(
    collection: CollectionStore, folder: Path, other: Path
) -> None:
    shutil.rmtree(other)
    other.mkdir()
    run(collection, folder)
    assert (copies(collection), collection.count_copies()) == ([], 0)


def test_a_copy_that_is_a_photo_now_is_none_whichever_folder_it_was_found_with(
    collection: CollectionStore, folder: Path
) -> None:
    shutil.copytree(folder, folder / "within")
    run(collection, folder)
    assert len(copies(collection)) == 1 + 3
    draw(folder / "within/1.png", 50)
    run(collection, folder / "within")
    left = sorted(path.relative_to(folder.parent).as_posix() for path in copies(collection))
    assert left == ["album/within/2.png", "album/within/3.png", "other/again.png"]


def test_unchanged_copies_are_not_read_again_nor_their_photo(
    collection: CollectionStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        shutil.copy(folder / "2.png", folder / f"again{number}.png")
    first = run(collection, folder)

    def read(*_: object, **__: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(scan, "decode_file", read)
    monkeypatch.setattr(in_place, "stamped_id", read)
    again = run(collection, folder)
    assert len(first.copies) == 5
    assert (again.imported, again.copies, again.problems) == (3, first.copies, ())


def test_the_photo_of_many_copies_is_read_once(
    collection: CollectionStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        shutil.copy(folder / "2.png", folder / f"again{number}.png")
    asked = list[Photo]()

    def look(photo: Photo) -> Look:
        asked.append(photo)
        return look_for(photo)

    monkeypatch.setattr(importing, "look_for", look)
    assert len(run(collection, folder).copies) == 5
    assert len(asked) == 1


def test_the_time_of_a_photo_that_was_touched_is_kept(
    collection: CollectionStore, folder: Path, first: PhotoId
) -> None:
    (folder / "1.png").touch()
    assert finished(tend_copies(collection)) == CopyNews()
    photo = collection.photo(first)
    assert photo is not None
    status = photo.path.stat()
    assert (photo.modified_ns, photo.changed_ns) == (status.st_mtime_ns, status.st_ctime_ns)
