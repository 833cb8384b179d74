"""A file that is no collection, or none that can be opened now: one sentence, and nothing lost."""

import os

import apsw
import pytest

from tinyclf.session import Session

READERS = [["status"], ["train"], ["propose"], ["suggest"], ["compare"]]


def refused(told):
    assert (told.code, told.out) == (2, "")
    return told.complaint


@pytest.mark.parametrize("command", READERS)
def test_a_missing_file_is_named(tinyclf, file, command):
    assert f"There is no file {file}" in refused(tinyclf(*command, file))
    assert not file.exists()


def test_a_missing_file_is_named_to_who_grades_imports_or_exports(tinyclf, file, stamps, tmp_path):
    assert "There is no file" in refused(tinyclf("grade", file, "--csv", stamps / "truth.csv"))
    assert "There is no file" in refused(tinyclf("import", file, stamps))
    assert "There is no file" in refused(tinyclf("export", file, "--csv", tmp_path / "out.csv"))


def test_a_folder_is_no_collection(tinyclf, stamps, tmp_path):
    assert f"There is no file {stamps}.tinyclf" in refused(tinyclf("status", stamps))
    for folder in ("/", tmp_path / "..", "."):
        assert "is a folder" in refused(tinyclf("status", folder))


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 5000, b"SQLite format 3\0" * 300])
def test_another_file_is_no_collection_and_stays_as_it_is(tinyclf, file, content):
    file.write_bytes(content)
    assert "is no Tiny Classifier collection" in refused(tinyclf("status", file))
    assert file.read_bytes() == content


def test_a_photo_is_no_collection(tinyclf, stamps):
    photo = stamps / "stamp_0001.jpg"
    before = photo.read_bytes()
    assert "is no Tiny Classifier collection" in refused(tinyclf("status", photo))
    assert photo.read_bytes() == before


def test_another_programs_database_is_no_collection(tinyclf, file):
    with apsw.Connection(str(file)) as other:
        other.execute("CREATE TABLE birds (name TEXT)")
    other.close()
    assert "is no Tiny Classifier collection" in refused(tinyclf("status", file))


def test_a_newer_versions_collection_asks_for_an_update(tinyclf, graded):
    connection = apsw.Connection(str(graded))
    connection.pragma("user_version", 99)
    connection.close()
    assert "newer version of Tiny Classifier. Update" in refused(tinyclf("status", graded))


def test_a_collection_that_is_open_elsewhere_is_left_alone(tinyclf, graded, stamps, tmp_path):
    with Session.open(graded):
        for command in (["status", graded], ["grade", graded, "--csv", stamps / "truth.csv"]):
            assert "has" in refused(tinyclf(*command))
            assert "open. Close it there" in refused(tinyclf(*command))
    assert tinyclf("status", graded).code == 0


def test_a_cut_collection_is_damaged_and_names_its_backup(tinyclf, graded):
    tinyclf("status", graded)  # makes today's backup
    content = graded.read_bytes()
    graded.write_bytes(content[: len(content) // 2])
    complaint = refused(tinyclf("status", graded))
    assert "is damaged" in complaint
    assert "Its last backup is" in complaint


def test_a_collection_with_a_scrambled_page_is_damaged(tinyclf, proposed):
    content = bytearray(proposed.read_bytes())
    content[40960:45056] = bytes(range(256)) * 16
    proposed.write_bytes(content)
    complaint = refused(tinyclf("status", proposed))
    assert "is damaged" in complaint
    assert "['" not in complaint


def test_new_never_replaces_a_file(tinyclf, stamps, graded):
    before = graded.read_bytes()
    assert "exists already" in refused(tinyclf("new", graded, "--photos", stamps))
    assert graded.read_bytes() == before


@pytest.mark.parametrize("name", ["nowhere/x.tinyclf", "b" * 300, os.fsdecode(b"\xff.tinyclf")])
def test_new_names_a_place_that_cannot_be(tinyclf, stamps, tmp_path, name):
    refused(tinyclf("new", tmp_path / name, "--photos", stamps))
    assert not list(tmp_path.glob("*"))


def test_a_backup_that_fails_is_a_warning(tinyclf, graded, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("TINYCLF_DATA", str(tmp_path / "file"))
    told = tinyclf("status", graded)
    assert told.code == 0
    assert "warning: No backup could be written" in told.err


def test_the_log_that_another_collection_has_left_is_kept_and_told(tinyclf, file, stamps):
    log = file.with_name(f"{file.name}-wal")
    log.write_bytes(b"what was said there")
    told = tinyclf("new", file, "--photos", stamps)
    kept = log.with_name(f"{log.name}.kept1")
    assert told.code == 0
    assert f"It is kept as {kept}." in told.err
    assert kept.read_bytes() == b"what was said there"
