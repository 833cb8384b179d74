"""Pictures brought to one size, whatever gives them."""

import io

import numpy as np
import pytest
from PIL import Image

from tests.walking import finished
from tinyclf.data.datasets.sized_pictures import picture_in, read_pictures, stacked
from tinyclf.domain import Problem
from tinyclf.errors import PhotoError


def png(pixels):
    file = io.BytesIO()
    Image.fromarray(np.asarray(pixels, np.uint8)).save(file, "PNG")
    file.seek(0)
    return file


def test_the_middle_is_cut_out_of_a_wide_picture():
    wide = np.zeros((4, 12, 3))
    wide[:, 4:8] = (200, 100, 0)
    assert (picture_in(png(wide), (4, 4)) == (200, 100, 0)).all()


def test_a_picture_without_colour_is_grey():
    assert picture_in(png(np.full((4, 4, 3), 90)), (4, 4)).tolist() == [[90] * 4] * 4


def test_what_is_no_picture_is_refused():
    with pytest.raises(PhotoError):
        picture_in(io.BytesIO(b"words"), (4, 4))


def test_each_item_is_read_in_its_place_or_is_a_problem():
    def read(number):
        return Problem(number, "odd") if number % 2 else np.full((1, 1), number, np.uint8)

    pictures, problems = finished(read_pictures(range(40), read, workers=2))
    assert [None if each is None else int(each[0, 0]) for each in pictures] == [
        None if number % 2 else number for number in range(40)
    ]
    assert [problem.path for problem in problems] == list(range(1, 40, 2))


def test_among_coloured_pictures_grey_ones_have_three_equal_channels():
    grey, colour = np.full((2, 2), 7, np.uint8), np.zeros((2, 2, 3), np.uint8)
    assert stacked([grey]).shape == (1, 1, 2, 2)
    assert stacked([colour, grey])[1].tolist() == [[[7, 7], [7, 7]]] * 3
