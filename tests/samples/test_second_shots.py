"""A few sample stamps are photographed twice, so that near-duplicates can be seen."""

import numpy as np
import pytest

from tests.walking import finished
from tinyclf.data.duplicates import find_duplicates
from tinyclf.data.pose_cache import PoseCache
from tinyclf.data.scan import read_photos
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.samples.second_shots import EVERY, FIRST, first_shot_of, shot_again
from tinyclf.samples.stamp import Stream, draw_stamp, grade_of, stream

SEED = 5


@pytest.mark.parametrize("seed", range(3))
def test_two_in_a_hundred_show_an_earlier_stamp_of_their_grade_again(seed):
    firsts = {index: first_shot_of(seed, index) for index in range(400)}
    again = {index: first for index, first in firsts.items() if first is not None}
    assert len(again) == 400 // EVERY
    for index, first in again.items():
        assert first < index
        assert first_shot_of(seed, first) is None
        assert grade_of(seed, first) == grade_of(seed, index)


def test_the_same_numbers_give_the_same_picture_of_the_same_size():
    photo, _ = draw_stamp(SEED, 0)
    one, other = (shot_again(photo, stream(SEED, FIRST, Stream.SCENE)) for _ in range(2))
    assert one.size == photo.size
    assert np.array_equal(np.asarray(one), np.asarray(other))
    assert not np.array_equal(np.asarray(one), np.asarray(photo))


def test_both_shots_are_found_to_be_one_picture(tmp_path):
    paths = []
    for index in (FIRST, FIRST + EVERY):
        photo, _ = draw_stamp(SEED, first_shot_of(SEED, index))
        again = shot_again(photo, stream(SEED, index, Stream.SCENE))
        for name, image in ((f"{index}.jpg", photo), (f"{index} again.jpg", again)):
            image.save(tmp_path / name, quality=80)
            paths.append(tmp_path / name)
    (tmp_path / "caches").mkdir()
    with ThumbnailCache(tmp_path / "caches") as cache, PoseCache(tmp_path / "caches") as poses:
        photos = list(read_photos(paths, cache))
        ids = [photo.photo_id for photo in photos]
        groups = finished(find_duplicates(photos, ids, cache, poses)).groups
    first, again, second, again_too = (groups[photo.photo_id] for photo in photos)
    assert first == again != second == again_too
