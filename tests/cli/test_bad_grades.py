"""Tables of grades with rows that cannot be used."""

import pytest


def refused(told):
    assert (told.code, told.out) == (2, "")
    return told.complaint


def graded_by_hand(tinyclf, file):
    return tinyclf("status", file, "--json").json["human"]


BAD = [
    ("stamp_0001.jpg", "3"),
    ("stamp_0002.jpg", "7"),
    ("nobody.jpg", "2"),
    ("stamp_0003.jpg", ""),
    ("", "4"),
]


def test_bad_rows_are_named_with_their_lines_and_nothing_is_applied(tinyclf, imported, table):
    complaint = refused(tinyclf("grade", imported, "--csv", table(BAD)))
    assert "4 rows of" in complaint
    assert "line 3: '7' is no grade" in complaint
    assert "line 4: there is no photo 'nobody.jpg'" in complaint
    assert "line 5: " in complaint
    assert "line 6: it names no photo" in complaint
    assert graded_by_hand(tinyclf, imported) == 0


def test_bad_rows_can_be_skipped(tinyclf, imported, table):
    told = tinyclf("grade", imported, "--csv", table(BAD), "--skip-bad")
    assert told.code == 0
    assert told.out == "1 grade read, 1 of them new or changed; 4 bad rows skipped.\n"
    assert "grades.csv, line 3: '7' is no grade" in told.err
    assert graded_by_hand(tinyclf, imported) == 1


def test_json_lists_the_skipped_rows(tinyclf, imported, table):
    told = tinyclf("grade", imported, "--csv", table(BAD), "--skip-bad", "--json").json
    assert (told["graded"], told["changed"]) == (1, 1)
    assert [row["line"] for row in told["bad_rows"]] == [3, 4, 5, 6]


def test_contradicting_rows_are_bad(tinyclf, imported, table):
    complaint = refused(
        tinyclf("grade", imported, "--csv", table([("stamp_0001.jpg", 1), ("stamp_0001.jpg", 2)]))
    )
    assert "line 2: graded 1 here but 2 in line 3" in complaint


def test_photos_are_found_by_every_name(tinyclf, imported, stamps, table):
    rows = [("stamp_0001.jpg", 1), (stamps / "stamp_0002.jpg", 2)]
    assert tinyclf("grade", imported, "--csv", table(rows), "--json").json["graded"] == 2


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "has no column photo"),
        (b"stamp_0001.jpg,3\n", "has no column photo"),
        (b"photo\nstamp_0001.jpg\n", "has no column grade"),
        (b'photo,grade\n"stamp_0001.jpg,3\n', "is no table from line"),
        (b"\x00\x01\x02\xff" * 50, "grades.csv"),
    ],
)
def test_what_is_no_table_is_said_to_be_none(tinyclf, imported, tmp_path, content, complaint):
    (tmp_path / "grades.csv").write_bytes(content)
    assert complaint in refused(tinyclf("grade", imported, "--csv", tmp_path / "grades.csv"))


def test_a_missing_table_or_a_folder_is_said_to_be_one(tinyclf, imported, tmp_path):
    assert "There is no file" in refused(tinyclf("grade", imported, "--csv", tmp_path / "no.csv"))
    assert "cannot be read" in refused(tinyclf("grade", imported, "--csv", tmp_path))


def test_an_empty_table_is_fine(tinyclf, imported, table):
    assert tinyclf("grade", imported, "--csv", table([])).out.startswith("0 grades read")
