import os
import threading
from io import BytesIO

import pytest
from photo_corpus import jpeg, picture, write_corpus
from PIL import Image

from tinyclf.data import decode, scan
from tinyclf.data.identity import photo_id
from tinyclf.data.scan import find_photos, read_photos
from tinyclf.domain import Photo, Problem
from tinyclf.errors import InputError

links = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
not_root = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything"
)


def names(folder):
    found = list(find_photos(folder))
    assert all(path.is_absolute() for path in found)
    return [path.relative_to(folder).as_posix() for path in found]


def problems(folder):
    return {
        problem.path.name: problem.reason
        for problem in find_photos(folder)
        if isinstance(problem, Problem)
    }


def write(folder, *paths):
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(jpeg())


def test_names_are_sorted_as_people_count(photos):
    write(photos, "stamp 10.jpg", "Stamp 9.jpg", "stamp 2.jpg", "stamp.jpg")
    assert names(photos) == ["stamp 2.jpg", "Stamp 9.jpg", "stamp 10.jpg", "stamp.jpg"]


def test_a_folders_own_files_come_before_those_below(photos):
    write(photos, "a/1.jpg", "b.jpg", "a/b/2.jpg", "c/3.jpg")
    assert names(photos) == ["b.jpg", "a/1.jpg", "a/b/2.jpg", "c/3.jpg"]


def test_only_what_is_named_like_a_picture_is_found(photos):
    write(photos, "a.JPG", "b.txt", "c", "d.png", "e.TIF", "truth.csv", "f.heic")
    assert names(photos) == ["a.JPG", "d.png", "e.TIF", "f.heic"]


def test_hidden_files_and_other_programs_folders_are_passed_over(photos):
    write(photos, "a.jpg", ".b.jpg", "._a.jpg", ".git/c.jpg", "@eaDir/d.jpg", "cache/e.jpg")
    (photos / "cache" / "CACHEDIR.TAG").touch()
    assert names(photos) == ["a.jpg"]


def test_a_folder_named_like_a_photo_is_a_folder(photos):
    write(photos, "x.jpg/inside.jpg")
    assert names(photos) == ["x.jpg/inside.jpg"]


def test_an_empty_folder_holds_nothing(photos):
    assert names(photos) == []


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(InputError, match="There is no folder"):
        list(find_photos(tmp_path / "nowhere"))


def test_a_file_is_no_folder(photos):
    write(photos, "a.jpg")
    with pytest.raises(InputError, match="is no folder"):
        list(find_photos(photos / "a.jpg"))


@links
def test_links_in_circles_end(photos):
    write(photos, "a/1.jpg")
    (photos / "a" / "up").symlink_to(photos)
    (photos / "b").symlink_to("a")
    assert names(photos) == ["a/1.jpg"]


@links
def test_linked_folders_outside_are_followed_once(photos, tmp_path):
    write(tmp_path / "elsewhere", "1.jpg")
    (tmp_path / "elsewhere" / "back").symlink_to(photos)
    (photos / "a").symlink_to(tmp_path / "elsewhere")
    (photos / "b").symlink_to(tmp_path / "elsewhere")
    assert names(photos) == ["a/1.jpg"]


@links
def test_what_is_no_file_is_a_problem(photos, tmp_path):
    os.mkfifo(photos / "pipe.jpg")
    (photos / "dangling.jpg").symlink_to(tmp_path / "nothing")
    (photos / "loop.jpg").symlink_to("loop.jpg")
    assert problems(photos) == {
        "dangling.jpg": "the link leads to a file that is gone",
        "loop.jpg": "the link leads in a circle",
        "pipe.jpg": "it is a pipe, not a picture file",
    }


@links
@not_root
def test_a_forbidden_folder_is_a_problem(photos):
    write(photos, "a.jpg", "locked/b.jpg")
    (photos / "locked").chmod(0)
    try:
        assert problems(photos) == {"locked": "you are not allowed to look into this folder"}
    finally:
        (photos / "locked").chmod(0o700)


ODD = [
    "new\nline.jpg",
    "ünïcødé 切手.jpg",
    "'quote\".jpg",
    "%s {x}.jpg",
    "n" * 251 + ".jpg",
    "-f.jpg",
]


@links
def test_odd_names_are_names(photos, thumbnails):
    write(photos, *ODD)
    bad_unicode = os.fsdecode(b"caf\xe9.jpg")
    write(photos, bad_unicode)
    read = list(read_photos(find_photos(photos), thumbnails))
    assert {photo.path.name for photo in read} == {*ODD, bad_unicode}
    assert all(isinstance(photo, Photo) for photo in read)


def test_everything_found_is_a_photo_or_a_problem(photos, thumbnails):
    good, bad = write_corpus(photos)
    found = list(find_photos(photos))
    read = list(read_photos(found, thumbnails))
    assert [result.path for result in read] == found
    assert {result.path for result in read if isinstance(result, Photo)} == set(good)
    assert {result.path for result in read if isinstance(result, Problem)} == set(bad)


def test_a_photo_is_described_as_it_lies_on_disk(photos, thumbnails):
    write(photos, "a.jpg")
    path = photos / "a.jpg"
    (photo,) = read_photos([path], thumbnails)
    status = path.stat()
    assert photo == Photo(
        photo_id(path),
        path,
        64,
        48,
        status.st_size,
        status.st_mtime_ns,
        changed_ns=status.st_ctime_ns,
    )


def test_the_import_leaves_thumbnails(photos, thumbnails):
    write(photos, "a.jpg")
    (photo,) = read_photos(find_photos(photos), thumbnails)
    assert thumbnails.get(photo.photo_id).startswith(b"\xff\xd8")


def test_a_photo_may_be_read_without_a_cache(photos):
    write(photos, "a.jpg")
    assert isinstance(next(read_photos([photos / "a.jpg"])), Photo)


def test_the_same_photo_twice_has_one_identity(photos):
    write(photos, "a.jpg", "b.jpg")
    first, second = read_photos(find_photos(photos))
    assert first.photo_id == second.photo_id
    assert first.path != second.path


def test_problems_pass_through_in_their_place(photos):
    write(photos, "a.jpg", "b.jpg")
    problem = Problem(photos / "pipe.jpg", "it is a pipe")
    first, second, third = read_photos([photos / "a.jpg", problem, photos / "b.jpg"])
    assert second is problem
    assert [first.path.name, third.path.name] == ["a.jpg", "b.jpg"]


def test_a_photo_that_vanishes_meanwhile_is_a_problem(photos):
    write(photos, "a.jpg")
    found = list(find_photos(photos))
    (photos / "a.jpg").unlink()
    assert list(read_photos(found)) == [Problem(photos / "a.jpg", "the file is gone")]


def test_stopping_early_leaves_no_thread(photos):
    write(photos, *(f"{k}.jpg" for k in range(20)))
    reader = read_photos(find_photos(photos))
    next(reader)
    reader.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("tinyclf-ahead")]


def test_every_readable_suffix_is_one_that_pillow_knows():
    picture()  # the corpus has made Pillow load its readers
    from PIL import Image

    known = {suffix.lower() for suffix in Image.registered_extensions()}
    assert decode.SUFFIXES - {".heic", ".heif"} <= known | {".mpo"}


def plain(*colour):
    return Image.new("RGB", (64, 48), colour)


def writes_while_it_is_read(monkeypatch, path, times):
    """Have the next so many readings of a file followed by another program's writing to it."""
    true = scan.decode_file
    shades = iter(range(10, 10 + times))

    def decoded(file, **options):
        picture_before = true(file, **options)
        if (shade := next(shades, None)) is not None:
            path.write_bytes(jpeg(plain(shade, 0, 0)))
        return picture_before

    monkeypatch.setattr(scan, "decode_file", decoded)


def test_a_file_written_to_while_it_is_read_is_read_again(photos, monkeypatch, thumbnails):
    path = photos / "a.jpg"
    path.write_bytes(jpeg(plain(0, 0, 250)))
    writes_while_it_is_read(monkeypatch, path, 2)
    [photo] = read_photos([path], thumbnails=thumbnails)
    assert photo.photo_id == photo_id(path)
    kept = Image.open(BytesIO(thumbnails.get(photo.photo_id)))
    assert kept.getpixel((2, 2))[2] < 100  # it shows what is there now, not the blue of before


def test_a_file_that_is_written_to_all_the_time_is_a_problem(photos, monkeypatch):
    path = photos / "a.jpg"
    path.write_bytes(jpeg())
    writes_while_it_is_read(monkeypatch, path, 100)
    [problem] = read_photos([path])
    assert "another program is writing the file" in problem.reason
