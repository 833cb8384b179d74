"""One picture of a wall: a title, and a tile for each photo."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from tinyclf.domain import Grade
from tinyclf.export.rows import ExportRow
from tinyclf.export.shapes import font, grade_mark, rounded, tick
from tinyclf.export.wall_look import GRADE_COLOURS, Colour, WallLook, ink_on, legible

MARGIN = 32
HEADER = 72
GAP = 8
TILE_WIDTH = 176
PICTURE = 152
MISSING_HEIGHT = 112
FOOTER = 56
PADDING = 12
TILE_HEIGHT = PADDING + PICTURE + FOOTER
"""Pixels, as drawn."""

FEWEST_COLUMNS = 5
"""A wall of two photos still has room for its title."""


@dataclass(frozen=True)
class SheetTitle:
    """What stands above the photos: the grade, the headline, and what else there is to know."""

    grade: Grade
    headline: str
    note: str


class WallSheet:
    """A sheet of paper on which tiles are put one by one."""

    def __init__(self, title: SheetTitle, photos: int, look: WallLook, columns: int) -> None:
        self._look = look
        self._columns = max(FEWEST_COLUMNS, min(columns, photos))
        rows = max(1, -(-photos // self._columns))
        width = 2 * MARGIN + self._columns * (TILE_WIDTH + GAP) - GAP
        height = MARGIN + HEADER + rows * (TILE_HEIGHT + GAP) - GAP + MARGIN
        self.image = Image.new("RGB", (width, height), look.window)
        self._drawing = ImageDraw.Draw(self.image)
        self._write_title(title)
        if not photos:
            self._text(MARGIN, MARGIN + HEADER + 12, "No photo hangs here yet.", 15, look.muted)

    def put(self, index: int, row: ExportRow, picture: bytes | None) -> None:
        """Draw a photo's tile in its place.

        Args:
            index: Its place on this sheet, from 0.
            row: The photo, which has a grade.
            picture: Its thumbnail, an encoded image; ``None``, or none that can be read, where the
                photo is missing.
        """
        x = MARGIN + index % self._columns * (TILE_WIDTH + GAP)
        y = MARGIN + HEADER + index // self._columns * (TILE_HEIGHT + GAP)
        tile = rounded(TILE_WIDTH, TILE_HEIGHT, 6, self._look.panel)
        self.image.paste(tile, (x, y), tile)
        self._put_picture(x, y + PADDING, picture)
        self._put_footer(x + PADDING, y + PADDING + PICTURE + 8, row)

    def _write_title(self, title: SheetTitle) -> None:
        look = self._look
        side = 40
        self.image.paste(_mark(title.grade, side, look.window, look, solid=True), (MARGIN, MARGIN))
        x = MARGIN + side + 16
        self._text(x, MARGIN + 8, title.headline, 24, look.text)
        self._text(x, MARGIN + 35, title.note, 14, look.muted)

    def _put_picture(self, x: int, y: int, picture: bytes | None) -> None:
        photo = None if picture is None else _opened(picture)
        if photo is None:
            ground = rounded(PICTURE, MISSING_HEIGHT, 4, self._look.window)
            self.image.paste(ground, (x + PADDING, y + (PICTURE - MISSING_HEIGHT) // 2), ground)
            centre = (x + TILE_WIDTH / 2, y + PICTURE / 2)
            self._drawing.text(centre, "missing", self._look.muted, font(13), anchor="mm")
            return
        scale = min(PICTURE / photo.width, PICTURE / photo.height)
        size = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
        photo = photo.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
        self.image.paste(photo, (x + (TILE_WIDTH - size[0]) // 2, y + (PICTURE - size[1]) // 2))

    def _put_footer(self, x: int, y: int, row: ExportRow) -> None:
        look, right = self._look, x + TILE_WIDTH - 2 * PADDING
        grade = row.grade
        if grade is None:
            return
        is_human = row.human is not None
        self.image.paste(_mark(grade, 20, look.panel, look, solid=is_human), (x, y))
        if row.verified:
            ticked = tick(14, look.text)
            self.image.paste(ticked, (right - 14, y + 3), ticked)
        if is_human or row.proposal is None:
            accepted = "accepted unseen" if row.in_bulk else "accepted"
            words = accepted if row.verified else "by hand"
            self._text(x + 28, y + 10, words, 13, look.muted)
        else:
            self._text(x + 28, y + 10, f"{row.proposal.confidence:.0%}".replace("%", " %"), 13)
            runner_up = f"or {row.proposal.runner_up:d}"
            self._text(right, y + 10, runner_up, 13, look.muted, anchor="rm")
        self._text(x, y + 34, elided(row.path.name, right - x, 12), 12, look.muted)

    def _text(
        self, x: int, y: int, text: str, size: int, ink: Colour | None = None, anchor: str = "lm"
    ) -> None:
        self._drawing.text((x, y), text, ink or self._look.text, font(size), anchor=anchor)


def _opened(picture: bytes) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG")) as image:
            image.draft("RGB", (PICTURE, PICTURE))
            return image.convert("RGB")
    except Exception:  # on damaged bytes Pillow's readers raise nearly anything
        return None


def elided(name: str, width: int, size: int) -> str:
    """Return a name, shortened in its middle to a width in pixels; its suffix stays."""
    name = name.encode("utf-8", "replace").decode().replace("\n", " ")
    if font(size).getlength(name) <= width:
        return name
    for kept in range(len(name) - 1, 0, -1):
        head = (kept + 1) // 2
        short = f"{name[:head]}…{name[len(name) - (kept - head) :]}"
        if font(size).getlength(short) <= width:
            return short
    return "…"


def _mark(grade: Grade, side: int, ground: Colour, look: WallLook, *, solid: bool) -> Image.Image:
    own = GRADE_COLOURS[grade - 1]
    if solid:
        return grade_mark(side, int(grade), own, ink_on(own), ground)
    return grade_mark(side, int(grade), None, legible(own, ground, look.text), ground)
