from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.walking import walked
from tinyclf.domain import Grade, Job, Mark, Progress
from tinyclf.errors import InputError
from tinyclf.export import ExportRow, wall_sheets
from tinyclf.export.wall_look import (
    DARK,
    GRADE_COLOURS,
    LEGIBLE,
    LIGHT,
    WallLook,
    contrast,
    legible,
)
from tinyclf.export.wall_sheet import (
    GAP,
    HEADER,
    MARGIN,
    PADDING,
    PICTURE,
    TILE_HEIGHT,
    TILE_WIDTH,
    SheetTitle,
    WallSheet,
    elided,
)

MakeRow = Callable[..., ExportRow]


_IHDR = b"IHDR" + struct.pack(">IIBBBBB", 65536, 65536, 8, 2, 0, 0, 0)
HUGE = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + _IHDR + struct.pack(">I", zlib.crc32(_IHDR))
"""The head of a PNG of 65536 × 65536 pixels, more than Pillow opens."""


def run(job: Job[list[Path]]) -> list[Path]:
    paths, told = walked(job)
    assert all(isinstance(one, Progress) for one in told)
    return paths


def picture(shade: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), (shade, shade, shade)).save(file, "PNG")
    return file.getvalue()


def centre(index: int, columns: int) -> tuple[int, int]:
    x = MARGIN + index % columns * (TILE_WIDTH + GAP) + TILE_WIDTH // 2
    y = MARGIN + HEADER + index // columns * (TILE_HEIGHT + GAP) + PADDING + PICTURE // 2
    return x, y


def test_five_walls_are_drawn(make_row: MakeRow, tmp_path: Path) -> None:
    rows = [make_row("a.png", human=Grade.GOOD), make_row("b.png", human=Mark.UNSURE)]
    paths = run(wall_sheets(rows, tmp_path / "out", lambda row: None))
    assert [path.name for path in paths] == [f"wall_{grade}.jpg" for grade in range(1, 6)]
    assert sorted(paths) == sorted((tmp_path / "out").iterdir())
    for path in paths:
        with Image.open(path) as image:
            image.load()


def test_photos_come_as_given_and_human_grades_last(make_row: MakeRow, tmp_path: Path) -> None:
    shades = {"first.png": 200, "second.png": 10, "human.png": 90}
    rows = [
        make_row("human.png", human=Grade.GOOD, probabilities=(0, 0, 0, 0.1, 0.9)),
        make_row("first.png", probabilities=(0, 0, 0, 0.9, 0.1)),
        make_row("second.png", probabilities=(0, 0, 0, 0.6, 0.4)),
    ]
    paths = run(
        wall_sheets(
            rows, tmp_path / "out", lambda row: picture(shades[row.path.name]), suffix=".png"
        )
    )
    with Image.open(paths[3]) as image:
        seen = [image.getpixel(centre(index, 5)) for index in range(3)]
    assert seen == [(200,) * 3, (10,) * 3, (90,) * 3]


def test_a_long_wall_takes_several_sheets(make_row: MakeRow, tmp_path: Path) -> None:
    rows = [make_row(f"{n}.png", human=Grade.POOR) for n in range(5)]
    paths = run(wall_sheets(rows, tmp_path / "out", lambda row: None, per_sheet=2))
    assert [path.name for path in paths if path.name.startswith("wall_2")] == [
        f"wall_2_{number}_of_3.jpg" for number in (1, 2, 3)
    ]


def test_sheets_of_an_earlier_larger_export_go(make_row: MakeRow, tmp_path: Path) -> None:
    out = tmp_path / "out"
    rows = [make_row(f"{n}.png", human=Grade.POOR) for n in range(5)]
    run(wall_sheets(rows, out, lambda row: None, per_sheet=2))
    mine = [out / name for name in ("wall_2_old.jpg", "wall_2_1_of_9.png", "wall_6.jpg", "a.txt")]
    for path in mine:
        path.write_text("mine")
    paths = run(wall_sheets(rows[:3], out, lambda row: None, per_sheet=2))
    assert sorted(out.iterdir()) == sorted([*paths, *mine])
    paths = run(wall_sheets(rows[:1], out, lambda row: None, per_sheet=2))
    assert sorted(out.iterdir()) == sorted([*paths, *mine])


@pytest.mark.parametrize("broken", [None, b"", b"no picture", HUGE])
def test_a_missing_photo_has_a_tile(make_row: MakeRow, broken: bytes | None) -> None:
    sheet = WallSheet(SheetTitle(Grade.GOOD, "Grade 4", ""), 1, DARK, 10)
    sheet.put(0, make_row("a.png", human=Grade.GOOD), broken)
    x, y = centre(0, 5)
    assert sheet.image.getpixel((x - 60, y)) == DARK.window


@pytest.mark.parametrize("look", [DARK, LIGHT])
def test_a_proposed_digit_can_be_read(look: WallLook) -> None:
    for own in GRADE_COLOURS:
        assert contrast(legible(own, look.panel, look.text), look.panel) >= LEGIBLE


def test_a_long_name_is_shortened_in_its_middle() -> None:
    assert elided("short.jpg", 150, 12) == "short.jpg"
    short = elided("stamp_" * 20 + "0042.jpg", 150, 12)
    assert short.startswith("stamp_")
    assert short.endswith("0042.jpg")
    assert "…" in short
    assert elided("x", 0, 12) == "…"


@pytest.mark.parametrize("words", [{"theme": "pink"}, {"suffix": ".gif"}])
def test_a_wall_has_a_known_look(tmp_path: Path, words: dict[str, str]) -> None:
    with pytest.raises(InputError, match="dark or light"):
        run(wall_sheets([], tmp_path, lambda row: None, **words))  # type: ignore[arg-type]


def test_no_wall_hangs_beside_the_photos(make_row: MakeRow) -> None:
    row = make_row("a.png", human=Grade.GOOD)
    with pytest.raises(InputError, match="would mix"):
        run(wall_sheets([row], row.path.parent, lambda row: None))
    assert [path.name for path in row.path.parent.iterdir()] == ["a.png"]
