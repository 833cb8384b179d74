"""tinyclf fit and evaluate, on a table and on pictures written here."""

import csv

import numpy as np
import pytest
from PIL import Image


def test_fit_says_how_good_it_is_on_examples_held_out(tinyclf, flowers):
    told = tinyclf("fit", flowers)
    assert told.code == 0
    assert "learnt from 48 examples" in told.out
    assert "On examples held out: 100.00 % of 12 right" in told.out
    assert "not kept: --out" in told.err


def test_fit_json_has_the_keys_of_the_design(tinyclf, flowers):
    result = tinyclf("fit", flowers, "--json").json
    assert result["test_accuracy"] == 1
    assert result["train_seconds"] > 0
    assert result["epochs"] > 0
    assert "fold_accuracies" not in result


def test_fit_with_folds_tells_each_and_their_mean(tinyclf, flowers):
    result = tinyclf("fit", flowers, "--folds", 4, "--json").json
    assert len(result["fold_accuracies"]) == 4
    assert result["fold_accuracy_mean"] == np.mean(result["fold_accuracies"]) >= 0.95
    assert result["tested_on"] == "folds"


@pytest.mark.parametrize("model", ["mlp", "cnn", "bits"])
def test_a_model_is_kept_and_judged_again_as_before(tinyclf, archive, tmp_path, model):
    out = tmp_path / "bars.safetensors"
    epochs = ("--epochs", 30, "--batch-size", 20, "--hidden", 32)
    fitted = tinyclf("fit", archive, "--model", model, *epochs, "--out", out, "--json").json
    assert fitted["kept"]
    assert fitted["model_bytes"] == out.stat().st_size
    judged = tinyclf("evaluate", out, archive, "--json").json
    assert judged["examples"] == 40
    assert judged["accuracy"] == fitted["test_accuracy"] >= 0.75
    assert np.sum(judged["confusion"]) == 40


def test_evaluate_shows_each_class_and_what_is_taken_for_what(tinyclf, flowers, tmp_path):
    out = tmp_path / "flowers.safetensors"
    tinyclf("fit", flowers, "--out", out)
    told = tinyclf("evaluate", out, flowers)
    assert told.code == 0
    for words in ("precision", "blue", "is, told"):
        assert words in told.out


def test_evaluate_says_that_a_model_learnt_from_what_it_is_judged_on(tinyclf, flowers, tmp_path):
    out, others = tmp_path / "flowers.safetensors", tmp_path / "others.csv"
    tinyclf("fit", flowers, "--out", out)
    others.write_text(flowers.read_text().replace(".", ".0"))
    known, new = (tinyclf("evaluate", out, data) for data in (flowers, others))
    assert "The model learnt from these examples" in known.err
    assert "learnt from" not in new.err
    assert tinyclf("evaluate", out, flowers, "--json").json["learnt_from"] is True


def test_the_order_of_columns_does_not_matter(tinyclf, flowers, tmp_path):
    out = tmp_path / "flowers.safetensors"
    tinyclf("fit", flowers, "--out", out)
    turned = tmp_path / "turned.csv"
    rows = [line.split(",") for line in flowers.read_text().split()]
    turned.write_text("".join(f"{species},{width},{length}\n" for length, width, species in rows))
    assert tinyclf("evaluate", out, turned, "--label", "species", "--json").json["accuracy"] == 1


def test_a_worse_model_of_the_same_data_does_not_take_the_place(tinyclf, flowers, tmp_path):
    out = tmp_path / "flowers.safetensors"
    fit = ("fit", flowers, "--validation", 0.25, "--out", out)
    assert tinyclf(*fit, "--json").json["kept"]
    good = out.read_bytes()
    told = tinyclf(*fit, "--hidden", "", "--epochs", 1, "--learning-rate", 1e-6)
    assert "as good or better, so it stays" in told.out
    assert out.read_bytes() == good
    tinyclf(*fit, "--hidden", "", "--epochs", 1, "--learning-rate", 1e-6, "--overwrite")
    assert out.read_bytes() != good


def test_a_model_judged_otherwise_is_not_written_over(tinyclf, flowers, tmp_path):
    out = tmp_path / "flowers.safetensors"
    tinyclf("fit", flowers, "--validation", 0.25, "--out", out)
    good = out.read_bytes()
    told = tinyclf("fit", flowers, "--folds", 3, "--out", out)
    assert told.code == 2
    assert "was judged by a validation share of 0.25, this fit is by 3 folds" in told.complaint
    assert out.read_bytes() == good


def test_a_model_of_other_data_is_not_written_over(tinyclf, flowers, archive, tmp_path):
    out = tmp_path / "model.safetensors"
    tinyclf("fit", flowers, "--out", out)
    told = tinyclf("fit", archive, "--out", out)
    assert told.code == 2
    assert "is a model of other data" in told.complaint


def test_another_file_is_not_written_over(tinyclf, flowers, tmp_path):
    other = tmp_path / "letter.txt"
    other.write_text("Dear reader")
    told = tinyclf("fit", flowers, "--out", other)
    assert told.code == 2
    assert "--overwrite" in told.complaint
    assert other.read_text() == "Dear reader"


@pytest.mark.parametrize("more", [(), ("--overwrite",)])
def test_what_is_learnt_from_is_never_written_over(tinyclf, flowers, tmp_path, more):
    before = flowers.read_bytes()
    (tmp_path / "inner").mkdir()
    for out in (flowers, tmp_path / "inner" / ".." / flowers.name):
        told = tinyclf("fit", flowers, "--out", out, *more)
        assert told.code == 2
        assert "is of the data that is learnt from" in told.complaint
    assert flowers.read_bytes() == before


def test_a_model_kept_beside_its_data_may_be_replaced(tinyclf, tmp_path):
    rng = np.random.default_rng(0)
    for name, shade in (("dark", 0), ("light", 150)):
        (tmp_path / name).mkdir()
        for k in range(10):
            pixels = rng.integers(shade, shade + 100, (8, 8), dtype=np.uint8)
            Image.fromarray(pixels).save(tmp_path / name / f"{k}.png")
    fit = ("fit", tmp_path, "--epochs", 2, "--overwrite", "--out")
    out = tmp_path / "model.safetensors"
    assert [tinyclf(*fit, out).code, tinyclf(*fit, out).code] == [0, 0]
    assert tinyclf(*fit, tmp_path / "dark" / "0.png").code == 2


@pytest.mark.parametrize("command", ["fit", "predict"])
def test_a_collection_is_never_written_over(tinyclf, flowers, tmp_path, command):
    collection, out = tmp_path / "stamps.tinyclf", tmp_path / "flowers.safetensors"
    collection.write_bytes(b"years of work")
    tinyclf("fit", flowers, "--out", out)
    wanted = (flowers, "--out") if command == "fit" else (out, flowers, "--csv")
    told = tinyclf(command, *wanted, collection, "--overwrite")
    assert told.code == 2
    assert "stamps.tinyclf is a collection, which stays" in told.complaint
    assert collection.read_bytes() == b"years of work"


def test_the_graded_photos_of_a_collection_are_learnt_from(tinyclf, graded, tmp_path):
    out = tmp_path / "stamps.safetensors"
    told = tinyclf("fit", graded, "--side", 12, "--epochs", 2, "--out", out, "--json").json
    assert told["classes"] == ["1", "2", "3", "4", "5"]
    assert told["examples"] + told["tested"] == 20
    judged = tinyclf("evaluate", out, graded, "--json").json  # of the size that the model takes
    assert judged["examples"] == 20


def test_a_file_that_only_ends_as_a_collection_is_refused(tinyclf, tmp_path):
    (tmp_path / "stamps.tinyclf").write_bytes(b"")
    told = tinyclf("fit", tmp_path / "stamps.tinyclf")
    assert told.code == 2
    assert "stamps.tinyclf" in told.complaint


WRONG = [
    (("--model", "cnn"), "choose mlp"),
    (("--augment",), "these examples are rows"),
    (("--hidden", "12,x"), "whole numbers separated by commas"),
    (("--hidden", "0"), "A width in hidden"),
    (("--hidden", "", "--dropout", 0.5), "--dropout is of hidden layers"),
    (("--hidden", "", "--activation", "relu"), "--activation is of hidden layers"),
    (("--epochs", 0), "epochs"),
    (("--learning-rate", "nan"), "learning_rate"),
    (("--dropout", 1.5), "dropout"),
    (("--fitness", "mcc"), "--train genetic"),
    (("--train", "genetic"), "Only the model bits"),
    (("--model", "bits", "--train", "genetic", "--epochs", 9), "--epochs is of gradients"),
    (("--model", "bits", "--activation", "relu"), "leave --activation out"),
    (("--optimizer", "sgd", "--weight-decay", 0.1), "--weight-decay is of adamw"),
    (("--model", "bits", "--weight-decay", 0.1), "--weight-decay is of adamw"),
    (("--convolutions", "8"), "no convolutions"),
    (("--test-share", 2), "test share"),
    (("--only", "red,green"), "no class 'green'"),
    (("--label", "colour"), "no column 'colour'"),
    (("--side", 8), "leave out --side"),
    (("--folds", 50, "--only", "red,blue"), "too few for 50 parts"),
]


@pytest.mark.parametrize(("options", "words"), WRONG, ids=[" ".join(map(str, o)) for o, _ in WRONG])
def test_what_is_wrong_is_said_in_one_line(tinyclf, flowers, options, words):
    told = tinyclf("fit", flowers, *options)
    assert told.code == 2
    assert words in told.complaint


def test_predict_writes_a_table(tinyclf, flowers, tmp_path):
    out, table = tmp_path / "flowers.safetensors", tmp_path / "told.csv"
    tinyclf("fit", flowers, "--out", out)
    told = tinyclf("predict", out, flowers, "--csv", table)
    assert told.out == f"{table}: 60 lines\n"
    with table.open(encoding="utf-8", newline="") as file:
        head, first, *_ = rows = list(csv.reader(file))
    assert head == ["input", "class", "confidence", "blue", "red", "white"]
    assert len(rows) == 61
    [said, *_] = tinyclf("predict", out, flowers, "--json").json["predictions"]
    assert first[:2] == [f"{flowers}, line 2", said["class"]]
    assert list(map(float, first[3:])) == pytest.approx(list(said["scores"].values()), abs=1e-6)


@pytest.mark.parametrize("more", [(), ("--overwrite",)])
def test_predict_writes_over_nothing_that_it_reads(tinyclf, flowers, tmp_path, more):
    out = tmp_path / "flowers.safetensors"
    tinyclf("fit", flowers, "--out", out)
    before = [each.read_bytes() for each in (out, flowers)]
    for table in (out, flowers):
        told = tinyclf("predict", out, flowers, "--csv", table, *more)
        assert told.code == 2
        assert "Name another file" in told.complaint
    assert [each.read_bytes() for each in (out, flowers)] == before


def test_what_is_said_of_tables_is_refused_of_others(tinyclf, archive):
    told = tinyclf("fit", archive, "--without", "x")
    assert told.code == 2
    assert "bars.npz is no table: leave out" in told.complaint
    told = tinyclf("predict", archive, archive, "--separator", ";")
    assert told.code == 2
    assert "are of tables, and no INPUT is one" in told.complaint


def test_predict_tells_class_confidence_and_every_score(tinyclf, archive, tmp_path):
    out = tmp_path / "bars.safetensors"
    tinyclf("fit", archive, "--out", out, "--epochs", 40, "--batch-size", 20)
    picture = np.full((24, 24), 20, np.uint8)
    picture[12:15] = 220
    Image.fromarray(picture).save(tmp_path / "lies.png")
    [told] = tinyclf("predict", out, tmp_path / "lies.png", "--json").json["predictions"]
    assert told["class"] == "1"
    assert told["confidence"] == told["scores"]["1"] > 0.5
    assert sum(told["scores"].values()) == pytest.approx(1)
    said = tinyclf("predict", out, tmp_path / "lies.png")
    assert said.code == 0
    assert str(tmp_path / "lies.png") in said.out


def test_predict_tells_the_rows_of_a_table_without_labels(tinyclf, flowers, tmp_path):
    out = tmp_path / "flowers.safetensors"
    tinyclf("fit", flowers, "--out", out)
    (tmp_path / "new.csv").write_text("width,length\n5,2\n3,10\n")
    told = tinyclf("predict", out, tmp_path / "new.csv", "--json").json["predictions"]
    assert [each["class"] for each in told] == ["red", "white"]


def test_predict_is_told_how_a_table_is_written(tinyclf, flowers, tmp_path):
    out = tmp_path / "flowers.safetensors"
    tinyclf("fit", flowers, "--out", out)
    (tmp_path / "new.csv").write_text("width|length\n5|2\n?|10\n")
    assert "such rows dropped" in tinyclf("predict", out, tmp_path / "new.csv").complaint
    written = ("--separator", "|", "--header", "--drop-missing")
    answer = tinyclf("predict", out, tmp_path / "new.csv", *written, "--json")
    assert [told["class"] for told in answer.json["predictions"]] == ["red"]
    assert "new.csv: 1 of 2 rows have a missing cell: left out." in answer.err


def test_a_model_of_colour_judges_grey_pictures_and_a_cnn_is_named(tinyclf, tmp_path):
    for colour in ("RGB", "L"):
        for kind, light in (("dark", 40), ("light", 200)):
            folder = tmp_path / colour / kind
            folder.mkdir(parents=True)
            for k in range(8):
                tint = (light, light + k, light + 2 * k)
                Image.new("RGB", (16, 16), tint).convert(colour).save(folder / f"{k}.png")
    out = tmp_path / "model"
    of_colour = tinyclf("fit", tmp_path / "RGB", "--out", out, "--test-share", 0)
    assert "--model cnn tells more" in of_colour.err
    assert "--model cnn" not in tinyclf("fit", tmp_path / "L", "--epochs", 1).err
    assert tinyclf("evaluate", out, tmp_path / "L", "--json").json["accuracy"] == 1


def test_predict_names_what_cannot_be_read(tinyclf, flowers, tmp_path):
    out = tmp_path / "flowers.safetensors"
    tinyclf("fit", flowers, "--out", out)
    told = tinyclf("predict", out, tmp_path / "gone.csv")
    assert told.code == 2
    assert "gone.csv" in told.complaint


@pytest.mark.parametrize("name", ["gone.png", "-"])
def test_a_file_that_is_gone_is_called_so_whatever_the_model_takes(
    tinyclf, flowers, tmp_path, name
):
    out = tmp_path / "flowers.safetensors"
    tinyclf("fit", flowers, "--out", out)
    told = tinyclf("predict", out, name)
    assert told.code == 2
    assert told.complaint == f"tinyclf: There is no file {name}. Check the name."
