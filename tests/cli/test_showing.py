"""tinyclf show: counts, and examples with their classes and what a model tells of them."""

import numpy as np
import pytest
from PIL import Image

from tinyclf.fitting.sheet import FRAME, HEADER, MARGIN


@pytest.fixture
def poor(tinyclf, archive, tmp_path):
    """A model that is often wrong."""
    out = tmp_path / "poor.safetensors"
    tinyclf("fit", archive, "--hidden", "", "--epochs", 1, "--learning-rate", 1e-6, "--out", out)
    return out


def test_it_tells_what_is_there(tinyclf, archive):
    told = tinyclf("show", archive)
    assert told.code == 0
    assert "grey pictures, 8 × 8 pixels" in told.out
    assert "80 examples to learn from, and 40 for the test" in told.out
    assert ["0", "40", "50.00", "%", "20"] in [line.split() for line in told.out.splitlines()]
    assert "--out PNG" in told.out


def test_json_counts_each_class(tinyclf, flowers):
    told = tinyclf("show", flowers, "--json").json
    assert told["counts"] == {"blue": 20, "red": 20, "white": 20}
    assert told["features"] == ["length", "width"]
    assert (told["examples"], told["shape"], told["part"]) == (60, [2], "train")


def test_the_first_rows_of_a_table_are_printed_with_their_labels(tinyclf, flowers):
    told = tinyclf("show", flowers, "--first", "--count", 3)
    *_, one, two, three = (line.split() for line in told.out.splitlines())
    rows = [line.split(",") for line in flowers.read_text().split()[1:4]]
    for number, (line, row) in enumerate(zip((one, two, three), rows, strict=True), 1):
        assert line[:2] == [str(number), row[2]]
        assert list(map(float, line[2:])) == pytest.approx(list(map(float, row[:2])), rel=1e-4)


def test_the_same_seed_draws_the_same_examples(tinyclf, archive):
    drawn = [
        [each["row"] for each in tinyclf("show", archive, "--seed", seed, "--json").json["shown"]]
        for seed in (1, 1, 2)
    ]
    assert len(set(drawn[0])) == 40
    assert drawn[0] == drawn[1] != drawn[2]


def test_pictures_are_drawn_in_a_grid(tinyclf, archive, tmp_path):
    told = tinyclf("show", archive, "--count", 1, "--first", "--out", tmp_path / "sheet.png")
    assert "1 of the part to learn from" in told.out
    with np.load(archive) as arrays, Image.open(tmp_path / "sheet.png") as sheet:
        first, pixels = arrays["x_train"][0], np.asarray(sheet.convert("L"))
    top, left = MARGIN + HEADER + FRAME, MARGIN + FRAME
    enlarged = np.kron(first, np.ones((14, 14), np.uint8))
    assert (pixels[top : top + 112, left : left + 112] == enlarged).all()


def test_transforms_are_shown_as_they_are_learnt_from(tinyclf, archive):
    told = tinyclf("show", archive, "--noise-class", 0.3, "--json").json
    assert told["counts"] == {"0": 40, "1": 40, "noise": 40}
    assert "noise 0.3" in told["source"]


def test_beside_each_example_stands_what_the_model_tells(tinyclf, archive, poor):
    told = tinyclf("show", archive, "--model", poor, "--json").json
    judged = tinyclf("evaluate", poor, archive, "--json").json
    assert told["part"] == "test"
    assert len(told["shown"]) == 40
    right = [each["told"] == each["class"] for each in told["shown"]]
    assert right == [each["right"] for each in told["shown"]]
    assert sum(right) == told["told_right"] == round(40 * judged["accuracy"])
    assert all(0.5 <= each["confidence"] <= 1 for each in told["shown"])


def test_wrong_shows_only_what_is_told_wrong(tinyclf, archive, poor):
    every = tinyclf("show", archive, "--model", poor, "--json").json["shown"]
    wrong = tinyclf("show", archive, "--model", poor, "--wrong", "--json").json["shown"]
    assert wrong == [each for each in every if not each["right"]] != []


def test_a_row_told_wrong_is_marked(tinyclf, flowers, tmp_path):
    out = tmp_path / "flowers.safetensors"
    tinyclf("fit", flowers, "--out", out)
    odd = tmp_path / "odd.csv"
    odd.write_text("length,width,species\n2,5,red\n2,5,white\n")
    told = tinyclf("show", odd, "--model", out, "--label", "species")
    assert "The model tells 1 of 2 right (50.00 %)" in told.out
    *_, right, wrong = told.out.splitlines()
    assert right.split() == ["1", "red", "red", "2", "5"]
    assert wrong.split() == ["2", "white", "red", "wrong", "2", "5"]


def test_the_graded_photos_of_a_collection_are_shown(tinyclf, graded, tmp_path):
    told = tinyclf("show", graded, "--side", 16, "--out", tmp_path / "photos.png", "--json").json
    assert told["shape"] == [3, 16, 16]
    assert sum(told["counts"].values()) == len(told["shown"]) == 20
    assert told["groups"] <= 20
    assert (tmp_path / "photos.png").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--wrong",), "--wrong needs --model"),
        (("--out", "sheet.png"), "leave out --out"),
        (("--out", "sheet.jpg"), "sheet.png"),
        (("--count", 0), "a whole number from 1"),
        (("--part", "test"), "no test part"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tinyclf, flowers, tmp_path, options, words):
    if options[0] == "--out":
        options = ("--out", tmp_path / options[1])
    told = tinyclf("show", flowers, *options)
    assert told.code == 2
    assert words in told.complaint


def test_a_model_without_mistakes_has_none_to_show(tinyclf, flowers, tmp_path):
    out = tmp_path / "flowers.safetensors"
    tinyclf("fit", flowers, "--out", out)
    told = tinyclf("show", flowers, "--model", out, "--wrong")
    assert told.code == 2
    assert "tells all 60 examples" in told.complaint


def test_no_place_of_a_picture_is_refused_in_words(tinyclf, archive):
    told = tinyclf("show", archive, "--out", ".")
    assert told.code == 2
    assert "Name it so: picture.png" in told.complaint
