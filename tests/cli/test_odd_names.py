"""File names as they come: through the collection, out as a table, and back in."""

import csv
import json
import os

import pytest

NAMES = [
    b"plain.jpg",
    b"new\nline.jpg",
    b"return\rtab\tescape\x1b[31m.jpg",
    b"=cmd|'calc'!A0.jpg",
    b'comma, "quotes"; .jpg',
    b" space at both ends .jpg",
    "schön Ω 郵票.jpg".encode(),
    b"latin st\xe4mp \xff.jpg",
    b"-rf.jpg",
    b"x" * 240 + b".jpg",
]


@pytest.fixture
def odd(stamps, tmp_path):
    """Ten stamps of odd names."""
    folder = tmp_path / "odd"
    folder.mkdir()
    content = (stamps / "stamp_0001.jpg").read_bytes()
    for number, name in enumerate(NAMES):
        try:
            with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123
                file.write(content + b"%d" % number)
        except OSError:
            pytest.skip("this system allows no such names")
    return folder


@pytest.fixture
def grades():
    return {os.fsdecode(name): number % 5 + 1 for number, name in enumerate(NAMES)}


def human_grades(path):
    with path.open(newline="", encoding="utf-8", errors="surrogateescape") as file:
        return {row["path"]: row["human_grade"] for row in csv.DictReader(file)}


def test_odd_names_go_through_and_back_in(tinyclf, odd, grades, table, file, tmp_path):
    assert tinyclf("new", file, "--photos", odd, "--json").json["imported"] == len(NAMES)
    told = tinyclf("grade", file, "--csv", table(grades))
    assert (told.code, told.out.split()[0]) == (0, "10")
    tinyclf("export", file, "--csv", tmp_path / "out.csv")
    exported = human_grades(tmp_path / "out.csv")
    assert exported == {str(odd / name): str(grade) for name, grade in grades.items()}

    again = tmp_path / "again.tinyclf"
    tinyclf("new", again, "--photos", odd)
    assert tinyclf("grade", again, "--csv", table(exported), "--json").json["changed"] == 10
    tinyclf("export", again, "--csv", tmp_path / "out again.csv")
    assert (tmp_path / "out again.csv").read_bytes() == (tmp_path / "out.csv").read_bytes()


def test_odd_names_are_copied_as_they_are(tinyclf, odd, grades, table, file, tmp_path):
    tinyclf("new", file, "--photos", odd)
    tinyclf("grade", file, "--csv", table(grades))
    assert tinyclf("export", file, "--folders", tmp_path / "copies", "--json").json["copied"] == 10
    copies = {os.fsencode(path.name) for path in (tmp_path / "copies").glob("*/*")}
    assert copies == set(NAMES)


def test_suggestions_stay_one_a_line_and_come_whole_as_json(tinyclf, odd, file):
    tinyclf("new", file, "--photos", odd)
    lines = tinyclf("suggest", file).out.splitlines()
    assert len(lines) == len(NAMES)
    assert not any("\x1b" in line for line in lines)
    told = json.loads(tinyclf("suggest", file, "--json").out)["photos"]
    assert {os.fsencode(path) for path in told} == {os.fsencode(odd) + b"/" + n for n in NAMES}


def test_a_complaint_over_an_odd_name_stays_one_line(tinyclf, tmp_path):
    told = tinyclf("status", tmp_path / "new\nline")
    assert (told.code, told.err.count("\n")) == (2, 1)


def test_a_problem_with_an_odd_name_stays_one_line(tinyclf, odd, file):
    (odd / "bad\nname.jpg").touch()
    out = tinyclf("new", file, "--photos", odd).out
    assert f"  {odd}/bad\\nname.jpg: the file is empty\n" in out
