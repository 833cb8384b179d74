"""Photos that were moved are found by their content, and nothing else is taken for them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.walking import finished
from tinyclf.data.identity import photo_id as identity_of
from tinyclf.domain import ActKind, Grade
from tinyclf.errors import InputError, StorageError
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.project.importing import import_photos
from tinyclf.project.relinking import (
    Missing,
    RelinkReport,
    find_missing,
    relink_photos,
)
from tinyclf.project.touched import TouchedFiles


def draw(path: Path, shade: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 6), (shade, shade, 90)).save(path)
    return path


@pytest.fixture
def album(tmp_path: Path) -> Path:
    for number in range(1, 7):
        draw(tmp_path / f"drive/album/{'a' if number < 4 else 'b'}/{number}.png", 9 * number)
    return tmp_path / "drive/album"


@pytest.fixture
def collection(tmp_path: Path, album: Path) -> Iterator[CollectionStore]:
    with CollectionStore.create(tmp_path / "mine.tinyclf") as store:
        finished(import_photos(store, album))
        for number, photo in enumerate(store.photos()):
            store.record(ActKind.GRADE, [(photo.photo_id, Grade(number % 5 + 1))])
        yield store


def missing(store: CollectionStore) -> Missing:
    return finished(find_missing(PhotoTable.load(store).all_photos()))


def relink(store: CollectionStore, folder: Path) -> RelinkReport:
    return finished(relink_photos(store, PhotoTable.load(store).all_photos(), folder))


def grades(store: CollectionStore) -> dict[str, object]:
    return {label.photo_id: label.verdict for label in store.labels()}


def names(store: CollectionStore) -> dict[str, str]:
    return {photo.photo_id: photo.path.name for photo in store.photos()}


def test_nothing_is_missing_where_all_is_in_place(collection: CollectionStore) -> None:
    assert missing(collection) == Missing()


def test_a_drive_that_is_not_there_is_one_place(
    collection: CollectionStore, album: Path, tmp_path: Path
) -> None:
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    assert len(missing(collection).photo_ids) == 6
    assert missing(collection).places == (tmp_path / "drive",)
    assert missing(collection).is_gone
    (tmp_path / "unplugged").rename(tmp_path / "drive")
    assert missing(collection) == Missing()


def test_folders_are_told_by_how_many_photos_they_lack(
    collection: CollectionStore, album: Path
) -> None:
    (album / "a/1.png").unlink()
    (album / "b/4.png").unlink()
    (album / "b/5.png").unlink()
    assert missing(collection).places == (album / "b", album / "a")
    assert not missing(collection).is_gone


def test_a_photo_that_was_edited_is_missing_until_it_is_put_aside(
    collection: CollectionStore, album: Path
) -> None:
    former = collection.photos()[0].photo_id
    (album / "a/1.png").write_bytes(draw(album / "a/1.png", 200).read_bytes() + b"longer")
    assert (missing(collection).photo_ids, missing(collection).replaced) == ((former,), frozenset())
    finished(import_photos(collection, album))
    assert missing(collection).photo_ids == (former,)
    assert missing(collection).replaced == {former}
    photos = PhotoTable.load(collection).all_photos()
    assert finished(find_missing(photos, aside=frozenset([former]))) == Missing()


def test_what_is_put_aside_is_missing_all_the_same_where_its_folder_is_gone(
    collection: CollectionStore, album: Path
) -> None:
    photos = PhotoTable.load(collection).all_photos()
    album.rename(album.with_name("elsewhere"))
    assert len(finished(find_missing(photos, aside=frozenset(photos.ids))).photo_ids) == 6


def test_a_photo_that_moved_before_its_name_was_given_anew_is_found(
    collection: CollectionStore, album: Path, tmp_path: Path
) -> None:
    moved = collection.photos()[0].photo_id
    (tmp_path / "archive").mkdir()
    (album / "a/1.png").rename(tmp_path / "archive/1.png")
    draw(album / "a/1.png", 200)
    finished(import_photos(collection, album))
    report = relink(collection, tmp_path / "archive")
    assert (report.missing, report.found, report.still_missing) == (1, 1, ())
    assert {photo.photo_id: photo.path for photo in collection.photos()}[moved] == (
        tmp_path / "archive/1.png"
    )
    assert missing(collection) == Missing()


def test_the_picture_that_has_its_place_is_no_namesake(
    collection: CollectionStore, album: Path
) -> None:
    (album / "a/1.png").write_bytes(draw(album / "a/1.png", 200).read_bytes() + b"longer")
    finished(import_photos(collection, album))
    report = relink(collection, album)
    assert (len(report.still_missing), report.namesakes) == (1, ())


def test_a_photo_that_another_of_its_size_has_replaced_is_missing(
    collection: CollectionStore, album: Path
) -> None:
    edited = album / "a/1.png"
    content = bytearray(edited.read_bytes())
    content[-1] ^= 1
    edited.write_bytes(content)
    os.utime(edited, (1, 1))
    assert missing(collection).photo_ids == (collection.photos()[0].photo_id,)


def test_photos_that_exchanged_their_names_in_place_are_found_again(
    collection: CollectionStore, album: Path, tmp_path: Path
) -> None:
    for number, one in enumerate([album / "a/1.png", album / "a/2.png"]):
        one.write_bytes(one.read_bytes().ljust(1000, b"\0"))
        os.utime(one, (number + 1, number + 1))
    finished(import_photos(collection, album))
    exchanged = {photo.photo_id for photo in collection.photos()[-2:]}
    (album / "a/1.png").rename(tmp_path / "x")
    (album / "a/2.png").rename(album / "a/1.png")
    (tmp_path / "x").rename(album / "a/2.png")
    assert set(missing(collection).photo_ids) >= exchanged
    relink(collection, album)
    by_id = {photo.photo_id: photo.path for photo in collection.photos()}
    assert all(one == identity_of(by_id[one]) for one in exchanged)
    assert not exchanged & set(missing(collection).photo_ids)


def test_a_file_of_another_time_is_read_once(
    collection: CollectionStore, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(album / "a/1.png", (1, 1))
    photos, touched = PhotoTable.load(collection).all_photos(), TouchedFiles()
    assert finished(find_missing(photos, touched)) == Missing()
    monkeypatch.setattr("tinyclf.project.touched.look_for", None)
    assert finished(find_missing(photos, touched)) == Missing()
    times = touched.news()
    assert times == {collection.photos()[0].photo_id: 10**9}
    assert touched.news() == {}
    collection.set_modified(times)
    assert missing(collection) == Missing()


def test_moved_and_renamed_photos_are_found_with_their_grades(
    collection: CollectionStore, album: Path, tmp_path: Path
) -> None:
    said, were = grades(collection), names(collection)
    album.rename(tmp_path / "new")
    for photo in list((tmp_path / "new").rglob("*.png")):
        photo.rename(photo.with_name(f"renamed {photo.name}"))
    report = relink(collection, tmp_path / "new")
    assert (report.missing, report.found, report.still_missing) == (6, 6, ())
    assert grades(collection) == said
    assert names(collection) == {one: f"renamed {name}" for one, name in were.items()}
    assert missing(collection) == Missing()


def test_photos_that_exchanged_their_names_keep_their_own_grades(
    collection: CollectionStore, album: Path, tmp_path: Path
) -> None:
    said = grades(collection)
    album.rename(tmp_path / "new")
    one, other = tmp_path / "new/a/1.png", tmp_path / "new/a/2.png"
    one.rename(tmp_path / "x")
    other.rename(one)
    (tmp_path / "x").rename(other)
    relink(collection, tmp_path / "new")
    by_id = {photo.photo_id: photo.path for photo in collection.photos()}
    assert grades(collection) == said
    assert all(photo_id == identity_of(path) for photo_id, path in by_id.items())
    assert missing(collection) == Missing()


def test_a_file_with_the_same_name_but_another_picture_is_told_and_never_linked(
    collection: CollectionStore, album: Path, tmp_path: Path
) -> None:
    album.rename(tmp_path / "new")
    impostor = tmp_path / "new/b/5.png"
    size = impostor.stat().st_size
    content = bytearray(impostor.read_bytes())
    content[-1] ^= 1
    impostor.write_bytes(content)
    assert impostor.stat().st_size == size
    report = relink(collection, tmp_path / "new")
    assert (report.found, len(report.still_missing)) == (5, 1)
    assert [(problem.path, problem.reason) for problem in report.namesakes] == [
        (impostor, "the same name, but another picture")
    ]
    assert len(missing(collection).photo_ids) == 1


def test_what_is_found_in_one_place_stays_when_the_rest_is_found_in_another(
    collection: CollectionStore, album: Path, tmp_path: Path
) -> None:
    (album / "a").rename(tmp_path / "here")
    (album / "b").rename(tmp_path / "there")
    assert relink(collection, tmp_path / "here").found == 3
    report = relink(collection, tmp_path / "there")
    assert (report.missing, report.found) == (3, 3)
    assert missing(collection) == Missing()


def test_one_search_is_one_act(collection: CollectionStore, album: Path, tmp_path: Path) -> None:
    table = PhotoTable.load(collection)
    before = collection.news(0).act
    album.rename(tmp_path / "new")
    relink(collection, tmp_path / "new")
    assert collection.news(0).act == before + 1
    assert len(table.refresh(collection)) == 6
    assert {Path(folder) for folder, _ in table.places} == {tmp_path / "new"}


def test_photos_in_place_are_left_alone(
    collection: CollectionStore, album: Path, tmp_path: Path
) -> None:
    (album / "a/1.png").rename(tmp_path / "drive/1.png")
    (tmp_path / "drive/copy.png").write_bytes((album / "a/2.png").read_bytes())
    before = {photo.path for photo in collection.photos()}
    assert relink(collection, tmp_path / "drive").found == 1
    after = {photo.path for photo in collection.photos()}
    assert before - after == {album / "a/1.png"}


def test_a_search_that_is_stopped_keeps_what_it_found(
    collection: CollectionStore, album: Path, tmp_path: Path
) -> None:
    album.rename(tmp_path / "new")
    photos = PhotoTable.load(collection).all_photos()
    job = relink_photos(collection, photos, tmp_path / "new")
    searching = (told for told in job if told.what.startswith("Searching"))
    while next(searching).done < 2:
        pass
    job.close()
    assert 0 < len(missing(collection).photo_ids) < 6


def test_a_full_disk_links_nothing(
    collection: CollectionStore, album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageError("The disk is full.")

    album.rename(tmp_path / "new")
    monkeypatch.setattr(collection, "add_photos", full)
    with pytest.raises(StorageError):
        relink(collection, tmp_path / "new")
    assert len(missing(collection).photo_ids) == 6


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_one_may_not_look_into_is_missing(
    collection: CollectionStore, album: Path
) -> None:
    (album / "a").chmod(0)
    assert len(missing(collection).photo_ids) == 3
    (album / "a").chmod(0o700)


def test_a_folder_that_is_not_there_is_named(collection: CollectionStore, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder"):
        relink(collection, tmp_path / "nowhere")


def test_a_copy_stands_in_for_the_photo_that_is_gone(
    collection: CollectionStore, album: Path
) -> None:
    said = grades(collection)
    shutil.copy(album / "a/1.png", album / "b/again.png")
    finished(import_photos(collection, album))
    (album / "a/1.png").unlink()
    report = relink(collection, album)
    assert (report.missing, report.found) == (1, 1)
    assert grades(collection) == said
    assert sorted(names(collection).values())[-1] == "again.png"
    assert collection.copies() == []
    assert missing(collection) == Missing()


def test_linking_a_photo_without_a_date_gives_it_none(
    collection: CollectionStore, album: Path, tmp_path: Path
) -> None:
    album.rename(tmp_path / "new")
    relink(collection, tmp_path / "new")
    assert {photo.taken for photo in collection.photos()} == {None}
