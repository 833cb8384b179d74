"""Files of every kind in one folder: each is imported, a copy, or a problem with its reason."""

import csv

import pytest


@pytest.fixture
def mixed(corpus, tmp_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    corpus.write_corpus(folder)
    (folder / "circle.jpg").symlink_to(folder / "circle.jpg")
    (folder / "gone.jpg").symlink_to(folder / "nowhere.jpg")
    (folder / "loop").symlink_to(folder)
    (folder / "letter.txt").write_text("Dear collector")
    (folder / "same again.jpg").write_bytes((folder / "plain.jpg").read_bytes())
    return folder


def test_all_that_is_found_is_imported_or_a_copy_or_a_problem(tinyclf, mixed, file, corpus):
    told = tinyclf("new", file, "--photos", mixed, "--json").json
    assert told["found"] == told["imported"] + len(told["copies"]) + len(told["problems"])
    assert told["found"] == len(corpus.GOOD) + len(corpus.BAD) + 3
    different = {contents() for contents, _ in corpus.GOOD.values()}
    assert told["imported"] == len(different)


def test_each_reason_is_the_files_own(tinyclf, mixed, file, corpus):
    told = tinyclf("new", file, "--photos", mixed, "--json").json["problems"]
    reasons = {problem["path"].rsplit("/", 1)[1]: problem["reason"] for problem in told}
    for name, (_, reason) in corpus.BAD.items():
        assert reasons[name] == reason or reason == "damaged or cut"
    assert reasons["circle.jpg"] == "the link leads in a circle"
    assert reasons["gone.jpg"] == "the link leads to a file that is gone"
    assert all(reason and "\n" not in reason for reason in reasons.values())


def test_what_is_no_photo_is_not_trained_on_nor_lost(tinyclf, mixed, file):
    tinyclf("new", file, "--photos", mixed)
    told = tinyclf("status", file, "--json").json
    assert told["problems"] == len(told["problem_files"])
    assert told["copies"] == len(told["copy_files"])
    again = tinyclf("import", file, mixed, "--json").json
    assert (again["new"], len(again["problems"])) == (0, told["problems"])


def test_a_copy_is_told_for_what_it_is(tinyclf, mixed, file, tmp_path):
    told = tinyclf("new", file, "--photos", mixed, "--json").json
    originals = {copy["path"]: copy["copy_of"] for copy in told["copies"]}
    places = mixed / "same again.jpg", mixed / "plain.jpg"
    assert originals[str(places[0])] == str(places[1])
    assert tinyclf("status", file, "--json").json["copy_files"] == told["copies"]
    for command in (["import", file, mixed], ["status", file]):
        out = tinyclf(*command).out
        assert f"{len(originals)} exact copies of photos already here" in out
        assert "{}: copy of {}".format(*places) in out


def test_a_grade_given_to_a_copy_is_its_photos(tinyclf, mixed, file, tmp_path):
    tinyclf("new", file, "--photos", mixed)
    (tmp_path / "grades.csv").write_text("photo,grade\nsame again.jpg,4\n")
    assert tinyclf("grade", file, "--csv", tmp_path / "grades.csv", "--json").json["changed"] == 1
    out = tmp_path / "out.csv"
    told = tinyclf("export", file, "--csv", out).out
    assert told.splitlines()[0].endswith(" photos, 2 exact copies")
    with out.open(newline="", encoding="utf-8", errors="surrogateescape") as table:
        grades = {row["path"]: row["human_grade"] for row in csv.DictReader(table)}
    assert grades[str(mixed / "plain.jpg")] == grades[str(mixed / "same again.jpg")] == "4"
