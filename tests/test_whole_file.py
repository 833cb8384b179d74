"""A file is there whole, or as it was before."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tinyclf.errors import StorageError
from tinyclf.whole_file import make_folder, whole_file


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "table.csv"
    with whole_file(target) as part:
        part.write_text("new")
        assert not target.exists()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("table.csv", "new")]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "table.csv"
    target.write_text("older")
    with pytest.raises(UnicodeEncodeError), whole_file(target) as part, part.open("w") as file:
        file.writelines(["half", "\ud800"])
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("table.csv", "older")
    ]


@pytest.mark.parametrize("name", ["a" * 255, "郵" * 85])
def test_a_name_may_be_as_long_as_the_disk_allows(tmp_path: Path, name: str) -> None:
    with whole_file(tmp_path / name) as part:
        part.write_text("new")
    assert (tmp_path / name).read_text() == "new"


@pytest.mark.skipif(os.name != "posix", reason="processes are asked after on POSIX only")
def test_what_a_killed_process_left_long_ago_goes(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    names = [
        f".tinyclf-{process.pid}-1.part",
        f".tinyclf-{process.pid}-2.part",
        f".tinyclf-{os.getpid()}-1.part",
        ".tinyclf-mine.part",
    ]
    for name in names:
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))
    os.utime(tmp_path / names[1])
    with whole_file(tmp_path / "table.csv") as part:
        part.touch()
    assert {path.name for path in tmp_path.iterdir()} == {*names[1:], "table.csv"}


def test_threads_do_not_write_into_each_others_files(tmp_path: Path) -> None:
    def write(number: int) -> None:
        with whole_file(tmp_path / "same") as part:
            part.write_text(str(number) * 100_000)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(8)))
    assert len(set((tmp_path / "same").read_text())) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["same"]


def test_a_place_that_is_no_file_is_named_with_a_cure(tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "no" / "table.csv"):
        with (
            pytest.raises(StorageError, match=f"{target} cannot be written: .*Choose another"),
            whole_file(target) as part,
        ):
            part.write_text("new")


def test_a_folder_that_cannot_be_made_is_named_with_a_cure(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("")
    with pytest.raises(StorageError, match=r"here/below cannot be made: .*Choose another"):
        make_folder(tmp_path / "here" / "below")
