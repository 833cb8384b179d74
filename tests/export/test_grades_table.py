from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tinyclf.domain import Grade, Mark
from tinyclf.errors import InputError, StorageError
from tinyclf.export import ExportRow, write_csv

HEADER = (
    "path,photo_id,grade,source,human_grade,proposed_grade,expected_grade,confidence,"
    "p1,p2,p3,p4,p5,verified,copy_of,in_bulk"
)
OPINION = (0.0, 0.1, 0.2, 0.3, 0.4)


def written(tmp_path: Path, *rows: ExportRow) -> list[str]:
    assert write_csv(rows, tmp_path / "out.csv") == len(rows)
    header, *lines = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert header == HEADER
    return lines


def test_a_row_says_who_says_what(tmp_path: Path) -> None:
    photo = Path("/photos/1.jpg")
    assert written(
        tmp_path,
        ExportRow(photo, "a"),
        ExportRow(photo, "b", probabilities=OPINION),
        ExportRow(photo, "c", human=Grade.POOR, probabilities=OPINION),
        ExportRow(photo, "d", human=Grade.FLAWLESS, verified=True, probabilities=OPINION),
        ExportRow(photo, "g", human=Grade.FLAWLESS, verified=True, in_bulk=True),
        ExportRow(photo, "e", human=Mark.UNSURE),
        ExportRow(photo, "f", human=Mark.NOT_GRADABLE, probabilities=OPINION),
    ) == [
        "/photos/1.jpg,a,,,,,,,,,,,,false,,false",
        "/photos/1.jpg,b,5,proposal,,5,4.0000,0.400000"
        ",0.000000,0.100000,0.200000,0.300000,0.400000,false,,false",
        "/photos/1.jpg,c,2,human,2,5,4.0000,0.400000"
        ",0.000000,0.100000,0.200000,0.300000,0.400000,false,,false",
        "/photos/1.jpg,d,5,human,5,5,4.0000,0.400000"
        ",0.000000,0.100000,0.200000,0.300000,0.400000,true,,false",
        "/photos/1.jpg,g,5,human,5,,,,,,,,,true,,true",
        "/photos/1.jpg,e,,human,unsure,,,,,,,,,false,,false",
        "/photos/1.jpg,f,,human,not gradable,5,4.0000,0.400000"
        ",0.000000,0.100000,0.200000,0.300000,0.400000,false,,false",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "a,b.jpg",
        'a"b.jpg',
        "=1+1.jpg",
        "a\nb.jpg",
        "a\rb.jpg",
        "é印.jpg",
        os.fsdecode(b"caf\xe9.jpg"),
    ],
)
def test_any_name_comes_back(tmp_path: Path, name: str) -> None:
    path, out = Path("/photos") / name, tmp_path / "out.csv"
    write_csv([ExportRow(path, "a")], out)
    with out.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        assert [row["path"] for row in csv.DictReader(file)] == [str(path)]


def test_a_table_replaces_an_older_one(tmp_path: Path) -> None:
    written(tmp_path, ExportRow(Path("/1.jpg"), "a"))
    assert written(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_table_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        write_csv([], tmp_path / "no" / "out.csv")
    with pytest.raises(StorageError, match="cannot be written"):
        write_csv([], tmp_path)


def test_a_failure_leaves_the_older_table(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("older")
    bad = ExportRow(Path("/1.jpg"), "a", probabilities=(1.0,))
    with pytest.raises(ValueError, match="not enough values"):
        write_csv([bad], out)
    assert out.read_text() == "older"
    assert list(tmp_path.iterdir()) == [out]


def test_a_table_never_goes_over_a_photo(make_row: Callable[..., ExportRow]) -> None:
    row = make_row("1.png")
    content = row.path.read_bytes()
    with pytest.raises(InputError, match="one of the photos"):
        write_csv([row], row.path)
    assert row.path.read_bytes() == content
