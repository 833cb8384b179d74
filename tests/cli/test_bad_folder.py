"""A folder that holds no photos, or none that can be read."""

import pytest


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


def refused(told):
    assert (told.code, told.out) == (2, "")
    return told.complaint


def test_a_missing_folder_makes_no_collection(tinyclf, file, tmp_path):
    assert "There is no folder" in refused(tinyclf("new", file, "--photos", tmp_path / "nowhere"))
    assert not list(tmp_path.iterdir())


def test_an_empty_folder_makes_no_collection(tinyclf, file, folder):
    assert f"There is no photo in {folder}" in refused(tinyclf("new", file, "--photos", folder))
    assert not file.exists()


def test_a_folder_without_photos_makes_no_collection(tinyclf, file, folder):
    (folder / "letter.txt").write_text("Dear collector")
    (folder / "deeper").mkdir()
    assert "There is no photo in" in refused(tinyclf("new", file, "--photos", folder))
    assert not file.exists()


def test_a_file_is_no_folder(tinyclf, file, stamps):
    photo = stamps / "stamp_0001.jpg"
    assert "is no folder" in refused(tinyclf("new", file, "--photos", photo))
    assert not file.exists()


def test_the_same_folder_can_be_filled_and_tried_again(tinyclf, file, folder, stamps):
    tinyclf("new", file, "--photos", folder)
    (folder / "stamp.jpg").write_bytes((stamps / "stamp_0001.jpg").read_bytes())
    assert tinyclf("new", file, "--photos", folder).code == 0


def test_importing_nothing_changes_nothing(tinyclf, graded, folder, tmp_path):
    assert "There is no photo in" in refused(tinyclf("import", graded, folder))
    assert "There is no folder" in refused(tinyclf("import", graded, tmp_path / "nowhere"))
    assert tinyclf("status", graded, "--json").json["human"] == 20


def test_only_broken_photos_are_listed_with_their_reasons(tinyclf, file, folder):
    (folder / "empty.jpg").touch()
    (folder / "text.png").write_text("no picture")
    told = tinyclf("new", file, "--photos", folder)
    assert told.code == 0
    assert "2 found = 0 imported (0 new) + 2 problems" in told.out
    assert "empty.jpg: the file is empty" in told.out
    assert "None of these files can be read as a photo." in told.err


def test_a_collection_without_photos_says_what_to_do(tinyclf, file, folder):
    (folder / "empty.jpg").touch()
    tinyclf("new", file, "--photos", folder)
    assert "Next: import a folder of photos." in tinyclf("status", file).out
    assert "empty.jpg: the file is empty" in tinyclf("status", file).out
    assert "There is no photo without a verdict." in tinyclf("suggest", file).err
    assert "No photo is graded yet." in refused(tinyclf("train", file))


def test_a_long_list_of_problems_is_cut_but_json_has_all(tinyclf, file, folder):
    for number in range(30):
        (folder / f"{number}.jpg").touch()
    told = tinyclf("new", file, "--photos", folder)
    assert "… and 10 more; --json lists all" in told.out
    assert len(tinyclf("import", file, folder, "--json").json["problems"]) == 30


def test_a_cache_that_cannot_be_used_makes_no_collection(
    tinyclf, file, stamps, monkeypatch, tmp_path
):
    (tmp_path / "a file").touch()
    monkeypatch.setenv("TINYCLF_CACHE", str(tmp_path / "a file"))
    told = tinyclf("new", file, "--photos", stamps)
    assert (told.code, told.out) == (1, "")
    assert "set TINYCLF_CACHE to a folder you may write to" in told.complaint
    assert not file.exists()


def test_a_home_that_cannot_be_written_makes_no_collection(tinyclf, file, stamps, monkeypatch):
    for name in ("TINYCLF_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/dev/null")
    told = tinyclf("new", file, "--photos", stamps)
    assert (told.code, told.out) == (1, "")
    assert "The cache folder /dev/null" in told.complaint
    assert not file.exists()


def test_doctor_tells_of_a_cache_that_cannot_be_used(tinyclf, monkeypatch, tmp_path):
    (tmp_path / "a file").touch()
    monkeypatch.setenv("TINYCLF_CACHE", str(tmp_path / "a file"))
    told = tinyclf("doctor", "--json")
    assert told.code == 0
    assert "cannot be made" in told.json["cache"]
