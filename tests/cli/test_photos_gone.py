"""Photos that were deleted or changed after their import."""

import pytest

GONE, CHANGED = "stamp_0001.jpg", "stamp_0002.jpg"


@pytest.fixture
def collection(tinyclf, own_stamps, truth, table, file):
    """Fifteen own photos graded; of these one is gone and one is another picture now."""
    for number, photo in enumerate(sorted(own_stamps.glob("*.jpg"))):
        own = f"{file} {number}".encode()  # so that no vector is cached
        photo.write_bytes(photo.read_bytes() + own)
    tinyclf("new", file, "--photos", own_stamps)
    tinyclf("grade", file, "--csv", table(list(truth.items())[:15]))
    (own_stamps / GONE).unlink()
    (own_stamps / CHANGED).write_bytes((own_stamps / "stamp_0030.jpg").read_bytes())
    return file


def test_training_leaves_them_out_and_says_so(tinyclf, collection):
    told = tinyclf("train", collection, "--json")
    left_out = told.json["left_out"]
    reasons = {problem["path"].rsplit("/", 1)[1]: problem["reason"] for problem in left_out}
    assert told.json["grades"] == 13
    assert reasons[GONE].startswith("the file is gone from its place")
    assert reasons[CHANGED].startswith("the file is another one than was imported")
    assert f"left out: {collection.parent / 'own stamps' / GONE}: " in told.err


def test_no_grade_is_lost(tinyclf, collection):
    tinyclf("train", collection)
    assert tinyclf("status", collection, "--json").json["human"] == 15


def test_proposing_leaves_them_out_and_says_so(tinyclf, collection, own_stamps):
    tinyclf("train", collection)
    (own_stamps / "stamp_0030.jpg").unlink()
    told = tinyclf("propose", collection, "--json")
    assert (told.json["proposed"], told.json["without_grade"]) == (14, 1)
    assert "stamp_0030.jpg: the file is gone" in told.err
    assert "1 without any grade" in tinyclf("status", collection).out


def test_copies_are_made_of_the_others(tinyclf, collection, tmp_path):
    told = tinyclf("export", collection, "--folders", tmp_path / "copies", "--json").json
    assert told["copied"] == 13
    assert len(told["problems"]) == 2
    assert "2 problems" in tinyclf("export", collection, "--folders", tmp_path / "more").out


def test_walls_are_drawn_all_the_same(tinyclf, collection, homes, monkeypatch, tmp_path):
    monkeypatch.setenv("TINYCLF_CACHE", str(tmp_path / "new cache"))  # no thumbnail is cached
    told = tinyclf("export", collection, "--walls", tmp_path / "walls")
    assert (told.code, len(list((tmp_path / "walls").iterdir()))) == (0, 5)


def test_when_all_graded_photos_are_gone_the_reason_is_told(tinyclf, collection, own_stamps):
    for photo in own_stamps.glob("*.jpg"):
        photo.unlink()
    told = tinyclf("train", collection)
    assert told.code == 2
    assert "15 more could not be read (stamp_0001.jpg: the file is gone" in told.complaint


def test_a_vector_that_is_known_needs_no_file(tinyclf, own_stamps, truth, table, file):
    tinyclf("new", file, "--photos", own_stamps)
    tinyclf("grade", file, "--csv", table(list(truth.items())[:15]))
    tinyclf("train", file)
    tinyclf("propose", file)
    for photo in own_stamps.glob("*.jpg"):
        photo.unlink()
    assert tinyclf("train", file, "--json").json["left_out"] == []
    assert tinyclf("propose", file, "--json").json["proposed"] == 15


def test_a_photo_that_cannot_be_read_any_more_is_told_from_what_never_was_one(
    tinyclf, own_stamps, file
):
    (own_stamps / "empty.jpg").touch()
    tinyclf("new", file, "--photos", own_stamps)
    assert "30 photos, 1 problem\n" in tinyclf("status", file).out
    (own_stamps / "stamp_0001.jpg").write_bytes(b"no picture")
    tinyclf("import", file, own_stamps)
    told = tinyclf("status", file).out
    assert "30 photos, 2 problems, 1 of them a photo that could be read before\n" in told
