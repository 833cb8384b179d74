from __future__ import annotations

import os
import sys
from pathlib import Path

import psutil
import pytest

from tinyclf.benchmark.scratch import PREFIX, STALE_SECONDS, make_scratch, remove_scratch
from tinyclf.errors import ConfigError, StorageError

NOBODY = 999_999_000
"""The number of no process."""


def left(place: Path, process: int, hours: float = 0.0) -> Path:
    """Make a folder as a process leaves it that was killed so long ago."""
    folder = place / f"{PREFIX}{process}-abc_123"
    folder.mkdir()
    (folder / "file").write_text("grades")
    changed = folder.stat().st_mtime - 3600 * hours
    os.utime(folder, (changed, changed))
    return folder


def test_a_folder_bears_the_number_of_its_process(tmp_path: Path) -> None:
    first, second = make_scratch(tmp_path, 0), make_scratch(tmp_path, 0)

    assert first != second
    assert {each.name.rsplit("-", 1)[0] for each in (first, second)} == {f"{PREFIX}{os.getpid()}"}


def test_the_folders_of_a_process_are_removed_and_no_others(tmp_path: Path) -> None:
    mine, theirs = make_scratch(tmp_path, 0), left(tmp_path, NOBODY)
    (mine / "file").write_text("grades")
    (tmp_path / f"{PREFIX}notes").mkdir()

    remove_scratch(tmp_path, os.getpid())

    assert {each.name for each in tmp_path.iterdir()} == {theirs.name, f"{PREFIX}notes"}


def test_what_a_killed_process_left_is_removed_after_an_hour(tmp_path: Path) -> None:
    assert STALE_SECONDS == 3600
    old, young = left(tmp_path, NOBODY, hours=1.1), left(tmp_path, NOBODY + 1, hours=0.9)
    alive = left(tmp_path, psutil.Process().ppid(), hours=2)

    make_scratch(tmp_path, 0)

    assert [each.exists() for each in (old, young, alive)] == [False, True, True]


def test_a_place_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"There is no folder .*missing"):
        make_scratch(tmp_path / "missing", 0)


def test_too_little_room_is_told_with_both_figures(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"writes 1,000,000\.0 GB, but .* GB are free"):
        make_scratch(tmp_path, 10**15)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a folder")
def test_a_place_where_nothing_can_be_written_is_named() -> None:
    with pytest.raises(StorageError, match="Nothing can be written to /proc"):
        make_scratch(Path("/proc"), 0)


def test_removing_from_a_place_that_is_gone_does_nothing(tmp_path: Path) -> None:
    remove_scratch(tmp_path / "missing", 1)
