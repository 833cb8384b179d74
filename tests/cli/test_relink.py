"""`tinyclf relink`: photos that were moved are found again."""

import pytest


@pytest.fixture
def moved(tinyclf, own_stamps, truth, table, file, tmp_path):
    """A graded collection whose photos lie elsewhere now."""
    tinyclf("new", file, "--photos", own_stamps)
    tinyclf("grade", file, "--csv", table(truth))
    return own_stamps.rename(tmp_path / "moved")


def test_moved_photos_are_found_and_keep_their_grades(tinyclf, moved, file):
    before = tinyclf("status", file, "--json").json["human"]
    told = tinyclf("relink", file, moved)
    assert (told.code, before) == (0, 30)
    assert "30 photos not where they were: 30 found in" in told.out
    assert tinyclf("status", file, "--json").json["human"] == before
    assert tinyclf("relink", file, moved).out == "Every photo is where it was.\n"


def test_what_is_missing_and_what_was_not_linked_is_told(tinyclf, moved, file):
    (moved / "stamp_0001.jpg").unlink()
    (moved / "stamp_0002.jpg").write_bytes(b"another picture")
    told = tinyclf("relink", file, moved, "--json")
    assert told.code == 0
    assert (told.json["missing"], told.json["found"]) == (30, 28)
    assert len(told.json["still_missing"]) == 2
    [not_linked] = told.json["not_linked"]
    assert not_linked["path"] == str(moved / "stamp_0002.jpg")
    assert not_linked["reason"] == "the same name, but another picture"
    assert (
        "stamp_0002.jpg: the same name, but another picture" in tinyclf("relink", file, moved).out
    )


def test_of_a_photo_that_was_edited_it_is_told_that_another_has_its_name(tinyclf, own_stamps, file):
    tinyclf("new", file, "--photos", own_stamps)
    edited = own_stamps / "stamp_0001.jpg"
    edited.write_bytes(edited.read_bytes() + b"edited")
    tinyclf("import", file, own_stamps)
    told = tinyclf("relink", file, own_stamps)
    assert "1 photo not where they were: 0 found in" in told.out
    assert "stamp_0001.jpg: not found: another picture has its name now" in told.out


def test_a_folder_that_is_not_there_is_the_users_mistake(tinyclf, moved, file, tmp_path):
    told = tinyclf("relink", file, tmp_path / "nowhere")
    assert told.code == 2
    assert "There is no folder" in told.complaint
