from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.walking import walked
from tinyclf.data.in_place import InPlace, look_for
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.domain import ActKind, Grade, ImportReport, Progress
from tinyclf.errors import InputError
from tinyclf.project import CollectionStore, PhotoTable, importing
from tinyclf.project.importing import import_photos


def draw(path: Path, shade: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 6), (shade, shade, 90)).save(path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(1, 4):
        draw(tmp_path / f"album/{number}.png", number)
    return tmp_path / "album"


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[CollectionStore]:
    with CollectionStore.create(tmp_path / "mine.tinyclf") as store:
        yield store


def run(store: CollectionStore, folder: Path) -> ImportReport:
    report, told = walked(import_photos(store, folder, workers=1))
    assert all(isinstance(one, Progress) for one in told)
    assert report.found == report.imported + len(report.copies) + len(report.problems)
    return report


def names(store: CollectionStore) -> list[str]:
    return sorted(photo.path.name for photo in store.photos())


def test_photos_and_problems_are_all_there_is(collection: CollectionStore, folder: Path) -> None:
    (folder / "empty.jpg").touch()
    (folder / "notes.txt").write_text("not looked at")
    report = run(collection, folder)
    assert (report.found, report.imported, report.new, report.moved) == (4, 3, 3, 0)
    assert names(collection) == ["1.png", "2.png", "3.png"]
    assert collection.problems() == list(report.problems)
    assert [problem.path.name for problem in report.problems] == ["empty.jpg"]


def test_importing_again_changes_nothing(collection: CollectionStore, folder: Path) -> None:
    shutil.copy(folder / "1.png", folder / "again.png")
    (folder / "empty.jpg").touch()
    first, act = run(collection, folder), collection.last_act
    second = run(collection, folder)
    assert (second.found, second.imported, second.new) == (first.found, first.imported, 0)
    assert (second.problems, second.copies) == (first.problems, first.copies)
    assert collection.last_act == act


def test_the_same_photo_twice_is_a_copy_and_no_problem(
    collection: CollectionStore, folder: Path
) -> None:
    shutil.copy(folder / "1.png", folder / "again.png")
    report = run(collection, folder)
    [copy] = report.copies
    assert (copy.path, copy.original) == (folder / "again.png", folder / "1.png")
    assert report.problems == ()
    assert (collection.copies(), collection.count_copies()) == ([copy], 1)


def test_copies_may_lie_in_another_folder(
    collection: CollectionStore, folder: Path, tmp_path: Path
) -> None:
    run(collection, folder)
    shutil.copytree(folder, tmp_path / "copies")
    report = run(collection, tmp_path / "copies")
    assert [(copy.path, copy.original) for copy in report.copies] == [
        (tmp_path / "copies" / name, folder / name) for name in ("1.png", "2.png", "3.png")
    ]


def test_a_copy_stands_in_for_the_photo_that_is_gone(
    collection: CollectionStore, folder: Path
) -> None:
    shutil.copy(folder / "1.png", folder / "again.png")
    run(collection, folder)
    (folder / "1.png").unlink()
    report = run(collection, folder)
    assert (report.imported, report.new, report.moved, report.copies) == (3, 0, 1, ())
    assert names(collection) == ["2.png", "3.png", "again.png"]
    assert collection.copies() == []


def test_a_copy_that_is_gone_is_none_any_more(collection: CollectionStore, folder: Path) -> None:
    copy = shutil.copy(folder / "1.png", folder / "again.png")
    run(collection, folder)
    copy.unlink()
    run(collection, folder)
    assert (collection.copies(), collection.count_copies()) == ([], 0)


def test_a_moved_photo_keeps_its_grade(
    collection: CollectionStore, folder: Path, tmp_path: Path
) -> None:
    run(collection, folder)
    photo = collection.photos()[0]
    collection.record(ActKind.GRADE, [(photo.photo_id, Grade.GOOD)])
    folder.rename(tmp_path / "renamed")
    report = run(collection, tmp_path / "renamed")
    assert (report.imported, report.new, report.moved, report.problems) == (3, 0, 3, ())
    moved = collection.photo(photo.photo_id)
    assert moved is not None
    assert moved.path == tmp_path / "renamed" / photo.path.name
    assert [label.photo_id for label in collection.labels()] == [photo.photo_id]


def test_photos_that_swap_names_have_moved(collection: CollectionStore, folder: Path) -> None:
    run(collection, folder)
    ids = {photo.path.name: photo.photo_id for photo in collection.photos()}
    (folder / "1.png").rename(folder / "x.png")
    (folder / "2.png").rename(folder / "1.png")
    (folder / "x.png").rename(folder / "2.png")
    for number in "12":
        os.utime(folder / f"{number}.png", ns=(5, 5 + int(number)))
    assert run(collection, folder).moved == 2
    swapped = {photo.path.name: photo.photo_id for photo in collection.photos()}
    assert swapped == {"1.png": ids["2.png"], "2.png": ids["1.png"], "3.png": ids["3.png"]}


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    """Two pictures as large and as old as each other."""
    for number in range(1, 3):
        os.utime(draw(tmp_path / f"twins/{number}.bmp", number), ns=(5, 5))
    return tmp_path / "twins"


def test_photos_as_large_and_as_old_that_swap_names_have_moved(
    collection: CollectionStore, twins: Path
) -> None:
    run(collection, twins)
    ids = {photo.path.name: photo.photo_id for photo in collection.photos()}
    (twins / "1.bmp").rename(twins / "x.bmp")
    (twins / "2.bmp").rename(twins / "1.bmp")
    (twins / "x.bmp").rename(twins / "2.bmp")
    report = run(collection, twins)
    assert (report.imported, report.new, report.moved) == (2, 0, 2)
    swapped = {photo.path.name: photo.photo_id for photo in collection.photos()}
    assert swapped == {"1.bmp": ids["2.bmp"], "2.bmp": ids["1.bmp"]}


def test_a_photo_replaced_by_another_as_large_and_as_old_is_a_new_one(
    collection: CollectionStore, twins: Path
) -> None:
    run(collection, twins)
    os.utime(draw(twins / "1.bmp", 200), ns=(5, 5))
    report = run(collection, twins)
    assert (report.imported, report.new) == (2, 1)
    assert run(collection, twins).new == 0


@pytest.mark.parametrize("known", [True, False], ids=["the time differs", "the time is not known"])
def test_a_file_that_only_the_system_says_was_changed_is_no_news(
    collection: CollectionStore, twins: Path, known: bool
) -> None:
    run(collection, twins)
    now = {one.photo_id: one.stamp for one in collection.sightings()}
    with collection._writing() as connection:
        connection.execute("UPDATE photos SET changed_ns = ?", (7 if known else None,))
    act = collection.last_act
    report = run(collection, twins)
    assert (report.imported, report.new, report.moved) == (2, 0, 0)
    assert {one.photo_id: one.stamp for one in collection.sightings()} == now
    assert collection.last_act == act


def test_a_photo_that_was_drawn_over_is_a_new_one(
    collection: CollectionStore, folder: Path
) -> None:
    run(collection, folder)
    draw(folder / "1.png", 200)
    os.utime(folder / "1.png", ns=(5, 5))
    report = run(collection, folder)
    assert (report.imported, report.new) == (3, 1)
    assert names(collection) == ["1.png", "1.png", "2.png", "3.png"]


def test_the_photo_that_comes_back_has_its_place_again(
    collection: CollectionStore, folder: Path, tmp_path: Path
) -> None:
    run(collection, folder)
    shutil.copy2(folder / "1.png", tmp_path / "kept.png")
    draw(folder / "1.png", 200)
    run(collection, folder)
    shutil.copy2(tmp_path / "kept.png", folder / "1.png")
    assert run(collection, folder).new == 0
    assert PhotoTable.load(collection).replaced().tolist() == [False, False, False, True]
    act = collection.last_act
    run(collection, folder)
    assert collection.last_act == act


def test_a_touched_photo_is_not_new(collection: CollectionStore, folder: Path) -> None:
    run(collection, folder)
    os.utime(folder / "1.png", ns=(5, 5))
    report = run(collection, folder)
    assert (report.imported, report.new, report.moved) == (3, 0, 0)
    assert 5 in [photo.modified_ns for photo in collection.photos()]


def test_a_mended_file_is_no_problem_any_more(collection: CollectionStore, folder: Path) -> None:
    (folder / "4.png").touch()
    run(collection, folder)
    draw(folder / "4.png", 4)
    assert run(collection, folder).problems == ()
    assert collection.problems() == []


def test_a_folder_within_is_known_already(collection: CollectionStore, folder: Path) -> None:
    run(collection, folder)
    report = run(collection, folder.parent)
    assert (report.imported, report.new, report.moved) == (3, 0, 0)


def test_stopping_keeps_what_was_read(
    collection: CollectionStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH_PHOTOS", 1000)
    job = import_photos(collection, folder, workers=1)
    while next(job).done < 2:
        pass
    job.close()
    assert names(collection) == ["1.png", "2.png"]
    assert run(collection, folder).new == 1


def test_thumbnails_are_made_on_the_way(
    collection: CollectionStore, folder: Path, tmp_path: Path
) -> None:
    with ThumbnailCache(tmp_path) as cache:
        for _ in import_photos(collection, folder, cache, workers=1):
            pass
        photos = collection.photos()
        assert len(photos) == 3
        assert all(cache.get(photo.photo_id) for photo in photos)


def test_an_empty_folder_is_no_error(collection: CollectionStore, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert run(collection, tmp_path / "none") == ImportReport(0, 0, 0, 0)


def test_a_missing_folder_is_named(collection: CollectionStore, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        run(collection, tmp_path / "nowhere")
    assert collection.folders() == []


def test_a_photo_of_a_date_no_file_of_ours_can_hold_comes_in_and_is_found_again(
    collection: CollectionStore, folder: Path
) -> None:
    far = (2400 - 1970) * 31_556_952 * 10**9
    os.utime(folder / "2.png", ns=(far, far))
    if (folder / "2.png").stat().st_mtime_ns != far:
        pytest.skip("this file system keeps no such dates")
    assert run(collection, folder).new == 3
    assert run(collection, folder).new == 0
    assert all(look_for(photo).found is InPlace.HERE for photo in collection.photos())
    [photo] = (photo for photo in collection.photos() if photo.path.name == "2.png")
    assert photo.modified_ns == 2**63 - 1
