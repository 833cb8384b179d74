"""A sheet of examples: pictures in a grid, enlarged crisply, with what they are below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tinyclf.data.datasets.dataset import Dataset
from tinyclf.errors import InputError
from tinyclf.export.shapes import font, tick
from tinyclf.export.wall_look import LIGHT, Colour
from tinyclf.export.wall_sheet import elided
from tinyclf.whole_file import whole_file

PICTURE = 112
"""Pixels that a picture is brought near to: small ones by a whole factor, crisply."""

MARGIN, GAP, HEADER = 24, 10, 64
LINE = 18
FRAME = 4
MOST_COLUMNS = 10
FEWEST_COLUMNS = 4
"""A sheet of one picture still has room for its title."""

WRONG: Colour = (0xD5, 0x5E, 0x00)
"""Of the frame around what is told wrong; a cross stands there as well, for the colour-blind."""

_LARGEST_BYTE = 255


@dataclass(frozen=True)
class Answer:
    """What a model says of an example.

    Attributes:
        told: The name of the class.
        confidence: Its probability, 0 to 1.
        is_right: Whether it is the example's own.
    """

    told: str
    confidence: float
    is_right: bool

    @property
    def in_words(self) -> str:
        """What stands below a picture."""
        return f"{self.told}, {100 * self.confidence:.0f} %"


def draw_sheet(
    dataset: Dataset,
    title: str,
    note: str,
    out: Path,
    answers: Sequence[Answer] | None = None,
) -> None:
    """Draw all pictures of a dataset into a PNG, which appears whole or not at all.

    Args:
        dataset: Pictures (n, channels, h, w), few enough to be looked at.
        title: Above them.
        note: Below the title.
        out: The file.
        answers: What a model says of each.

    Raises:
        InputError: the examples are no pictures.
        StorageError: the file cannot be written.
    """
    sheet = sheet_of(dataset, title, note, answers)
    with whole_file(out) as part:
        sheet.save(part, format="PNG", optimize=True)


def sheet_of(
    dataset: Dataset, title: str, note: str, answers: Sequence[Answer] | None = None
) -> Image.Image:
    """Return the sheet that :func:`draw_sheet` writes."""
    if not dataset.is_pictures:
        raise InputError(
            f"{dataset.source} has rows of numbers, which cannot be drawn as pictures."
        )
    pictures = [_sized(Image.fromarray(pixels)) for pixels in as_pixels(dataset.x)]
    wide, high = pictures[0].size
    cell = max(wide, PICTURE // 2) + 2 * FRAME
    down = high + 2 * FRAME + LINE * (2 if answers else 1) + 4
    columns = min(max(len(pictures), FEWEST_COLUMNS), MOST_COLUMNS)
    rows = -(-len(pictures) // columns)
    size = (
        2 * MARGIN + columns * (cell + GAP) - GAP,
        2 * MARGIN + HEADER + rows * (down + GAP) - GAP,
    )
    sheet = Image.new("RGB", size, LIGHT.panel)
    drawing = ImageDraw.Draw(sheet)
    _write_title(drawing, title, note, size[0] - 2 * MARGIN)
    for number, picture in enumerate(pictures):
        left = MARGIN + number % columns * (cell + GAP)
        top = MARGIN + HEADER + number // columns * (down + GAP)
        answer = answers[number] if answers else None
        name = dataset.classes[dataset.y[number]]
        _put(sheet, drawing, picture, (left, top, cell), name, answer)
    return sheet


def as_pixels(x: NDArray[Any]) -> NDArray[np.uint8]:
    """Return pictures (n, channels, h, w) as bytes (n, h, w, 3), grey ones with three equal.

    Floats go from black, the least of all, to white. Of two channels, or more than three, the first
    is shown, as grey.
    """
    shown = x if x.shape[1] == 3 else x[:, :1]
    if x.dtype != np.uint8:
        low, high = float(shown.min()), float(shown.max())
        shown = (shown - low) * (_LARGEST_BYTE / (high - low or 1))
        shown = np.rint(shown)
    bytes_ = np.ascontiguousarray(shown.astype(np.uint8).transpose(0, 2, 3, 1))
    return np.repeat(bytes_, 3, axis=3) if bytes_.shape[3] == 1 else bytes_


def _sized(picture: Image.Image) -> Image.Image:
    """Return a picture enlarged by a whole factor, each pixel a square; large ones made smaller."""
    side = max(picture.size)
    if side > PICTURE:
        scale = PICTURE / side
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        return picture.resize(size, Image.Resampling.LANCZOS)
    factor = PICTURE // side
    size = (picture.width * factor, picture.height * factor)
    return picture.resize(size, Image.Resampling.NEAREST)


def _write_title(drawing: ImageDraw.ImageDraw, title: str, note: str, width: int) -> None:
    for text, size, ink, top in ((title, 20, LIGHT.text, 10), (note, 13, LIGHT.muted, 36)):
        place = (MARGIN, MARGIN + top)
        drawing.text(place, elided(text, width, size), ink, font(size), anchor="lm")


def _put(
    sheet: Image.Image,
    drawing: ImageDraw.ImageDraw,
    picture: Image.Image,
    place: tuple[int, int, int],
    name: str,
    answer: Answer | None,
) -> None:
    left, top, cell = place
    x = left + (cell - picture.width) // 2
    y = top + FRAME
    if answer is not None and not answer.is_right:
        box = (x - FRAME, y - FRAME, x + picture.width + FRAME - 1, y + picture.height + FRAME - 1)
        drawing.rectangle(box, fill=WRONG)
    sheet.paste(picture, (x, y))
    below = y + picture.height + FRAME + LINE // 2
    drawing.text(
        (left + FRAME, below),
        elided(name, cell - FRAME, 14),
        LIGHT.text,
        font(14),
        anchor="lm",
        stroke_width=0.3,
    )
    if answer is not None:
        _write_answer(sheet, drawing, (left + FRAME, below + LINE, cell - FRAME), answer)


def _write_answer(
    sheet: Image.Image, drawing: ImageDraw.ImageDraw, place: tuple[int, int, int], answer: Answer
) -> None:
    left, middle, cell = place
    ink = LIGHT.muted if answer.is_right else LIGHT.text
    if answer.is_right:
        mark = tick(12, ink)
        sheet.paste(mark, (left, middle - 6), mark)
    else:
        for ends in ((0, -4, 8, 4), (0, 4, 8, -4)):
            line = [(left + ends[0], middle + ends[1]), (left + ends[2], middle + ends[3])]
            drawing.line(line, fill=WRONG, width=2)
    words = elided(answer.in_words, cell - 16, 12)
    drawing.text((left + 16, middle), words, ink, font(12), anchor="lm")
