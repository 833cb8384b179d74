from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.walking import finished, walked
from tinyclf.errors import ConfigError, InputError, StorageError
from tinyclf.samples import draw_samples


def truth(folder: Path) -> list[tuple[str, int]]:
    with (folder / "truth.csv").open(newline="", encoding="utf-8") as file:
        return [(row["photo"], int(row["grade"])) for row in csv.DictReader(file)]


def test_the_truth_names_every_photo_drawn(tmp_path: Path) -> None:
    finished(draw_samples(tmp_path, 6, seed=3))
    names = [name for name, _ in truth(tmp_path)]
    assert names == sorted(path.name for path in tmp_path.glob("*.jpg"))
    assert names[0] == "stamp_0001.jpg"


def test_the_truth_begins_with_its_header(tmp_path: Path) -> None:
    finished(draw_samples(tmp_path, 1))
    assert (tmp_path / "truth.csv").read_text("utf-8").startswith("photo,grade\nstamp_0001.jpg,")


def test_it_reports_from_nothing_to_all(tmp_path: Path) -> None:
    drawn, reports = walked(draw_samples(tmp_path, 3))
    assert [(r.done, r.total) for r in reports] == [(k, 3) for k in range(4)]
    assert reports[0].what == "Drawing stamps"
    assert drawn == 3


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    finished(draw_samples(tmp_path / "a", 3, seed=5))
    finished(draw_samples(tmp_path / "b", 3, seed=5))
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_a_stamp_does_not_depend_on_the_count(tmp_path: Path) -> None:
    finished(draw_samples(tmp_path / "few", 2, seed=5))
    finished(draw_samples(tmp_path / "more", 4, seed=5))
    few, more = (tmp_path / name / "stamp_0002.jpg" for name in ("few", "more"))
    assert few.read_bytes() == more.read_bytes()
    assert truth(tmp_path / "few") == truth(tmp_path / "more")[:2]


def test_another_seed_draws_other_stamps(tmp_path: Path) -> None:
    finished(draw_samples(tmp_path / "a", 1, seed=1))
    finished(draw_samples(tmp_path / "b", 1, seed=2))
    a, b = (tmp_path / name / "stamp_0001.jpg" for name in ("a", "b"))
    assert a.read_bytes() != b.read_bytes()


def test_photos_are_of_a_phones_shape(tmp_path: Path) -> None:
    finished(draw_samples(tmp_path, 5))
    for path in tmp_path.glob("*.jpg"):
        with Image.open(path) as photo:
            assert photo.mode == "RGB"
            assert 640 <= max(photo.size) <= 800
            assert 480 <= min(photo.size) <= 600


def test_foreign_files_stay_and_nothing_half_written_remains(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    finished(draw_samples(tmp_path, 1))
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"letter.txt", "stamp_0001.jpg", "truth.csv"}


def test_stopping_midway_leaves_whole_photos_and_no_truth(tmp_path: Path) -> None:
    job = draw_samples(tmp_path, 5)
    for _ in range(3):
        next(job)
    job.close()
    assert {path.name for path in tmp_path.iterdir()} == {"stamp_0001.jpg", "stamp_0002.jpg"}


def test_fewer_stamps_leave_none_that_the_truth_does_not_know(tmp_path: Path) -> None:
    finished(draw_samples(tmp_path, 3))
    finished(draw_samples(tmp_path, 2))
    assert {path.name for path in tmp_path.glob("*.jpg")} == {name for name, _ in truth(tmp_path)}


@pytest.mark.parametrize("count", [0, -1, 100_001])
def test_a_count_out_of_range_is_refused(tmp_path: Path, count: int) -> None:
    with pytest.raises(ConfigError, match=r"1 to 100,000"):
        draw_samples(tmp_path, count)


def test_a_negative_seed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="seed"):
        draw_samples(tmp_path, 1, seed=-1)


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="name a folder"):
        draw_samples(tmp_path / "here", 1)


@pytest.mark.parametrize("content", [b"name;worth\n", b"\xff\xfe\x00"])
def test_somebody_elses_truth_is_not_overwritten(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "truth.csv").write_bytes(content)
    with pytest.raises(InputError, match="choose another folder"):
        draw_samples(tmp_path, 1)
    assert (tmp_path / "truth.csv").read_bytes() == content


def test_somebody_elses_photo_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "stamp_0001.jpg").write_bytes(b"my own scan")
    with pytest.raises(InputError, match=r"stamp_0001\.jpg"):
        draw_samples(tmp_path, 1)


@pytest.mark.parametrize("blocked", ["folder", "disk"])
def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blocked: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    method: Callable[..., object] = Path.mkdir if blocked == "folder" else Path.write_bytes
    monkeypatch.setattr(Path, method.__name__, refuse)
    with pytest.raises(StorageError, match="Permission denied"):
        finished(draw_samples(tmp_path / "new" if blocked == "folder" else tmp_path, 1))
