import numpy as np
import pytest

from tinyclf.data.pose_cache import PoseCache

MANY = [f"{number}" for number in range(1_200)]


@pytest.fixture
def cache(tmp_path):
    with PoseCache(tmp_path) as cache:
        yield cache


def test_hashes_are_kept_to_the_last_bit(cache, tmp_path):
    chance = np.random.default_rng(0)
    poses = {
        photo_id: chance.integers(0, 2**64, (1 + place % 7, 3), dtype=np.uint64)
        for place, photo_id in enumerate(MANY)
    }
    cache.put_many(poses)
    cache.close()
    with PoseCache(tmp_path) as opened_anew:
        found = opened_anew.get_many([*MANY, "elsewhere"])
    assert set(found) == set(MANY)
    assert all(np.array_equal(found[one], poses[one]) for one in MANY)
    assert {one.dtype for one in found.values()} == {np.dtype(np.uint64)}


def test_a_plain_picture_is_known_to_have_none(cache):
    cache.put_many({"plain": None})
    assert cache.get_many(["plain", "elsewhere"]) == {"plain": None}


@pytest.mark.parametrize("damage", [b"7 bytes", "text", 5])
def test_what_are_no_hashes_are_not_told(cache, damage):
    cache.put_many({"a": np.zeros((2, 3), np.uint64)})
    cache.execute("UPDATE poses SET hashes = ?", (damage,))
    assert cache.get_many(["a"]) == {}
