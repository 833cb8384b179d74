from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tinyclf.domain import Photo, PhotoId, Problem
from tinyclf.errors import CollectionError
from tinyclf.project import CollectionStore, PhotoTable

PHOTOS = Path("/photos/stamps")


def test_photos_come_back_as_they_were(store: CollectionStore) -> None:
    photo = Photo(PhotoId("a" * 32), PHOTOS / "12/odd 'name'\n.jpg", 4000, 3000, 1 << 40, 1 << 62)
    store.add_photos(PHOTOS, [photo])
    assert store.photo(photo.photo_id) == photo
    assert store.photos()[-1] == photo
    assert store.photo(PhotoId("b" * 32)) is None


def test_a_name_that_is_no_unicode_comes_back(store: CollectionStore) -> None:
    path = PHOTOS / os.fsdecode(b"caf\xe9.jpg")
    store.add_photos(PHOTOS, [Photo(PhotoId("a" * 32), path, 1, 1, 1, 1)])
    assert store.photos()[-1].path == path
    table = PhotoTable.load(store)
    assert table.path(len(table) - 1) == path
    assert table.names[-1] == "caf\N{REPLACEMENT CHARACTER}.jpg"


def test_a_folder_whose_name_is_no_unicode_comes_back(store: CollectionStore) -> None:
    folder = Path(os.fsdecode(b"/p\xff"))
    store.add_photos(folder, [Photo(PhotoId("a" * 32), folder / "x.jpg", 1, 1, 1, 1)])
    assert store.folders() == [PHOTOS, folder]
    assert store.photos()[-1].path == folder / "x.jpg"


def test_a_known_photo_gets_its_new_place(store: CollectionStore) -> None:
    moved = replace(store.photos()[2], path=Path("/elsewhere/new.jpg"), modified_ns=9)
    store.add_photos(Path("/elsewhere"), [moved])
    assert store.photos()[2] == moved
    assert len(store.photos()) == 6


def test_a_folder_is_added_once(store: CollectionStore) -> None:
    store.add_photos(PHOTOS / "x" / "..", [])
    assert store.folders() == [PHOTOS]


def test_a_photo_must_lie_in_its_folder(store: CollectionStore) -> None:
    with pytest.raises(CollectionError, match="does not lie in"):
        store.add_photos(Path("/other"), [store.photos()[0]])
    assert store.folders() == [PHOTOS]


def test_problems_are_kept_and_replaced(store: CollectionStore) -> None:
    torn, empty = (Problem(PHOTOS / name, "broken") for name in ("torn.jpg", "empty.jpg"))
    store.add_photos(PHOTOS, [], [torn, empty])
    assert store.problems() == [empty, torn]
    store.add_photos(PHOTOS, [], [replace(torn, reason="worse")])
    assert [problem.reason for problem in store.problems()] == ["broken", "worse"]
    store.replace_problems(PHOTOS, [torn])
    assert store.problems() == [torn]


def test_a_file_in_two_photo_folders_is_one_problem(store: CollectionStore) -> None:
    torn = Problem(PHOTOS / "torn.jpg", "broken")
    store.replace_problems(PHOTOS, [torn])
    store.replace_problems(PHOTOS.parent, [torn])
    assert store.problems() == [torn]
