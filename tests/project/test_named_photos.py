"""A name stands for a photo only while the file of that name is the photo."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tinyclf.data.identity import photo_id
from tinyclf.domain import Copy, FileStamp, Grade, Photo
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.project.grades_csv import GradesTable, read_grades


@pytest.fixture
def two_files(make_store: Callable[[int], CollectionStore], tmp_path: Path) -> CollectionStore:
    """A collection of a.jpg and b.jpg, which are as large, and c.jpg, a copy of the first."""
    folder = tmp_path / "photos"
    folder.mkdir()
    store = make_store(0)
    for name, content in (("a", b"first"), ("b", b"other")):
        path = folder / f"{name}.jpg"
        path.write_bytes(content)
        os.utime(path, ns=(0, len(store.photos())))
        stamp = path.stat()
        one = Photo(photo_id(path), path, 1, 1, stamp.st_size, stamp.st_mtime_ns)
        store.add_photos(folder, [one])
    copy = folder / "c.jpg"
    shutil.copy2(folder / "a.jpg", copy)
    stamp = copy.stat()
    first = store.photos()[0]
    times = FileStamp.of(stamp)
    store.add_photos(folder, [], copies=[Copy(copy, first.photo_id, first.path, times)])
    return store


def read_into(store: CollectionStore, content: str) -> GradesTable:
    path = store.path.with_name("g.csv")
    path.write_text(content)
    return read_grades(path, PhotoTable.load(store), store.folders(), store.copies())


@pytest.mark.parametrize("name", ["a.jpg", "b.jpg", "c.jpg"])
def test_a_name_that_another_file_has_now_stands_for_no_photo(
    two_files: CollectionStore, name: str
) -> None:
    folder = two_files.folders()[-1]
    if name == "c.jpg":
        (folder / name).write_bytes(b"third")
    else:
        (folder / "a.jpg").rename(folder / "t.jpg")
        (folder / "b.jpg").rename(folder / "a.jpg")
        (folder / "t.jpg").rename(folder / "b.jpg")
    [bad] = read_into(two_files, f"photo,grade\n{name},5\n").bad
    assert "is another one than was imported" in bad.reason


def test_a_file_of_another_size_is_another_one(two_files: CollectionStore) -> None:
    folder = two_files.folders()[-1]
    (folder / "a.jpg").write_bytes(b"longer")
    [bad] = read_into(two_files, "photo,grade\na.jpg,5\n").bad
    assert "is another one than was imported" in bad.reason


def test_a_name_is_kept_while_its_file_is_touched_or_away(two_files: CollectionStore) -> None:
    folder = two_files.folders()[-1]
    (folder / "a.jpg").touch()
    (folder / "b.jpg").unlink()
    table = read_into(two_files, "photo,grade\na.jpg,5\nb.jpg,4\n")
    assert [grade for _, grade in table.require_all()] == [Grade.FLAWLESS, Grade.GOOD]
