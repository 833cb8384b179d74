import threading
from pathlib import Path

import numpy as np
import pytest
from photo_corpus import picture
from PIL import Image

from tinyclf.data.encoder import builtin, condition, onnx_encoder
from tinyclf.data.encoder.builtin import (
    BUILTIN_KEY,
    SMALL_SIDE,
    builtin_encoder,
    checked_weights,
    plain_encoder,
    weights_path,
)
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION, PLAIN_DIMENSION
from tinyclf.errors import ModelError
from tinyclf.samples.damage import damaged

GRAPH = BUILTIN_KEY.removesuffix("-448")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    builtin_encoder(folder)
    plain_encoder(folder)
    return folder


@pytest.fixture
def never_built(monkeypatch):
    monkeypatch.setattr(builtin, "_built", lambda **_: pytest.fail("the graph was built again"))


def test_the_graph_is_built_once(folder, never_built):
    encoder = builtin_encoder(folder)
    assert (encoder.key, encoder.long_side) == (BUILTIN_KEY, 896)
    assert encoder.dimension == BUILTIN_DIMENSION


def test_a_damaged_graph_is_built_anew(folder, tmp_path):
    whole = (folder / f"{GRAPH}.onnx").read_bytes()
    for name in ("onnx", "sha256"):
        (tmp_path / f"{GRAPH}.onnx").write_bytes(whole)
        (tmp_path / f"{GRAPH}.sha256").write_text("0" * 64)
        (tmp_path / f"{GRAPH}.{name}").write_bytes(b"damage")
        builtin_encoder(tmp_path).extract(picture())
        assert (tmp_path / f"{GRAPH}.onnx").read_bytes() == whole


def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    assert builtin_encoder(tmp_path).dimension == BUILTIN_DIMENSION
    assert list(tmp_path.iterdir()) == []


def test_weights_that_are_not_the_published_ones_are_refused(tmp_path):
    contents = bytearray(weights_path().read_bytes())
    contents[-1] ^= 1
    (tmp_path / "weights.pth").write_bytes(contents)
    with pytest.raises(ModelError, match="not the published ones"):
        checked_weights(tmp_path / "weights.pth")


def test_missing_weights_are_named_with_the_cure(tmp_path, monkeypatch):
    monkeypatch.setattr(builtin, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="install tiny-classifier again"):
        builtin_encoder(tmp_path)


def test_threads_see_the_same_vector(folder):
    encoder = builtin_encoder(folder)
    expected = encoder.extract(picture())
    seen = []
    threads = [
        threading.Thread(target=lambda: seen.append(encoder.extract(picture()))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for vector in seen:
        np.testing.assert_array_equal(vector, expected)


def test_the_lengths_are_those_of_the_graph(folder):
    plain, both = plain_encoder(folder), builtin_encoder(folder)
    assert plain.dimension == len(plain.extract(picture())) == PLAIN_DIMENSION == 2848
    assert both.dimension == len(both.extract(picture())) == BUILTIN_DIMENSION == 4417


def test_an_encoder_sleeps_until_it_sees_a_photo(folder, monkeypatch):
    monkeypatch.setattr(onnx_encoder, "_session", lambda *_: pytest.fail("it woke"))
    assert builtin_encoder(folder).key == BUILTIN_KEY


def test_a_torn_stamp_has_a_worse_score_than_a_whole_one(folder):
    def score(strength):
        rng = np.random.default_rng(5)
        pixels, alpha = np.full((300, 260, 3), 0.8, np.float32), np.ones((300, 260), np.float32)
        pixels[60:240:12] = 0.3
        for kind in ("tear", "stain", "crease"):
            pixels, alpha = damaged(pixels, alpha, kind, strength, rng)
        shown = pixels * alpha[..., None] + 0.2 * (1 - alpha[..., None])
        return builtin_encoder(folder).extract(Image.fromarray(np.uint8(255 * shown)))[-1]

    assert score(0.9) > score(0.0)


def test_a_small_picture_is_another_vector_of_the_same_network(folder, never_built):
    small = plain_encoder(folder, SMALL_SIDE)
    assert small.key != BUILTIN_KEY
    large = plain_encoder(folder)
    assert small.dimension == large.dimension == PLAIN_DIMENSION
    assert not np.allclose(small.extract(picture()), large.extract(picture()))


def test_the_plain_vector_is_the_first_part_of_that_of_both(folder):
    both, plain = builtin_encoder(folder), plain_encoder(folder)
    np.testing.assert_allclose(
        both.extract(picture())[:PLAIN_DIMENSION], plain.extract(picture()), rtol=1e-4, atol=1e-4
    )
    assert both.key != plain.key


def test_a_photo_and_its_mirror_image_are_alike(folder):
    encoder = plain_encoder(folder, SMALL_SIDE)
    mirrored = picture().transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    np.testing.assert_allclose(encoder.extract(mirrored), encoder.extract(picture()), atol=1e-3)


def test_the_condition_encoder_is_the_published_one(tmp_path, monkeypatch):
    weights = tmp_path / "weights"
    monkeypatch.setattr(condition, "shipped_path", lambda _: weights)
    with pytest.raises(ModelError, match="are missing: install tiny-classifier again"):
        builtin_encoder(tmp_path)
    weights.write_bytes(b"others")
    with pytest.raises(ModelError, match="are not the published ones: install tiny-classifier"):
        builtin_encoder(tmp_path)
