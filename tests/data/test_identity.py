import hashlib
import os
from io import BytesIO

import pytest
from photo_corpus import jpeg

from tinyclf.data.identity import identify, open_imported, photo_id
from tinyclf.data.scan import read_photos
from tinyclf.errors import PhotoChangedError, PhotoError


@pytest.fixture
def photo(photos):
    path = photos / "a.jpg"
    path.write_bytes(jpeg())
    (photo,) = read_photos([path])
    return photo


def open_whole(photo, **options):
    with open_imported(photo, **options) as file:
        file.read()


def test_an_identity_is_the_hash_of_all_bytes():
    contents = bytes(range(256)) * 10_000
    assert identify(BytesIO(contents)) == hashlib.blake2b(contents, digest_size=16).hexdigest()


def test_moving_and_renaming_keep_the_identity(photo, tmp_path):
    moved = photo.path.rename(tmp_path / "other name.png")
    assert photo_id(moved) == photo.photo_id


def test_a_missing_file_has_no_identity(tmp_path):
    with pytest.raises(PhotoError, match="the file is gone"):
        photo_id(tmp_path / "a.jpg")


def test_an_unchanged_photo_is_opened(photo):
    with open_imported(photo) as file:
        assert identify(file) == photo.photo_id


def test_a_touched_photo_is_still_the_same(photo):
    os.utime(photo.path, (1, 1))
    with open_imported(photo) as file:
        assert identify(file) == photo.photo_id


def test_a_deleted_photo_is_gone(photo):
    photo.path.unlink()
    with pytest.raises(PhotoChangedError, match="the file is gone from its place"):
        open_whole(photo)


@pytest.mark.parametrize("edit", [lambda b: b + b"more", lambda b: b[:-1] + b"\0"])
def test_a_changed_photo_is_another(photo, edit):
    photo.path.write_bytes(edit(photo.path.read_bytes()))
    os.utime(photo.path, (1, 1))
    with pytest.raises(PhotoChangedError, match="another one than was imported"):
        open_whole(photo)


def test_a_file_as_large_and_as_old_is_still_told_apart(photo):
    status = photo.path.stat()
    photo.path.write_bytes(photo.path.read_bytes()[:-1] + b"\0")
    os.utime(photo.path, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(PhotoChangedError, match="as large and as old"):
        open_whole(photo)
    open_whole(photo, trust_time=True)


def test_what_was_written_to_while_it_was_read_is_refused(photo):
    other = photo.path.read_bytes()[:-1] + b"\0"
    with pytest.raises(PhotoChangedError), open_imported(photo):
        photo.path.write_bytes(other)


def test_what_was_only_moved_while_it_was_read_is_the_photo(photo, tmp_path):
    with open_imported(photo) as file:
        photo.path.rename(tmp_path / "elsewhere.jpg")
        assert identify(file) == photo.photo_id
