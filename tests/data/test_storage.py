"""What was measured in photos is one kind of thing, in several files, cleaned while in use."""

import numpy as np
import pytest

from tests.walking import finished
from tinyclf.data.photo_faults.measure_cache import MeasureCache
from tinyclf.data.photo_faults.measures import UNTOLD
from tinyclf.data.pose_cache import PoseCache
from tinyclf.data.storage import KEYS, MEASURES, clean, kept_in
from tinyclf.data.wear_cache import WearCache

PHOTOS = [f"{number:032}" for number in range(3_000)]


@pytest.fixture
def caches(tmp_path):
    """All three, of 3,000 photos, and open."""
    with MeasureCache(tmp_path) as measures, WearCache(tmp_path) as wear, PoseCache(tmp_path) as po:
        measures.put_many(dict.fromkeys(PHOTOS, UNTOLD))
        wear.put_many("encoder", dict.fromkeys(PHOTOS, 0.5))
        po.put_many(dict.fromkeys(PHOTOS, np.zeros((5, 3), np.uint64)))
        yield measures, wear, po


def size_of_measures(folder):
    return {one.key: one.size for one in kept_in(folder)}[MEASURES]


def test_every_kind_is_told_once(tmp_path):
    assert tuple(one.key for one in kept_in(tmp_path)) == KEYS
    assert size_of_measures(tmp_path) == 0


def test_what_was_measured_has_no_limit_and_is_small(caches, tmp_path):
    [kept] = [one for one in kept_in(tmp_path) if one.key == MEASURES]
    assert kept.limit is None
    assert 0 < kept.size < 1_500 * len(PHOTOS)


def test_it_is_cleaned_while_it_is_in_use(caches, tmp_path):
    before = size_of_measures(tmp_path)
    freed = finished(clean(tmp_path, [MEASURES]))
    assert freed > before / 2
    assert size_of_measures(tmp_path) < before / 2
    measures, wear, poses = caches
    assert (measures.get_many(PHOTOS), wear.get_many("encoder", PHOTOS)) == ({}, {})
    assert poses.get_many(PHOTOS) == {}
    wear.put_many("encoder", {"a": 1.0})
    assert wear.get_many("encoder", ["a"]) == {"a": 1.0}
