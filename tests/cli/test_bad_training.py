"""Grades that cannot train, and settings that cannot be."""

import pytest


def refused(told):
    assert (told.code, told.out) == (2, "")
    return told.complaint


@pytest.mark.parametrize("command", ["train", "compare"])
def test_without_grades_nothing_is_trained(tinyclf, imported, command):
    complaint = refused(tinyclf(command, imported))
    assert "No photo is graded yet. Grade photos of at least two different grades" in complaint


@pytest.mark.parametrize("command", ["train", "compare"])
def test_one_grade_is_not_enough(tinyclf, imported, table, command):
    tinyclf("grade", imported, "--csv", table([("stamp_0001.jpg", 4)]))
    assert "Only one photo is graded, with a 4." in refused(tinyclf(command, imported))
    tinyclf("grade", imported, "--csv", table([("stamp_0002.jpg", 4)]))
    assert "All 2 graded photos have the grade 4." in refused(tinyclf(command, imported))


def test_one_photo_of_each_of_two_grades_trains(tinyclf, imported, table):
    tinyclf("grade", imported, "--csv", table([("stamp_0001.jpg", 1), ("stamp_0002.jpg", 5)]))
    told = tinyclf("train", imported, "--json").json
    assert told["grades"] == 2
    for name in ("exact", "within_one", "calibration_error"):
        assert 0 <= told[f"{name}_low"] <= told[name] <= told[f"{name}_high"] <= 1
    assert tinyclf("propose", imported, "--json").json["proposed"] == 28


def test_one_photo_of_each_grade_trains_and_compares(tinyclf, imported, truth, table):
    one_each = {grade: name for name, grade in truth.items()}
    tinyclf("grade", imported, "--csv", table([(name, k) for k, name in one_each.items()]))
    assert tinyclf("train", imported, "--json").json["grades"] == 5
    assert "fast" in tinyclf("compare", imported, "--presets", "fast,unordered", "--json").json


def test_before_training_nothing_can_be_proposed(tinyclf, graded, tmp_path):
    sentence = "No classifier yet. Grade some photos and train first."
    assert sentence in refused(tinyclf("propose", graded))
    assert sentence in refused(tinyclf("export", graded, "--model", tmp_path / "model"))
    assert not (tmp_path / "model").exists()


def test_an_unknown_preset_names_the_nearest(tinyclf, graded):
    sentence = "There is no preset 'balansed': did you mean 'balanced'?"
    assert sentence in refused(tinyclf("train", graded, "--preset", "balansed"))
    assert sentence in refused(tinyclf("compare", graded, "--presets", "fast,balansed"))


def test_comparing_nothing_is_refused(tinyclf, graded):
    assert "name at least one" in refused(tinyclf("compare", graded, "--presets", " , "))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("epoch: 3\n", "There is no setting 'epoch': did you mean 'epochs'?"),
        ("epochs: 0\n", "epochs must be a whole number from 1 to 10,000, not 0."),
        ("epochs: many\n", "epochs must be a whole number from 1 to 10,000, not 'many'."),
        ("loss: huber\n", "not 'huber'."),
        ("epochs: 3\na: [\n", "in line 3"),
        ("", "holds no settings"),
        ("- 1\n- 2\n", "holds no settings"),
        ("3: 4\n", "mine.yaml"),
    ],
)
def test_a_bad_configuration_is_named_with_its_cure(tinyclf, graded, tmp_path, content, complaint):
    (tmp_path / "mine.yaml").write_text(content)
    told = refused(tinyclf("train", graded, "--config", tmp_path / "mine.yaml"))
    assert complaint in told
    assert "mine.yaml" in told


def test_a_configuration_that_cannot_be_read_is_named(tinyclf, graded, tmp_path):
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00\x80")
    for name in ("nowhere.yaml", "bytes.yaml", "."):
        refused(tinyclf("train", graded, "--config", tmp_path / name))


def test_an_encoder_that_is_not_there_is_named(tinyclf, graded, tmp_path):
    (tmp_path / "mine.yaml").write_text("features: nowhere.onnx\n")
    told = refused(tinyclf("train", graded, "--config", tmp_path / "mine.yaml"))
    assert f"The encoder {tmp_path / 'nowhere.onnx'} cannot be read" in told
    told = refused(tinyclf("train", graded, "--encoder", tmp_path / "no.onnx"))
    assert f"The encoder {tmp_path / 'no.onnx'} cannot be read" in told
    assert "that ends in .onnx" in refused(tinyclf("train", graded, "--encoder", "own.pt"))


def test_cuda_that_is_not_there_fails_with_the_cure(tinyclf, graded):
    told = tinyclf("train", graded, "--device", "cuda")
    if told.code == 0:
        pytest.skip("there is a CUDA device")
    assert told.code == 1
    assert told.complaint.endswith("or choose the device cpu.")
