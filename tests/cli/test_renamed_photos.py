"""Grades that go out and come in as tables while photos change their names."""

import csv

import pytest

GRADES = {"stamp_0001.jpg": 1, "stamp_0002.jpg": 5}


def swap(stamps):
    first, second = (stamps / name for name in GRADES)
    first.rename(stamps / "t")
    second.rename(first)
    (stamps / "t").rename(second)


def grades(path):
    with path.open(newline="") as file:
        lines = {
            line["path"].rpartition("/")[2]: line["human_grade"] for line in csv.DictReader(file)
        }
    return {name: int(lines[name]) for name in GRADES if name in lines}


@pytest.fixture
def own(tinyclf, file, own_stamps):
    """A collection of the stamps that a test may rename."""
    assert tinyclf("new", file, "--photos", own_stamps).code == 0
    return file


def test_grades_for_names_that_other_files_have_now_are_refused(
    tinyclf, own, own_stamps, table, tmp_path
):
    swap(own_stamps)
    told = tinyclf("grade", own, "--csv", table(GRADES))
    assert told.code == 2
    assert "line 2: the file 'stamp_0001.jpg' is another one than was imported" in told.complaint
    assert tinyclf("import", own, own_stamps).code == 0
    assert tinyclf("grade", own, "--csv", table(GRADES)).code == 0
    out = tmp_path / "out.csv"
    tinyclf("export", own, "--csv", out)
    assert grades(out) == GRADES


def test_an_exported_table_is_read_back_after_photos_were_renamed(
    tinyclf, own, own_stamps, table, tmp_path
):
    tinyclf("grade", own, "--csv", table(GRADES))
    out = tmp_path / "out.csv"
    tinyclf("export", own, "--csv", out)
    swap(own_stamps)
    tinyclf("import", own, own_stamps)
    assert "2 grades read, 0 of them new" in tinyclf("grade", own, "--csv", out).out
    tinyclf("export", own, "--csv", out)
    assert grades(out) == {"stamp_0001.jpg": 5, "stamp_0002.jpg": 1}


def test_the_export_names_files_that_are_others_by_now(tinyclf, own, own_stamps, table, tmp_path):
    tinyclf("grade", own, "--csv", table(GRADES))
    swap(own_stamps)
    out = tmp_path / "out.csv"
    told = tinyclf("export", own, "--csv", out)
    assert told.code == 0
    assert "2 problems" in told.out
    assert "stamp_0001.jpg: the file is another one than was graded" in told.out
    assert grades(out) == {}
