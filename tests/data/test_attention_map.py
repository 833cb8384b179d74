"""The map behind a photo's vector: what stands where, and which places are there."""

import math

import numpy as np
import pytest
from photo_corpus import picture
from PIL import Image

from tinyclf.data.encoder import attention_map
from tinyclf.data.encoder.attention_map import MAP_DIMENSION, manifest, map_encoder
from tinyclf.data.encoder.builtin import builtin_encoder
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION, CHANNELS, PLACES, map_shape
from tinyclf.data.extractors import FeatureExtractor
from tinyclf.errors import ModelError

PIXELS = 32
"""Of the picture that the networks see, along a side of a place."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def encoder(folder):
    return map_encoder(folder)


def seen(encoder, image):
    """Return the map (rows, columns, CHANNELS) of a picture."""
    vector = encoder.extract(image)
    count = int(np.count_nonzero(vector[-PLACES:]))
    rows, columns = map_shape(*image.size, count)
    places = vector[BUILTIN_DIMENSION:-PLACES].reshape(PLACES, CHANNELS)
    assert not places[count:].any()
    return places[:count].reshape(rows, columns, CHANNELS)


def test_it_is_an_extractor_of_its_own(encoder, folder):
    typed: FeatureExtractor = encoder
    assert typed.dimension == MAP_DIMENSION
    assert typed.long_side == 896
    assert typed.key != builtin_encoder(folder).key


def test_before_the_map_stands_the_vector_of_the_built_in_encoder(encoder, folder):
    np.testing.assert_allclose(
        encoder.extract(picture())[:BUILTIN_DIMENSION],
        builtin_encoder(folder).extract(picture()),
        rtol=1e-3,
        atol=1e-3,
    )


@pytest.mark.parametrize("size", [(300, 300), (300, 400), (800, 250), (40, 2000)])
def test_places_cover_the_photo_in_its_own_shape(encoder, size):
    image = picture().resize(size)
    across, down = manifest().size_of(*size)
    assert seen(encoder, image).shape == (down // PIXELS, across // PIXELS, CHANNELS)


def test_a_mirror_image_has_the_mirrored_map(encoder):
    mirrored = picture().transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    np.testing.assert_allclose(
        seen(encoder, mirrored), seen(encoder, picture())[:, ::-1], rtol=1e-2, atol=1e-2
    )


def test_a_spot_is_seen_where_it_is(encoder):
    blank = Image.new("RGB", (560, 420), (200, 190, 170))
    spotted = blank.copy()
    spotted.paste((60, 30, 20), (430, 60, 460, 90))
    change = np.abs(seen(encoder, spotted) - seen(encoder, blank)).sum(axis=2)
    row, column = np.unravel_index(change.argmax(), change.shape)
    assert abs((row + 0.5) / change.shape[0] - 75 / 420) < 0.12
    assert abs((column + 0.5) / change.shape[1] - 445 / 560) < 0.12


def test_no_photo_has_more_places_than_there_is_room():
    ratios = [math.exp(step / 200) for step in range(-1000, 1001)]
    sizes = [manifest().size_of(round(1000 * ratio), 1000) for ratio in ratios]
    assert max(across * down for across, down in sizes) // PIXELS**2 == PLACES


@pytest.mark.parametrize("ratio", [0.05, 0.4, 0.75, 1.0, 1.31, 2.2, 30.0])
def test_the_shape_follows_from_the_number_of_places(ratio):
    width, height = round(1000 * ratio), 1000
    across, down = manifest().size_of(width, height)
    sides = (down // PIXELS, across // PIXELS)
    assert map_shape(width, height, math.prod(sides)) == sides


def test_directions_that_are_not_the_published_ones_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(attention_map, "shipped_path", lambda _: tmp_path / "directions")
    with pytest.raises(ModelError, match="directions of the attention map are missing"):
        map_encoder(tmp_path)
    (tmp_path / "directions").write_bytes(b"others")
    with pytest.raises(ModelError, match="are not the published ones: install tiny-classifier"):
        map_encoder(tmp_path)
