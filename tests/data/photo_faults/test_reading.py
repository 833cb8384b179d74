"""Measures are taken once in a lifetime."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from tests.walking import finished
from tinyclf.data.photo_faults.measure_cache import MeasureCache
from tinyclf.data.photo_faults.measures import faults_of
from tinyclf.data.photo_faults.reading import read_measures
from tinyclf.data.scan import read_photos
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.domain import PhotoFault
from tinyclf.samples import draw_stamp


@pytest.fixture
def caches(tmp_path):
    with ThumbnailCache(tmp_path) as thumbnails, MeasureCache(tmp_path) as measures:
        yield thumbnails, measures


@pytest.fixture
def photos(tmp_path: Path, caches):
    stamp = draw_stamp(3, 1)[0]
    stamp.save(tmp_path / "sharp.jpg")
    stamp.filter(ImageFilter.GaussianBlur(8)).save(tmp_path / "blurred.jpg")
    found = [tmp_path / "sharp.jpg", tmp_path / "blurred.jpg"]
    return list(read_photos(found, caches[0]))


def read(photos, caches):
    return {key: one for some in read_measures(photos, *caches) for key, one in some.items()}


def test_photos_are_measured(photos, caches):
    measures = read(photos, caches)
    sharp, blurred = (faults_of(measures[photo.photo_id]) for photo in photos)
    assert not sharp
    assert blurred == PhotoFault.BLURRED


def test_what_was_measured_is_kept(photos, caches, monkeypatch):
    before = read(photos, caches)
    monkeypatch.setattr("tinyclf.data.photo_faults.reading.measure", None)
    after = read(photos, caches)
    assert after.keys() == before.keys()
    assert all(after[key].numbers == pytest.approx(before[key].numbers) for key in before)


def test_of_a_photo_that_is_gone_there_are_no_measures(photos, caches):
    photos[0].path.unlink()
    finished(caches[0].clean())
    assert read(photos, caches).keys() == {photos[1].photo_id}


def test_closing_it_early_keeps_what_was_measured(photos, caches):
    job = read_measures(photos, *caches)
    next(job)
    next(job)
    job.close()
    assert len(caches[1].get_many([photo.photo_id for photo in photos])) >= 1


def test_a_cache_of_nonsense_is_as_good_as_none(photos, caches):
    insert = "INSERT INTO measures VALUES (?, ?)"
    caches[1].execute(insert, (photos[0].photo_id, b"nonsense"))
    assert photos[0].photo_id in read(photos, caches)


def test_a_picture_all_black_is_dark(tmp_path, caches):
    Image.new("RGB", (200, 200)).save(tmp_path / "black.png")
    [photo] = read_photos([tmp_path / "black.png"], caches[0])
    assert faults_of(read([photo], caches)[photo.photo_id]) == PhotoFault.DARK
