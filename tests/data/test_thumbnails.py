import os
import threading
from io import BytesIO

import numpy as np
import pytest
from photo_corpus import BAD, GOOD, jpeg, picture
from PIL import Image

from tests.walking import finished, walked
from tinyclf.data.decode import decode
from tinyclf.data.scan import read_photos
from tinyclf.data.thumbnails import (
    THUMBNAIL_SIDE,
    ThumbnailCache,
    encode_thumbnail,
    keep_thumbnails,
    thumbnail,
)
from tinyclf.errors import PhotoChangedError, StorageError


@pytest.fixture
def photo(photos):
    path = photos / "a.jpg"
    path.write_bytes(jpeg(picture().resize((1000, 750))))
    (photo,) = read_photos([path])
    return photo


def test_a_thumbnail_is_a_small_jpeg(photo, thumbnails):
    image = Image.open(BytesIO(thumbnail(photo, thumbnails)))
    assert (image.format, image.size) == ("JPEG", (THUMBNAIL_SIDE, 240))


def test_a_thumbnail_is_made_once(photo, thumbnails):
    made = thumbnail(photo, thumbnails)
    photo.path.unlink()
    assert thumbnail(photo, thumbnails) == made == thumbnails.get(photo.photo_id)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda jpeg: b"",
        lambda jpeg: b"garbage",
        lambda jpeg: jpeg[:-500],
        lambda jpeg: jpeg[:100] + bytes(len(jpeg) - 100),
        lambda jpeg: "text",
    ],
)
def test_a_damaged_thumbnail_is_made_anew(photo, thumbnails, spoil):
    made = thumbnail(photo, thumbnails)
    thumbnails.put(photo.photo_id, spoil(made))
    assert thumbnail(photo, thumbnails) == made == thumbnails.get(photo.photo_id)


def test_a_thumbnail_is_shown_though_the_disk_is_full(photo, thumbnails):
    [(pages,)] = thumbnails.execute("PRAGMA page_count")
    thumbnails.execute(f"PRAGMA max_page_count = {pages}")
    while True:
        try:
            thumbnails.put(os.urandom(4).hex(), os.urandom(3000))
        except StorageError:
            break
    assert Image.open(BytesIO(thumbnail(photo, thumbnails))).width == THUMBNAIL_SIDE
    assert thumbnails.get(photo.photo_id) is None


def test_a_changed_photo_gets_no_thumbnail(photo, thumbnails):
    photo.path.write_bytes(b"other bytes")
    with pytest.raises(PhotoChangedError):
        thumbnail(photo, thumbnails)


@pytest.mark.parametrize("name", ["cmyk.jpg", "see-through.png", "turned.tif"])
def test_a_thumbnail_looks_like_the_photo(photos, thumbnails, name):
    path = photos / name
    path.write_bytes(GOOD[name][0]())
    (photo,) = read_photos([path])
    small = Image.open(BytesIO(thumbnail(photo, thumbnails)))
    difference = np.asarray(small, float) - np.asarray(decode(path), float)
    assert np.abs(difference).mean() < 3


def test_broken_photos_leave_no_thumbnail(photos, thumbnails):
    (photos / "half.jpg").write_bytes(BAD["half.jpg"][0]())
    list(read_photos([photos / "half.jpg"], thumbnails))
    assert thumbnails.execute("SELECT count(*) FROM thumbnails") == [(0,)]


def test_thumbnails_outlive_the_program(tmp_path):
    with ThumbnailCache(tmp_path) as cache:
        cache.put("a", b"1")
    with ThumbnailCache(tmp_path) as cache:
        assert cache.get("a") == b"1"


def test_two_programs_share_the_cache(tmp_path):
    with ThumbnailCache(tmp_path) as one, ThumbnailCache(tmp_path) as other:
        one.put("a", b"1")
        assert other.get("a") == b"1"


def test_several_threads_use_it_at_once(thumbnails):
    def work(start):
        for k in range(start, start + 50):
            thumbnails.put(f"{k}", b"%d" % k)
            assert thumbnails.get(f"{k}") == b"%d" % k

    threads = [threading.Thread(target=work, args=(100 * t,)) for t in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [k for k in range(400) if thumbnails.get(f"{k}") is not None]
    assert len(kept) == 200


def test_cleaning_gives_the_space_back(thumbnails):
    for k in range(50):
        thumbnails.put(f"{k}", os.urandom(10_000))
    full = thumbnails.size()
    finished(thumbnails.clean())
    assert thumbnails.get("1") is None
    assert thumbnails.size() < full / 5
    thumbnails.put("1", b"again")
    assert thumbnails.get("1") == b"again"


def test_encoding_keeps_colours():
    decoded = Image.open(BytesIO(encode_thumbnail(picture())))
    np.testing.assert_allclose(decoded.getpixel((8, 24)), picture().getpixel((8, 24)), atol=6)


@pytest.fixture
def several(photos):
    for level in (50, 100, 150):
        path = photos / f"{level}.jpg"
        path.write_bytes(jpeg(Image.new("RGB", (40, 30), (level, 0, 0))))
    return list(read_photos(sorted(photos.glob("*.jpg"))))


def test_missing_ones_are_made_ahead(several, thumbnails):
    before = thumbnail(several[0], thumbnails)
    several[1].path.unlink()  # passed over
    ids = [photo.photo_id for photo in several]
    _, reports = walked(keep_thumbnails(several, ids, thumbnails))
    assert thumbnails.known([*ids, "elsewhere"]) == {ids[0], ids[2]}
    assert thumbnails.get(ids[0]) == before
    assert reports[-1].done == reports[-1].total == len(ids)


def test_none_is_made_ahead_that_would_drive_out_another(several, thumbnails):
    thumbnail(several[0], thumbnails)
    thumbnails.set_limit(thumbnails.used())
    ids = [photo.photo_id for photo in several]
    finished(keep_thumbnails(several, ids, thumbnails))
    assert thumbnails.known(ids) == {ids[0]}


def test_pictures_that_exchanged_names_size_and_date_are_not_kept_as_each_other(photos, thumbnails):
    red, blue = photos / "red.bmp", photos / "blue.bmp"
    for path in (red, blue):
        Image.new("RGB", (60, 60), path.stem).save(path)
        os.utime(path, (1e9, 1e9))
    (photo,) = read_photos([red])
    blue.replace(red)
    with pytest.raises(PhotoChangedError):
        thumbnail(photo, thumbnails)
    assert thumbnails.get(photo.photo_id) is None
