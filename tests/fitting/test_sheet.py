"""The labelled sheet, pixel by pixel."""

import numpy as np
import pytest
from PIL import Image

from tinyclf.data.datasets.dataset import Dataset
from tinyclf.errors import InputError
from tinyclf.fitting.sheet import (
    FRAME,
    GAP,
    HEADER,
    MARGIN,
    PICTURE,
    WRONG,
    Answer,
    as_pixels,
    draw_sheet,
    sheet_of,
)

X, Y = MARGIN + FRAME, MARGIN + HEADER + FRAME
"""Where the first picture lies."""


@pytest.fixture
def corners():
    """Two grey pictures of 4 × 4 pixels: one is white at its first pixel, one at its last."""
    x = np.zeros((2, 1, 4, 4), np.uint8)
    x[0, 0, 0, 0] = x[1, 0, 3, 3] = 255
    return Dataset(x, np.array([0, 1]), ("first", "last"), "corners")


def pixels(sheet):
    return np.asarray(sheet.convert("RGB"))


def test_each_pixel_becomes_a_crisp_square(corners):
    sheet = pixels(sheet_of(corners, "Corners", "two"))
    square = PICTURE // 4
    first = sheet[Y : Y + PICTURE, X : X + PICTURE]
    assert np.unique(first).tolist() == [0, 255]
    assert (first[:square, :square] == 255).all()
    assert first.sum() == 3 * 255 * square**2
    next_x = X + PICTURE + 2 * FRAME + GAP
    second = sheet[Y : Y + PICTURE, next_x : next_x + PICTURE]
    assert (second == first[::-1, ::-1]).all()


def test_the_name_of_the_class_stands_below(corners):
    named = pixels(sheet_of(corners, "Corners", "two"))
    renamed = Dataset(corners.x, corners.y, ("first", "other"), "corners")
    other = pixels(sheet_of(renamed, "Corners", "two"))
    rows, columns, _ = np.nonzero(named != other)
    assert rows.min() >= Y + PICTURE
    assert columns.min() >= X + PICTURE + GAP


def test_what_is_told_wrong_is_framed_and_what_is_right_is_not(corners):
    answers = [Answer("last", 0.6, False), Answer("last", 0.9, True)]
    sheet = pixels(sheet_of(corners, "Corners", "two", answers))
    next_x = X + PICTURE + 2 * FRAME + GAP
    assert tuple(sheet[Y - 1, X - 1]) == WRONG
    assert tuple(sheet[Y + PICTURE, X + PICTURE]) == WRONG
    assert tuple(sheet[Y - 1, next_x - 1]) != WRONG


def test_floats_go_from_black_to_white():
    x = np.array([-1.0, 0.0, 3.0, 1.0]).reshape(1, 1, 2, 2)
    assert as_pixels(x)[0, :, :, 0].tolist() == [[0, 64], [255, 128]]
    assert as_pixels(np.full((1, 1, 2, 2), 7.0)).max() == 0


def test_colours_stay_and_of_odd_channels_the_first_is_shown():
    x = np.arange(24, dtype=np.uint8).reshape(1, 3, 2, 4)
    assert as_pixels(x)[0, 0, 0].tolist() == [0, 8, 16]
    assert as_pixels(x[:, :2])[0, 0, 1].tolist() == [1, 1, 1]


def test_large_pictures_become_smaller_in_their_shape():
    x = np.full((1, 1, 50, 400), 90, np.uint8)
    sheet = pixels(sheet_of(Dataset(x, np.array([0]), ("wide",)), "", ""))
    wide = np.nonzero((sheet == 90).all(axis=2))
    assert np.ptp(wide[1]) + 1 == PICTURE
    assert np.ptp(wide[0]) + 1 == PICTURE // 8


def test_the_sheet_is_a_png(corners, tmp_path):
    draw_sheet(corners, "Corners", "two", tmp_path / "sheet.png")
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.format == "PNG"
        assert (pixels(sheet) == pixels(sheet_of(corners, "Corners", "two"))).all()


def test_rows_of_numbers_are_no_pictures(rows):
    with pytest.raises(InputError, match="rows of numbers"):
        sheet_of(rows(), "", "")
