"""Names stand in the order people count."""

import numpy as np
import pytest

from tinyclf.data.natural_order import natural_key, natural_ranks


@pytest.mark.parametrize(
    "names",
    [
        ["IMG_2", "img_10", "IMG_100"],
        ["page 9b", "page 10", "Page 10a"],
        ["1", "002", "3", "12", "99999999999999999998", "99999999999999999999"],
        ["scan", "scan 1", "scans"],
    ],
)
def test_numbers_count_by_value(names):
    assert [*map(natural_key, names)] == sorted(map(natural_key, names))


def test_zeros_in_front_count_for_nothing():
    assert natural_key("img_007") == natural_key("IMG_7")


def test_the_file_name_goes_before_its_folder(finish):
    paths = ["b/IMG_10.jpg", "b/IMG_2.jpg", "a 10/IMG_2.jpg", "a 9/IMG_2.jpg", "IMG_2.jpg"]
    ranks = finish(natural_ranks(paths))
    assert np.argsort(ranks).tolist() == [4, 3, 2, 1, 0]


def test_no_names_have_no_ranks(finish):
    assert finish(natural_ranks([])).tolist() == []


def test_a_name_that_is_hardly_unicode_is_ranked(finish):
    assert finish(natural_ranks(["\udcff.jpg", "é.jpg", "a.jpg"])).tolist() == [2, 1, 0]
