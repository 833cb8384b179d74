import numpy as np
from photo_corpus import LEFT, picture
from PIL import Image

from tinyclf.data.pixels import PixelExtractor


def test_the_vector_has_three_numbers_a_pixel():
    extractor = PixelExtractor(16)
    vector = extractor.extract(picture())
    assert vector.shape == (extractor.dimension,) == (768,)
    assert vector.dtype == np.float32


def test_black_is_minus_one_and_white_one():
    for colour, value in (("black", -1), ("white", 1)):
        vector = PixelExtractor().extract(Image.new("RGB", (5, 9), colour))
        np.testing.assert_allclose(vector, value)


def test_pixels_run_row_by_row_red_green_blue():
    vector = PixelExtractor(8).extract(picture())
    np.testing.assert_allclose((vector[:3] + 1) * 127.5, LEFT, atol=0.01)


def test_another_side_is_another_extractor():
    assert PixelExtractor(8).key != PixelExtractor(16).key
