"""An exam begins among the first suggestions, where photos can be spared."""

from tinyclf.trust.exam import exam_photos_among


def test_of_the_first_suggestions_some_are_random_until_the_exam_has_enough():
    assert exam_photos_among(50, photos=1000, answered=0) == 20
    assert exam_photos_among(50, photos=1000, answered=20) == 5
    assert exam_photos_among(50, photos=1000, answered=40) == 0
    assert exam_photos_among(100, photos=1000, answered=0) == 25


def test_a_small_collection_has_no_photos_to_spare_for_an_exam():
    assert exam_photos_among(50, photos=199, answered=0) == 0
