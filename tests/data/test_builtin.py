import threading
from pathlib import Path

import numpy as np
import pytest
from photo_corpus import picture
from PIL import Image

from tinyclf.data.encoder import builtin
from tinyclf.data.encoder.builtin import (
    BUILTIN_DIMENSION,
    BUILTIN_KEY,
    SMALL_SIDE,
    builtin_encoder,
    checked_weights,
    weights_path,
)
from tinyclf.errors import ModelError, StorageError

GRAPH = BUILTIN_KEY.removesuffix("-448")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    builtin_encoder(folder)
    return folder


@pytest.fixture
def never_built(monkeypatch):
    monkeypatch.setattr(builtin, "_built", lambda: pytest.fail("the graph was built again"))


def test_the_graph_is_built_once(folder, never_built):
    encoder = builtin_encoder(folder)
    assert (encoder.key, encoder.long_side) == (BUILTIN_KEY, 896)
    assert encoder.dimension == BUILTIN_DIMENSION


def test_a_manifest_lies_beside_the_graph(folder):
    from tinyclf.data.encoder.onnx_encoder import load_encoder

    encoder = load_encoder(folder / f"{GRAPH}.onnx")
    vector = builtin_encoder(folder).extract(picture())
    np.testing.assert_array_equal(encoder.extract(picture()), vector)


def test_a_damaged_graph_is_built_anew(folder, tmp_path):
    whole = (folder / f"{GRAPH}.onnx").read_bytes()
    for name in ("onnx", "sha256"):
        (tmp_path / f"{GRAPH}.onnx").write_bytes(whole)
        (tmp_path / f"{GRAPH}.sha256").write_text("0" * 64)
        (tmp_path / f"{GRAPH}.{name}").write_bytes(b"damage")
        builtin_encoder(tmp_path)
        assert (tmp_path / f"{GRAPH}.onnx").read_bytes() == whole


def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(StorageError, match="No space left"):
        builtin_encoder(tmp_path)
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


def test_a_small_picture_is_another_vector_of_the_same_network(folder, never_built):
    small = builtin_encoder(folder, SMALL_SIDE)
    assert small.key != BUILTIN_KEY
    assert small.dimension == BUILTIN_DIMENSION
    assert not np.allclose(small.extract(picture()), builtin_encoder(folder).extract(picture()))


def test_a_photo_and_its_mirror_image_are_alike(folder):
    encoder = builtin_encoder(folder, SMALL_SIDE)
    mirrored = picture().transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    np.testing.assert_allclose(encoder.extract(mirrored), encoder.extract(picture()), atol=1e-3)
