"""From a folder of stamps to graded walls, with the stable keys of ``--json``."""

import csv
import json
import shutil
from pathlib import Path

import pytest

STAMPS, GRADED = 30, 20
FIGURES = ("exact", "within_one", "kappa", "calibration_error")
COLUMNS = [
    *("path", "photo_id", "grade", "source", "human_grade", "proposed_grade", "expected_grade"),
    *("confidence", "p1", "p2", "p3", "p4", "p5", "verified", "copy_of", "in_bulk"),
]
NONE_BAD = {
    "bad_photos": 0,
    "bad_graded": 0,
    "fine_photos": 0,
    "faults": dict.fromkeys(("blurred", "cut_off", "dark", "glare", "tiny"), 0),
}


def test_the_whole_loop_runs_in_words(tinyclf, stamps, truth, table, file, tmp_path):
    grades = table(list(truth.items())[:GRADED])
    steps = [
        (["new", file, "--photos", stamps], "30 found = 30 imported (30 new) + 0 problems"),
        (["status", file], "grade about 3 more photos of each grade"),
        (["grade", file, "--csv", grades], "20 grades read, 20 of them new or changed."),
        (["train", file], "On photos it has not seen: right "),
        (["status", file], "Next: propose grades for the other 10 photos."),
        (["propose", file], "10 photos proposed."),
        (["status", file], "10 with a proposed grade"),
        (["suggest", file, "-n", "1"], "stamp_"),
        (["export", file, "--csv", tmp_path / "out.csv"], "out.csv: 30 photos"),
    ]
    for arguments, words in steps:
        told = tinyclf(*arguments)
        assert told.code == 0
        assert words in told.out


def test_a_collection_may_be_named_without_its_suffix(tinyclf, stamps, file):
    bare = file.with_suffix("")
    bare.mkdir()  # the photos' folder, say
    assert tinyclf("new", bare, "--photos", stamps).out.startswith(f"{file}: 30 found")
    assert tinyclf("status", bare).out.startswith(f"{file}: 30 photos")
    bare.rmdir()
    file.rename(bare)
    assert tinyclf("status", bare).out.startswith(f"{bare}: 30 photos")


def test_new_and_import_tell_what_was_found(tinyclf, stamps, file):
    told = tinyclf("new", file, "--photos", stamps, "--json").json
    found = {"found": 30, "imported": 30, "moved": 0, "copies": [], "problems": []}
    assert told == {**found, "new": 30, **NONE_BAD}
    again = tinyclf("import", file, stamps, "--json").json
    assert again == {**found, "new": 0, **NONE_BAD}


def test_train_tells_each_figure_with_its_range(tinyclf, graded):
    told = tinyclf("train", graded, "--json").json
    assert (told["judged_on"], told["grades"]) == ("cross-validation", GRADED)
    for name in FIGURES:
        assert told[f"{name}_low"] <= told[name] <= told[f"{name}_high"]
    for name in ("exact", "within_one", "calibration_error"):
        assert told[f"{name}_low"] >= 0
        assert told[f"{name}_high"] <= 1


def test_the_same_seed_trains_the_same(tinyclf, graded):
    figures = [
        {name: told[name] for name in FIGURES}
        for told in (tinyclf("train", graded, "--seed", 5, "--json").json for _ in range(2))
    ]
    assert figures[0] == figures[1]


def test_propose_tells_how_many_got_a_grade(tinyclf, trained):
    told = tinyclf("propose", trained, "--json").json
    assert told.pop("novelty")["photos"] == 10
    assert told == {"proposed": 10, "without_grade": 0, "left_out": []}


def test_status_counts(tinyclf, proposed):
    told = tinyclf("status", proposed, "--json").json
    counts = {name: told[name] for name in ("photos", "problems", "human", "proposed", "verified")}
    assert counts == {"photos": 30, "problems": 0, "human": 20, "proposed": 10, "verified": 0}
    assert [wall["grade"] for wall in told["walls"]] == [1, 2, 3, 4, 5]
    assert sum(wall["photos"] for wall in told["walls"]) == STAMPS
    assert told["next"]["step"] == "review"


def test_suggest_names_photos_without_a_grade(tinyclf, graded, truth):
    told = tinyclf("suggest", graded, "-n", "4", "--json").json["photos"]
    assert len(set(told)) == 4
    assert {path.rsplit("/", 1)[1] for path in told} <= set(list(truth)[GRADED:])


def test_suggest_names_one_path_a_line(tinyclf, proposed, stamps):
    lines = tinyclf("suggest", proposed, "-n", "3").out.splitlines()
    assert len(lines) == 3
    assert all(line.startswith(str(stamps)) for line in lines)


def test_suggest_names_what_looks_most_worn(tinyclf, graded, truth):
    told = tinyclf("suggest", graded, "-n", "10", "--worn", "--json").json["photos"]
    grades = [int(truth[path.rsplit("/", 1)[1]]) for path in told]
    assert len(grades) == STAMPS - GRADED
    assert sum(grades[:5]) < sum(grades[5:])


def test_presets_lists_every_setting(tinyclf):
    told = tinyclf("presets", "--json").json
    assert told["balanced"]["loss"] == "ordinal"
    assert all(name in tinyclf("presets").out for name in told)


def test_compare_judges_on_the_same_folds(tinyclf, graded):
    told = tinyclf("compare", graded, "--presets", "fast, balanced", "--folds", 2, "--json").json
    assert set(told) == {"fast", "balanced"}
    for row in told.values():
        assert row["kappa_low"] <= row["kappa"] <= row["kappa_high"]
        assert row["bytes"] > 0
    assert sum(row["recommended"] for row in told.values()) == 1


def test_compare_says_how_sure_it_is_and_what_it_costs(tinyclf, graded, tmp_path):
    (tmp_path / "mine.yaml").write_text("hidden: [8]\nbalance: 0.5\nleast_steps: 60\n")
    told = tinyclf(
        "compare", graded, "--presets", "fast", "--config", tmp_path / "mine.yaml",
        "--folds", 2, "--json",
    ).json  # fmt: skip
    assert set(told) == {"fast", "mine"}
    for row in told.values():
        low, high = row["mean_absolute_error_low"], row["mean_absolute_error_high"]
        assert low <= row["mean_absolute_error"] <= high
        assert row["memory_bytes"] > 0
    assert told["fast"]["beats"]["mine"] + told["mine"]["beats"]["fast"] == pytest.approx(1)


def test_a_file_named_like_what_it_is_compared_with_is_refused(tinyclf, graded, tmp_path):
    (tmp_path / "fast.yaml").write_text("hidden: [8]")
    told = tinyclf("compare", graded, "--presets", "fast", "--config", tmp_path / "fast.yaml")
    assert (told.code, told.out) == (2, "")
    assert "fast.yaml would be compared as fast, as another: rename it" in told.complaint


def test_compare_draws_a_table(tinyclf, graded):
    head, row = tinyclf("compare", graded, "--presets", "fast", "--folds", 2).out.splitlines()
    heads = "right within one kappa off by train a photo memory size"
    assert head.split() == heads.split()
    assert row.count(" ± ") == 4
    assert row.startswith("fast ")
    assert row.endswith("best")


def test_export_writes_all_it_is_asked_for(tinyclf, proposed, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    told = tinyclf(
        "export", proposed, "--csv", out / "grades.csv", "--folders", out / "copies",
        "--walls", out / "walls", "--model", out / "model.tinymodel",
        "--onnx", out / "model.onnx", "--json",
    ).json  # fmt: skip
    with (out / "grades.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == COLUMNS
    assert len(rows) == told["csv_rows"] == told["copied"] == STAMPS
    assert len(list((out / "copies").glob("[1-5]/*.jpg"))) == STAMPS
    assert sorted(map(str, (out / "walls").iterdir())) == told["walls"]
    assert (out / "model.tinymodel").stat().st_size == told["model_bytes"]
    assert (out / "model.onnx").stat().st_size == told["onnx_bytes"]


def test_an_export_says_why_photos_have_no_grade(tinyclf, imported, table, truth, tmp_path):
    [(name, _), *_] = truth.items()
    tinyclf("grade", imported, "--csv", table([(name, "unsure")]))
    told = tinyclf("export", imported, "--csv", tmp_path / "out.csv")
    assert "  30 photos without a grade: 1 unsure, 29 not proposed yet" in told.out
    told = tinyclf("export", imported, "--csv", tmp_path / "out.csv", "--json").json
    without = {"exam": 0, "unsure": 1, "not_gradable": 0, "not_proposed": 29}
    assert told["csv_without_grade"] == without


def test_exporting_again_copies_nothing_twice(tinyclf, proposed, tmp_path):
    tinyclf("export", proposed, "--folders", tmp_path / "copies")
    told = tinyclf("export", proposed, "--folders", tmp_path / "copies", "--json").json
    assert (told["copied"], told["already_there"]) == (0, STAMPS)


def test_grading_again_changes_nothing(tinyclf, graded, truth, table):
    told = tinyclf("grade", graded, "--csv", table(list(truth.items())[:GRADED]), "--json").json
    assert told == {"graded": GRADED, "changed": 0, "bad_rows": []}


def test_corrections_are_counted_and_lead_to_training_again(tinyclf, proposed, truth, table):
    wrong = [(name, 6 - grade) for name, grade in truth.items()]
    tinyclf("grade", proposed, "--csv", table(wrong))
    told = tinyclf("status", proposed, "--json").json
    assert told["new_verdicts"] > 0
    assert "Since then " in tinyclf("status", proposed).out


def test_moved_photos_keep_their_grades(tinyclf, own_stamps, truth, table, file, tmp_path):
    tinyclf("new", file, "--photos", own_stamps)
    tinyclf("grade", file, "--csv", table(truth))
    moved = own_stamps.rename(tmp_path / "moved")
    told = tinyclf("import", file, moved, "--json").json
    assert (told["imported"], told["moved"], told["new"]) == (STAMPS, STAMPS, 0)
    assert "30 moved" in tinyclf("import", file, moved.rename(tmp_path / "again")).out
    assert tinyclf("status", file, "--json").json["human"] == STAMPS


def test_sample_draws_stamps_with_their_truth(tinyclf, tmp_path):
    told = tinyclf("sample", tmp_path / "few", "--count", 2, "--seed", 3, "--json").json
    assert told["drawn"] == 2
    assert len(list((tmp_path / "few").glob("*.jpg"))) == 2
    assert (tmp_path / "few" / "truth.csv").read_text().startswith("photo,grade\n")
    assert "2 stamps and truth.csv" in tinyclf("sample", tmp_path / "few", "--count", 2).out


def test_doctor_tells_versions_and_places(tinyclf, homes):
    told = tinyclf("doctor", "--json").json
    assert {"tiny-classifier", "python", "numpy", "sqlite", "blas", "cache"} <= set(told)
    assert homes["TINYCLF_CACHE"] in told["cache"]
    assert "onnxruntime:" in tinyclf("doctor").out


@pytest.mark.parametrize("preset", ["fast", "pixels", "unordered"])
def test_every_preset_trains(tinyclf, graded, preset):
    told = tinyclf("train", graded, "--preset", preset, "--json").json
    assert told["preset"] == preset


def test_a_configuration_of_ones_own_trains(tinyclf, graded, tmp_path):
    (tmp_path / "mine.yaml").write_text("hidden: []\nfolds: 2\nepochs: 2\nleast_steps: 2\n")
    told = tinyclf("train", graded, "--config", tmp_path / "mine.yaml", "--json").json
    assert told["preset"] == "mine"


def test_an_encoder_of_ones_own_trains_and_proposes_from_anywhere(
    tinyclf, graded, tmp_path, monkeypatch, homes
):
    own = min(Path(homes["TINYCLF_CACHE"]).glob("*.onnx"), key=lambda path: path.stat().st_size)
    shutil.copy(own, tmp_path / "own.onnx")
    manifest = {"name": "own", "input_size": [64, 64], "mean": 127, "scale": 128}
    (tmp_path / "own.json").write_text(json.dumps(manifest | {"output": "vector"}))
    monkeypatch.chdir(tmp_path)
    assert tinyclf("train", graded, "--preset", "fast", "--encoder", "own.onnx").code == 0
    monkeypatch.chdir("/")
    assert tinyclf("propose", graded, "--json").json["proposed"] == STAMPS - GRADED


def test_a_configuration_whose_encoder_is_missing_says_so_and_the_others_are_judged(
    tinyclf, graded, tmp_path
):
    (tmp_path / "mine.yaml").write_text("features: nowhere.onnx\n")
    both = (
        "compare",
        graded,
        "--presets",
        "fast",
        "--folds",
        2,
        "--config",
        tmp_path / "mine.yaml",
    )
    told = tinyclf(*both)
    assert told.code == 0
    assert "fast " in told.out
    assert "nowhere.onnx cannot be read" in told.out.splitlines()[-1]
    as_json = tinyclf(*both, "--json").json
    assert as_json["fast"]["recommended"]
    assert "cannot be read" in as_json["mine"]["left_out"]
    alone = tinyclf("compare", graded, "--presets", "", "--config", tmp_path / "mine.yaml")
    assert alone.code == 2
    assert "nowhere.onnx cannot be read" in alone.complaint
