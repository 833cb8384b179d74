"""Small shapes with smooth edges, drawn large once and scaled down."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from tinyclf.export.wall_look import Colour

_FINE = 8


@lru_cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the one typeface that is always there, in pixels."""
    return ImageFont.load_default(size)


@lru_cache
def rounded(
    width: int, height: int, radius: int, fill: Colour | None, outline: Colour | None = None
) -> Image.Image:
    """Return a rounded rectangle, RGBA, filled or two pixels of outline."""
    size = (width * _FINE, height * _FINE)
    mask = Image.new("L", size)
    drawing = ImageDraw.Draw(mask)
    box = (0, 0, size[0] - 1, size[1] - 1)
    if fill is not None:
        drawing.rounded_rectangle(box, radius * _FINE, fill=255)
    else:
        drawing.rounded_rectangle(box, radius * _FINE, outline=255, width=3 * _FINE // 2)
    return _coloured(mask, (width, height), fill or outline or (0, 0, 0))


@lru_cache
def tick(side: int, ink: Colour) -> Image.Image:
    """Return the tick of an accepted proposal, RGBA."""
    size = side * _FINE
    mask = Image.new("L", (size, size))
    points = [(0.16 * size, 0.54 * size), (0.40 * size, 0.76 * size), (0.84 * size, 0.26 * size)]
    ImageDraw.Draw(mask).line(points, fill=255, width=round(0.12 * size), joint="curve")
    return _coloured(mask, (side, side), ink)


@lru_cache
def grade_mark(
    side: int, grade: int, fill: Colour | None, ink: Colour, ground: Colour
) -> Image.Image:
    """Return a digit in a square: solid where it has a fill, else outlined in the ink; RGB."""
    mark = Image.new("RGB", (side, side), ground)
    square = rounded(side, side, round(side * 0.2), fill, ink)
    mark.paste(square, (0, 0), square)
    ImageDraw.Draw(mark).text(
        (side / 2, side / 2),
        str(grade),
        fill=ink,
        font=font(round(side * 0.62)),
        anchor="mm",
        stroke_width=0.4,
        stroke_fill=ink,
    )
    return mark


def _coloured(mask: Image.Image, size: tuple[int, int], ink: Colour) -> Image.Image:
    shape = Image.new("RGBA", size, (*ink, 0))
    shape.putalpha(mask.resize(size, Image.Resampling.BOX))
    return shape
