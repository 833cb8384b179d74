from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.walking import walked
from tinyclf.domain import Grade, Job, Mark, Progress
from tinyclf.errors import InputError, StorageError
from tinyclf.export import ExportRow, FolderReport, copy_to_folders

MakeRow = Callable[..., ExportRow]


def run(job: Job[FolderReport]) -> FolderReport:
    report, told = walked(job)
    assert all(isinstance(one, Progress) for one in told)
    return report


def tree(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_photos_go_to_the_folder_of_their_grade(make_row: MakeRow, tmp_path: Path) -> None:
    rows = [
        make_row("a.png", human=Grade.GOOD),
        make_row("b.png", probabilities=(1.0, 0, 0, 0, 0)),
        make_row("c.png", human=Mark.UNSURE),
        make_row("d.png"),
    ]
    assert run(copy_to_folders(rows, tmp_path / "out")) == FolderReport(2, 0, 2)
    assert tree(tmp_path / "out") == ["1/b.png", "4/a.png"]
    copy = tmp_path / "out/4/a.png"
    assert copy.read_bytes() == rows[0].path.read_bytes()
    assert copy.stat().st_mtime_ns == rows[0].path.stat().st_mtime_ns


def test_copying_again_copies_nothing(make_row: MakeRow, tmp_path: Path) -> None:
    rows = [make_row("a.png", human=Grade.GOOD), make_row("x/a.png", human=Grade.GOOD)]
    assert run(copy_to_folders(rows, tmp_path / "out")).copied == 2
    assert run(copy_to_folders(rows, tmp_path / "out")) == FolderReport(0, 2, 0)
    assert tree(tmp_path / "out") == ["4/a (2).png", "4/a.png"]


def test_another_file_is_never_overwritten(make_row: MakeRow, tmp_path: Path) -> None:
    there = tmp_path / "out/4/a.png"
    there.parent.mkdir(parents=True)
    there.write_text("mine")
    (tmp_path / "out/4/a (2).png").symlink_to("nowhere")
    run(copy_to_folders([make_row("a.png", human=Grade.GOOD)], tmp_path / "out"))
    assert there.read_text() == "mine"
    assert tree(tmp_path / "out") == ["4/a (3).png", "4/a.png"]


def test_a_missing_or_changed_photo_is_a_problem(make_row: MakeRow, tmp_path: Path) -> None:
    rows = [make_row(f"{n}.png", human=Grade.GOOD) for n in "abc"]
    rows[0].path.unlink()
    rows[1].path.write_bytes(b"something else")
    report = run(copy_to_folders(rows, tmp_path / "out"))
    assert (report.copied, [problem.path for problem in report.problems]) == (
        1,
        [rows[0].path, rows[1].path],
    )
    assert tree(tmp_path / "out") == ["4/c.png"]


@pytest.mark.parametrize("place", ["photos", "photos/out", "photos/4/..", "."])
def test_nothing_is_written_beside_the_photos(
    make_row: MakeRow, tmp_path: Path, place: str
) -> None:
    rows = [make_row("a.png", human=Grade.GOOD), make_row("4/b.png", human=Grade.GOOD)]
    (tmp_path / "4").symlink_to(tmp_path / "photos")
    before = tree(tmp_path)
    with pytest.raises(InputError, match="would mix with the photos"):
        run(copy_to_folders(rows, tmp_path / place))
    assert tree(tmp_path) == before


def test_a_copy_that_cannot_be_written_says_so(make_row: MakeRow, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(StorageError, match="cannot be made"):
        run(copy_to_folders([make_row("a.png", human=Grade.GOOD)], tmp_path / "out"))


def test_stopping_leaves_no_half_copy(make_row: MakeRow, tmp_path: Path) -> None:
    rows = [make_row(f"{n}.png", human=Grade.GOOD) for n in "abc"]
    job = copy_to_folders(rows, tmp_path / "out")
    next(job)
    next(job)
    job.close()
    assert tree(tmp_path / "out") == ["4/a.png"]
