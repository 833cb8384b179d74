"""Places where an export cannot go; what is there stays as it is."""

import pytest


def refused(told):
    assert (told.code, told.out) == (2, "")
    return told.complaint


@pytest.mark.parametrize("what", ["--csv", "--model", "--onnx"])
def test_a_folder_is_no_file_to_write(tinyclf, proposed, tmp_path, what):
    assert "is a folder. Name a file" in refused(tinyclf("export", proposed, what, tmp_path))


@pytest.mark.parametrize("what", ["--csv", "--model", "--onnx"])
def test_a_missing_folder_is_named(tinyclf, proposed, tmp_path, what):
    out = tmp_path / "nowhere" / "out"
    assert "does not exist. Make it first." in refused(tinyclf("export", proposed, what, out))


@pytest.mark.parametrize("what", ["--folders", "--walls"])
def test_a_file_is_no_folder_to_write_into(tinyclf, proposed, tmp_path, what):
    (tmp_path / "out").write_text("mine")
    assert "is a file" in refused(tinyclf("export", proposed, what, tmp_path / "out"))
    assert "is a file" in refused(tinyclf("export", proposed, what, tmp_path / "out" / "deeper"))
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("what", ["--csv", "--model", "--onnx"])
def test_the_collection_is_never_overwritten(tinyclf, proposed, what):
    assert "is the collection itself" in refused(tinyclf("export", proposed, what, proposed))
    assert tinyclf("status", proposed).code == 0


@pytest.mark.parametrize("what", ["--csv", "--model", "--onnx"])
def test_a_photo_is_never_overwritten(tinyclf, proposed, stamps, what):
    photo = stamps / "stamp_0001.jpg"
    before = photo.read_bytes()
    assert "is one of the photos" in refused(tinyclf("export", proposed, what, photo))
    assert photo.read_bytes() == before


@pytest.mark.parametrize("what", ["--folders", "--walls"])
def test_nothing_is_written_beside_the_photos(tinyclf, proposed, stamps, what):
    before = sorted(stamps.rglob("*"))
    assert "Choose another folder" in refused(tinyclf("export", proposed, what, stamps))
    assert "Choose another folder" in refused(tinyclf("export", proposed, what, stamps / "new"))
    assert sorted(stamps.rglob("*")) == before


def test_two_exports_do_not_share_a_file(tinyclf, proposed, tmp_path):
    out = tmp_path / "out"
    assert "named twice" in refused(tinyclf("export", proposed, "--csv", out, "--model", out))
    assert not out.exists()


def test_a_link_or_a_device_is_not_replaced(tinyclf, proposed, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "other")
    for out in (tmp_path / "link", "/dev/null"):
        assert "is no ordinary file" in refused(tinyclf("export", proposed, "--csv", out))
    assert (tmp_path / "link").is_symlink()


def test_one_bad_place_stops_all_before_anything_is_written(tinyclf, proposed, tmp_path):
    (tmp_path / "file").touch()
    refused(
        tinyclf("export", proposed, "--csv", tmp_path / "out.csv", "--walls", tmp_path / "file")
    )
    assert not (tmp_path / "out.csv").exists()


def test_a_name_that_is_too_long_is_refused(tinyclf, proposed, tmp_path):
    assert "cannot be written" in refused(
        tinyclf("export", proposed, "--csv", tmp_path / ("x" * 300))
    )


def test_an_existing_table_is_replaced(tinyclf, proposed, tmp_path):
    (tmp_path / "out.csv").write_text("old")
    assert tinyclf("export", proposed, "--csv", tmp_path / "out.csv").code == 0
    assert (tmp_path / "out.csv").read_text().startswith("path,")
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_walls_without_any_grade_are_drawn_empty(tinyclf, imported, tmp_path):
    assert "5 pictures" in tinyclf("export", imported, "--walls", tmp_path / "walls").out


@pytest.mark.parametrize("what", ["--csv", "--model", "--onnx", "--folders", "--walls"])
def test_a_place_that_may_not_be_written_is_named(tinyclf, proposed, tmp_path, monkeypatch, what):
    monkeypatch.setattr("os.access", lambda *_: False)  # as for anybody but root
    assert "You may not write into" in refused(tinyclf("export", proposed, what, tmp_path / "out"))
