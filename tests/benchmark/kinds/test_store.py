from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tinyclf.benchmark import scratch
from tinyclf.benchmark.kinds import CASES, Store
from tinyclf.benchmark.turn import take_turn
from tinyclf.errors import ConfigError, StorageError
from tinyclf.project import CollectionStore


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """An empty folder, as one on another disk."""
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    "settings",
    [
        {"photos": 0},
        {"photos": 200_001},
        {"grades": 0},
        {"grades": 100_001},
        {"grades": 1.0},
        {"deed": "write"},
        {"folder": ""},
        {"performance": {"threads": 2}},
        {"performance": {"device": "cuda"}},
        {"rows": 5},
    ],
)
def test_what_is_out_of_range_or_unknown_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CASES.validate_python({"kind": "store"} | settings)


def test_the_work_is_grades_written_or_photos_read() -> None:
    grading, reading = Store(photos=1000, grades=5), Store(photos=1000, deed="read")

    assert (grading.work().units, grading.work().unit) == (5, "grade")
    assert (reading.work().units, reading.work().unit) == (1000, "photo")
    assert grading.work().needed_bytes == 50_000_000 + 2000 * 1000
    assert grading.words() == "5 grades in a collection of 1,000 photos"
    assert reading.words() == "reading a collection of 1,000 photos"
    assert grading.limits() == ()


@pytest.mark.parametrize(("photos", "grades"), [(1, 12), (3, 3), (5, 7), (10, 4)])
def test_every_grade_of_every_pass_is_an_act(photos: int, grades: int, tmp_path: Path) -> None:
    workload = Store(photos=photos, grades=grades, folder=str(tmp_path)).prepare()

    assert [workload.checksum(workload.run()) for _ in range(6)] == [str(grades)] * 6


def test_grades_are_on_disk_when_a_pass_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[CollectionStore] = []
    create = CollectionStore.create
    monkeypatch.setattr(
        CollectionStore, "create", lambda path: opened.append(create(path)) or opened[0]
    )
    Store(photos=3, grades=4, folder=str(tmp_path)).prepare().run()

    [store] = opened
    store.close()
    with CollectionStore.open(store.path) as again:
        assert [label.verdict for label in again.labels()] == [2, 1, 1]
        assert len(again.history()) == 4


def test_reading_brings_every_grade(tmp_path: Path) -> None:
    workload = Store(deed="read", photos=7, folder=str(tmp_path)).prepare()

    first, again = workload.run(), workload.run()

    assert first.tolist() == [1, 2, 3, 4, 5, 1, 2]
    assert workload.checksum(first) == workload.checksum(again)


def test_the_collection_lies_beside_the_caches_and_goes_with_its_backup(
    caches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINYCLF_DATA", str(tmp_path / "data"))
    case = Store(photos=2, grades=2)
    case.prepare().run()

    [folder] = caches.iterdir()
    assert (folder / "benchmark.tinyclf").exists()
    assert list((folder / "backups").iterdir())
    assert not (tmp_path / "data").exists()
    assert os.environ["TINYCLF_DATA"] == str(tmp_path / "data")

    case.clean_up_after(os.getpid())
    assert not list(caches.iterdir())


def test_too_little_room_is_refused_before_anything_is_written(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        scratch.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10_000_000})
    )
    case = Store(photos=100_000, grades=100_000, folder=str(disk))

    with pytest.raises(ConfigError, match=r"writes 0\.3 GB.* 0\.0 GB are free"):
        case.prepare()
    assert not list(disk.iterdir())


def test_a_cancelled_turn_leaves_nothing_behind(disk: Path) -> None:
    turn = take_turn(Store(photos=10, grades=100_000, folder=str(disk)))
    while not list(disk.glob("*/benchmark.tinyclf")):
        next(turn)

    turn.close()

    assert not list(disk.iterdir())


def test_a_cache_folder_that_cannot_be_made_is_told_once_by_the_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TINYCLF_CACHE", str(tmp_path / "file" / "caches"))

    with pytest.raises(StorageError, match="cannot be made"):
        Store().prepare()
    Store().clean_up_after(os.getpid())
