"""Photos are compared by vectors that are there already."""

import numpy as np
import pytest

from tinyclf.domain import PhotoId
from tinyclf.session.resemblance import Resemblance
from tinyclf.training.projection import DIRECTIONS_FROM

IDS = [PhotoId(f"{number:032x}") for number in range(12)]


class Vectors:
    """Stands in for the reader of features: photo k looks in the direction of 30 degrees × k."""

    def __init__(self):
        self.there = set(IDS)
        self.asked = 0

    def cached(self, photo_ids, _features):
        self.asked += len(photo_ids)
        ids = [one for one in photo_ids if one in self.there]
        angles = np.array([np.pi / 6 * IDS.index(one) for one in ids])
        return ids, np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


@pytest.fixture
def vectors():
    return Vectors()


@pytest.fixture
def resemblance(vectors):
    return Resemblance(vectors)


def test_neighbours_are_most_alike(resemblance, finish):
    alike = finish(resemblance.to(IDS[3], IDS))
    assert np.argsort(-alike)[0] == 3
    assert set(np.argsort(-alike)[1:3].tolist()) == {2, 4}
    assert np.argmin(alike) == 9
    assert alike[3] == pytest.approx(1, abs=1e-3)


def test_of_a_photo_that_was_not_read_nothing_is_known(resemblance, vectors, finish):
    vectors.there.remove(IDS[5])
    assert np.flatnonzero(np.isnan(finish(resemblance.to(IDS[3], IDS)))).tolist() == [5]
    assert np.isnan(finish(resemblance.to(IDS[5], IDS))).all()


def test_a_photo_that_was_read_since_is_known(resemblance, vectors, finish):
    vectors.there.remove(IDS[5])
    finish(resemblance.to(IDS[3], IDS))
    vectors.there.add(IDS[5])
    alike = finish(resemblance.to(IDS[5], IDS))
    assert alike.shape == (len(IDS),)
    assert not np.isnan(alike).any()


def test_vectors_are_read_once(resemblance, vectors, finish):
    finish(resemblance.to(IDS[3], IDS))
    before = vectors.asked
    finish(resemblance.to(IDS[4], IDS))
    assert vectors.asked == before


def test_what_is_stopped_half_way_goes_on(resemblance, vectors, finish):
    job = resemblance.to(IDS[3], IDS * (DIRECTIONS_FROM // len(IDS) + 5))
    next(job)
    job.close()
    assert np.argmax(finish(resemblance.to(IDS[3], IDS))) == 3


def test_without_any_vector_nothing_is_alike(resemblance, vectors, finish):
    vectors.there.clear()
    assert np.isnan(finish(resemblance.to(IDS[3], IDS))).all()


def test_two_that_ask_at_once_get_the_same(resemblance, vectors, finish):
    many = IDS * (DIRECTIONS_FROM // len(IDS) + 5)
    one, other = resemblance.to(IDS[3], many), resemblance.to(IDS[7], many[: len(IDS)])
    next(one)
    next(other)
    next(one)
    alike = finish(other)
    assert np.argsort(-alike)[0] == 7
    assert np.argmax(finish(one)) == 3
    assert np.argmax(finish(resemblance.to(IDS[5], IDS))) == 5


def test_for_one_photo_that_cannot_be_read_the_others_are_not_read_again(
    resemblance, vectors, finish
):
    vectors.there.remove(IDS[5])
    finish(resemblance.to(IDS[3], IDS))
    vectors.asked = 0
    finish(resemblance.to(IDS[4], IDS))
    assert vectors.asked == 1


def test_the_directions_are_found_anew_once_twice_as_many_are_there(resemblance, vectors, finish):
    vectors.there = set(IDS[:2])
    finish(resemblance.to(IDS[0], IDS))
    vectors.there = set(IDS)
    alike = finish(resemblance.to(IDS[3], IDS))
    assert set(np.argsort(-alike)[1:3].tolist()) == {2, 4}
