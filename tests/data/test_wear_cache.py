import math

import pytest

from tinyclf.data.wear_cache import WearCache

MANY = [f"{number}" for number in range(1_200)]


@pytest.fixture
def cache(tmp_path):
    with WearCache(tmp_path) as cache:
        yield cache


def test_scores_are_kept_to_the_last_bit(cache, tmp_path):
    scores = {photo_id: math.sqrt(place) for place, photo_id in enumerate(MANY)}
    cache.put_many("encoder", scores)
    cache.close()
    with WearCache(tmp_path) as opened_anew:
        assert opened_anew.get_many("encoder", [*MANY, "elsewhere"]) == scores


def test_another_encoder_has_other_scores(cache):
    cache.put_many("encoder", {"a": 1.0})
    cache.put_many("better encoder", {"a": 2.0})
    assert cache.get_many("encoder", ["a"]) == {"a": 1.0}
    assert cache.get_many("better encoder", ["a"]) == {"a": 2.0}
    assert cache.get_many("third encoder", ["a"]) == {}


def test_a_score_that_is_no_number_is_not_told(cache):
    cache.put_many("encoder", {"a": 1.0, "b": 1.0, "c": 1.0})
    cache.execute("UPDATE wear SET score = x'00' WHERE photo = 'a'")
    cache.execute("UPDATE wear SET score = 9e999 WHERE photo = 'b'")
    assert cache.get_many("encoder", ["a", "b", "c"]) == {"c": 1.0}
