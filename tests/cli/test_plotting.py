"""tinyclf plot: a picture of how a model learnt, and its numbers."""

import numpy as np
import pytest
from PIL import Image

from tinyclf.cli import plotting
from tinyclf.errors import InputError

pytest.importorskip("matplotlib", reason="matplotlib, the extra plot, is missing")


@pytest.fixture
def model(tinyclf, flowers, tmp_path):
    out = tmp_path / "model.safetensors"
    fit = ("fit", flowers, "--validation", 0.25, "--folds", 3, "--out", out)
    assert tinyclf(*fit).code == 0
    return out


def test_the_picture_lies_beside_the_model(tinyclf, model, flowers):
    told = tinyclf("plot", model, flowers)
    assert told.code == 0
    assert f"Drawn: {model.with_suffix('.png')}" in told.out
    assert "right of 60 (folds); validation 100.00 %" in told.out
    assert "On the examples of its fit, held-out ones included: 100.00 % of 60 right" in told.out
    with Image.open(model.with_suffix(".png")) as picture:
        assert picture.format == "PNG"
        assert picture.width > 1000


def test_json_gives_the_numbers_and_draws_nothing_unasked(tinyclf, model, flowers):
    fitted = tinyclf("fit", flowers, "--validation", 0.25, "--folds", 3, "--json").json
    told = tinyclf("plot", model, flowers, "--json").json
    for name in ("history", "fold_accuracies", "best_epoch", "validation_accuracy"):
        assert told[name] == fitted[name]
    assert len(told["history"]["held_out_loss"]) == len(told["history"]["epoch"]) > 1
    assert told["test"]["confusion"] == [[20, 0, 0], [0, 20, 0], [0, 0, 20]]
    assert told["classes"] == ["blue", "red", "white"]
    assert told["out"] is None
    assert not list(model.parent.glob("*.png"))


def test_json_and_out_give_both(tinyclf, model, tmp_path):
    told = tinyclf("plot", model, "--out", tmp_path / "curves.png", "--json").json
    assert told["test"] is None
    assert told["out"] == str(tmp_path / "curves.png")
    assert (tmp_path / "curves.png").stat().st_size > 10_000


def test_a_bred_network_has_its_fitness(tinyclf, archive, tmp_path):
    out = tmp_path / "bred.safetensors"
    breed = ("--model", "bits", "--train", "genetic", "--generations", 4, "--population", 20)
    tinyclf("fit", archive, *breed, "--fitness", "mcc", "--hidden", 16, "--out", out)
    history = tinyclf("plot", out, "--out", tmp_path / "b.png", "--json").json["history"]
    assert history["epoch"] == [0, 1, 2, 3, 4]
    assert np.all(np.array(history["best_fitness"]) >= history["mean_fitness"])
    assert (tmp_path / "b.png").exists()


def test_another_picture_stays_unless_it_may_go(tinyclf, model):
    picture = model.with_suffix(".png")
    picture.write_bytes(b"mine")
    told = tinyclf("plot", model)
    assert told.code == 2
    assert "--overwrite" in told.complaint
    assert picture.read_bytes() == b"mine"
    assert tinyclf("plot", model, "--overwrite").code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_model_is_never_written_over(tinyclf, model):
    named = model.rename(model.with_suffix(".png"))
    before = named.read_bytes()
    told = tinyclf("plot", named, "--overwrite")
    assert told.code == 2
    assert "is of what is read for it" in told.complaint
    assert named.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--out", "curves.pdf"), "curves.png"),
        (("--out", "nowhere/curves.png"), "does not exist"),
        (("nothing.csv",), "nothing.csv"),
        (("DATA", "--part", "test"), "no test part"),
        (("--label", "colour"), "takes DATA"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tinyclf, model, flowers, tmp_path, arguments, words):
    named = [flowers if each == "DATA" else each for each in arguments]
    if "--out" in named:
        named[1] = tmp_path / named[1]
    told = tinyclf("plot", model, *named)
    assert told.code == 2
    assert words in told.complaint


def test_what_is_no_model_is_refused(tinyclf, flowers):
    told = tinyclf("plot", flowers)
    assert told.code == 2
    assert "flowers.csv" in told.complaint


def test_without_matplotlib_one_line_says_what_to_install(tinyclf, model, monkeypatch):
    def missing():
        raise InputError("pip install 'tiny-classifier[plot]'")

    monkeypatch.setattr(plotting, "require_matplotlib", missing)
    told = tinyclf("plot", model)
    assert (told.code, told.out) == (2, "")
    assert "tiny-classifier[plot]" in told.complaint
    assert tinyclf("plot", model, "--json").code == 0
