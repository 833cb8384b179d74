import json

import pytest

from tinyclf.data.encoder.manifest import Manifest, read_manifest
from tinyclf.errors import ModelError

FIELDS = {"name": "tiny", "input_size": [32, 16], "mean": 127, "scale": [1, 2, 3], "output": "v"}


def written(folder, fields):
    path = folder / "tiny.json"
    path.write_text(fields if isinstance(fields, str) else json.dumps(fields))
    return path


def test_one_number_stands_for_all_colours(tmp_path):
    manifest = read_manifest(written(tmp_path, FIELDS))
    assert manifest == Manifest("tiny", 32, 16, (127.0,) * 3, (1.0, 2.0, 3.0), "v")


def test_what_is_written_is_read_again(tmp_path):
    manifest = read_manifest(written(tmp_path, FIELDS))
    assert read_manifest(written(tmp_path, manifest.to_json())) == manifest


@pytest.mark.parametrize("field", FIELDS)
def test_a_missing_field_is_named(tmp_path, field):
    path = written(tmp_path, {k: v for k, v in FIELDS.items() if k != field})
    with pytest.raises(ModelError, match=f"lacks '{field}'"):
        read_manifest(path)


@pytest.mark.parametrize(
    "change",
    [
        {"input_size": [0, 16]},
        {"input_size": [32]},
        {"input_size": [10**9, 16]},
        {"input_size": "large"},
        {"input_size": [16, float("inf")]},
        {"input_size": [16, float("nan")]},
        {"mean": [1, 2]},
        {"mean": None},
        {"scale": 0},
        {"scale": [1, 0, 1]},
        {"scale": 1e-45},
        {"mean": float("nan")},
    ],
)
def test_a_wrong_field_is_refused(tmp_path, change):
    with pytest.raises(ModelError, match="is wrong"):
        read_manifest(written(tmp_path, FIELDS | change))


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '"name"', "[" * 100_000])
def test_what_is_no_json_object_is_refused(tmp_path, text):
    with pytest.raises(ModelError, match="is wrong"):
        read_manifest(written(tmp_path, text))


def test_a_missing_manifest_is_named_with_the_cure(tmp_path):
    with pytest.raises(ModelError, match="put a JSON file"):
        read_manifest(tmp_path / "tiny.json")


@pytest.mark.parametrize(
    ("picture", "size"),
    [
        ((1000, 1000), (448, 448)),
        ((2000, 1000), (640, 320)),
        ((30, 40), (384, 512)),
        ((100, 10_000), (32, 4480)),
        ((1, 100_000), (32, 6272)),
    ],
)
def test_a_picture_that_keeps_its_shape_has_about_the_area_of_a_square(picture, size):
    manifest = Manifest("n", 448, 448, (0.0,) * 3, (1.0,) * 3, "v", step=32)
    assert manifest.size_of(*picture) == size


def test_others_are_squashed():
    assert Manifest("n", 64, 32, (0.0,) * 3, (1.0,) * 3, "v").size_of(1000, 10) == (64, 32)
