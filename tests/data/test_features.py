import os

import numpy as np
import pytest
from photo_corpus import jpeg, picture
from PIL import ImageEnhance

from tests.walking import finished, walked
from tinyclf.data.features import FeatureCache, read_features
from tinyclf.data.pixels import PixelExtractor
from tinyclf.data.scan import read_photos
from tinyclf.errors import ModelError

EXTRACTOR = PixelExtractor(4)


@pytest.fixture
def cache(tmp_path):
    with FeatureCache(tmp_path) as cache:
        yield cache


@pytest.fixture
def some_photos(photos):
    for k in range(8):
        image = ImageEnhance.Brightness(picture()).enhance(0.5 + k / 10)
        (photos / f"{k}.jpg").write_bytes(jpeg(image))
    return list(read_photos(sorted(photos.iterdir())))


class Counting(PixelExtractor):
    """Counts how often it is asked."""

    asked = 0

    def extract(self, image):
        self.asked += 1
        return super().extract(image)


class Failing(PixelExtractor):
    """Fails at the fourth photo."""

    asked = 0

    def extract(self, image):
        self.asked += 1
        if self.asked == 4:
            raise ModelError("The encoder fails.")
        return super().extract(image)


def features(*arguments, **options):
    return walked(read_features(*arguments, **options))[0]


def test_rows_are_the_photos_vectors_in_order(some_photos, cache):
    found = features(some_photos, EXTRACTOR, cache)
    assert found.photo_ids == tuple(photo.photo_id for photo in some_photos)
    assert found.matrix.shape == (8, EXTRACTOR.dimension)
    assert found.matrix.dtype == np.float32
    assert found.ok.all()
    assert found.problems == ()
    brightness = found.matrix.mean(1)
    assert (np.diff(brightness) > 0).all()


def test_a_vector_is_computed_once(some_photos, cache):
    extractor = Counting(4)
    first = features(some_photos, extractor, cache)
    second = features(some_photos, extractor, cache)
    assert extractor.asked == 8
    np.testing.assert_array_equal(first.matrix, second.matrix)


@pytest.mark.parametrize(
    "blob",
    [b"", b"odd", "text", None, np.float16([1, 2]).tobytes(), np.full(48, np.nan, "<f2").tobytes()],
)
def test_a_kept_vector_that_is_none_is_computed_anew(some_photos, cache, blob):
    extractor = Counting(4)
    before = features(some_photos, extractor, cache)
    statement = "UPDATE vectors SET vector = coalesce(?, zeroblob(96) || char(1)) WHERE photo = ?"
    cache.execute(statement, (blob, some_photos[2].photo_id))
    after = features(some_photos, extractor, cache)
    assert extractor.asked == 9
    np.testing.assert_array_equal(after.matrix, before.matrix)


def test_another_extractor_has_its_own_vectors(some_photos, cache):
    features(some_photos, EXTRACTOR, cache)
    assert features(some_photos, PixelExtractor(5), cache).matrix.shape == (8, 75)


def test_progress_counts_to_the_end(some_photos, cache):
    features(some_photos[:3], EXTRACTOR, cache)
    _, reports = walked(read_features(some_photos, EXTRACTOR, cache))
    assert [report.done for report in reports] == [3, 4, 5, 6, 7, 8]
    assert {(report.total, report.cached) for report in reports} == {(8, 3)}


def test_photos_gone_or_changed_are_problems(some_photos, cache):
    some_photos[1].path.unlink()
    some_photos[2].path.write_bytes(b"another")
    found, reports = walked(read_features(some_photos, EXTRACTOR, cache))
    assert found.ok.tolist() == [True, False, False] + [True] * 5
    assert [problem.path for problem in found.problems] == [p.path for p in some_photos[1:3]]
    assert "gone" in found.problems[0].reason
    assert "another one" in found.problems[1].reason
    assert not found.matrix[1:3].any()
    assert reports[-1].problems == 2


def test_a_known_photo_need_not_exist(some_photos, cache):
    before = features(some_photos, EXTRACTOR, cache)
    some_photos[1].path.unlink()
    after = features(some_photos, EXTRACTOR, cache)
    assert after.ok.all()
    np.testing.assert_array_equal(after.matrix, before.matrix)


def test_a_stopped_job_keeps_what_it_computed(some_photos, cache):
    job = read_features(some_photos, EXTRACTOR, cache)
    for _ in range(4):
        next(job)
    job.close()
    ids = [photo.photo_id for photo in some_photos]
    assert len(cache.get_many(EXTRACTOR.key, ids)) >= 3


def test_a_failing_extractor_ends_the_job(some_photos, cache):
    with pytest.raises(ModelError, match="The encoder fails"):
        features(some_photos, Failing(4), cache)


def test_no_photos_give_no_rows(cache):
    found = features([], EXTRACTOR, cache)
    assert found.matrix.shape == (0, EXTRACTOR.dimension)


def test_more_photos_than_one_query_takes(cache):
    ids = [f"{k:032x}" for k in range(1300)]
    cache.put_many("key", {name: np.float32([k, -k]) for k, name in enumerate(ids)})
    found = cache.get_many("key", ids[::-1])
    assert len(found) == 1300
    assert found[ids[1299]].tolist() == [1299, -1299]


def test_numbers_beyond_two_bytes_are_held_at_the_limit(cache):
    cache.put_many("key", {"a": np.float32([1e9, -1e9])})
    assert np.isfinite(cache.get_many("key", ["a"])["a"]).all()


def test_cleaning_forgets_all(some_photos, cache):
    features(some_photos, EXTRACTOR, cache)
    finished(cache.clean())
    assert cache.get_many(EXTRACTOR.key, [some_photos[0].photo_id]) == {}


def test_touched_photos_are_the_same_photos(some_photos, cache):
    for photo in some_photos:
        os.utime(photo.path, (1, 1))
    assert features(some_photos, EXTRACTOR, cache).ok.all()


def test_what_is_known_is_told_without_reading_it(cache):
    vectors = {
        photo_id: np.array([1, 2, last], np.float32) for photo_id, last in (("a", 3), ("b", -0.5))
    }
    cache.put_many("encoder", vectors)
    cache.put_many("encoder", {"short": np.array([1], np.float32)})
    asked = ["b", "a", "short", "elsewhere"]
    assert cache.known("encoder", asked) == {"a", "b", "short"}
    assert cache.known("another encoder", asked) == set()
    assert cache.last_numbers("encoder", 3, asked) == {"a": 3.0, "b": -0.5}


def test_whether_a_vector_is_known_is_read_from_the_index_alone(cache, monkeypatch):
    def explain(statement, bindings=()):
        return FeatureCache.execute(cache, f"EXPLAIN QUERY PLAN {statement}", bindings)

    plans = []
    monkeypatch.setattr(cache, "execute", lambda *asked: plans.extend(explain(*asked)) or [])
    cache.known("encoder", ["a", "b"])
    assert "COVERING INDEX" in plans[0][-1]
    assert all("vectors" not in plan[-1] for plan in plans[1:])


def test_a_last_number_that_is_none_is_not_told(cache):
    cache.put_many("encoder", {"a": np.array([1, 2], np.float32)})
    cache.execute("UPDATE vectors SET vector = ?", (np.array([1, np.nan], "<f2").tobytes(),))
    assert cache.last_numbers("encoder", 2, ["a"]) == {}
