"""What lies in the place of a photo: it, nothing, something else, or what cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tinyclf.data import in_place
from tinyclf.data.identity import stamped_id
from tinyclf.data.in_place import InPlace, Look, look_for
from tinyclf.domain import Photo
from tinyclf.errors import PhotoError


@pytest.fixture
def photo(tmp_path: Path) -> Photo:
    path = tmp_path / "1.png"
    path.write_bytes(b"a picture")
    photo_id, stamp = stamped_id(path)
    return Photo(photo_id, path, 1, 1, 0, 0).found_at(path, stamp)


def unreadable(_: Path) -> None:
    raise PhotoError("you are not allowed to read the file")


def test_an_unchanged_file_is_the_photo_and_is_not_read(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_place, "stamped_id", unreadable)
    assert look_for(photo) == Look(InPlace.HERE, photo.stamp)


def test_a_file_that_was_touched_is_the_photo_with_another_stamp(photo: Photo) -> None:
    os.utime(photo.path, ns=(5, 5))
    found, stamp = look_for(photo)
    assert found is InPlace.HERE
    assert stamp is not None
    assert (stamp.size, stamp.modified_ns) == (9, 5)


def test_nothing_is_there(photo: Photo) -> None:
    photo.path.unlink()
    assert look_for(photo) == Look(InPlace.GONE)
    photo.path.parent.rmdir()
    photo.path.parent.touch()
    assert look_for(photo) == Look(InPlace.GONE)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_that_leads_nowhere_is_nothing(photo: Photo) -> None:
    photo.path.unlink()
    photo.path.symlink_to("nowhere")
    assert look_for(photo).found is InPlace.GONE
    photo.path.unlink()
    photo.path.symlink_to(photo.path)
    assert look_for(photo).found is InPlace.GONE


@pytest.mark.parametrize("content", [b"longer by far", b"as long !"])
def test_other_bytes_are_another_file(photo: Photo, content: bytes) -> None:
    photo.path.write_bytes(content)
    assert look_for(photo) == Look(InPlace.OTHER)


def test_a_folder_is_no_photo(photo: Photo) -> None:
    photo.path.unlink()
    photo.path.mkdir()
    assert look_for(photo) == Look(InPlace.OTHER)


def test_what_cannot_be_read_is_taken_for_the_photo(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(photo.path, ns=(5, 5))
    monkeypatch.setattr(in_place, "stamped_id", unreadable)
    assert look_for(photo) == Look(InPlace.UNREADABLE)
    assert look_for(photo).keeps_its_place


def test_of_a_place_that_cannot_be_looked_at_nothing_is_said(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refused)
    assert look_for(photo).found is InPlace.UNREADABLE
