"""Lettering from the one font that Pillow carries, cut wider, bolder, slanted or with serifs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import atan2, cos, pi, sin

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from tinyclf.samples.fields import Field

SIZE = 64
"""The size letters are cut in before they are brought to the size wanted, pixels."""

ROOM = 14
"""Pixels left free on each side of a line of letters, for strokes and serifs."""


@dataclass(frozen=True)
class Lettering:
    """How letters are cut.

    Attributes:
        weight: Extra thickness of the stems, pixels at SIZE.
        breadth: How wide, 1 as the font has it.
        spacing: Between letters, in ems.
        serifs: Feet on the stems.
        slant: Pixels to the right for each pixel up.
    """

    weight: float = 0.0
    breadth: float = 1.0
    spacing: float = 0.04
    serifs: bool = False
    slant: float = 0.0


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(SIZE)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - what a size always gives
    return font


@lru_cache(maxsize=1)
def _cap_rows() -> tuple[int, int]:
    """Return the rows between which a capital stands."""
    _, top, _, bottom = _font().getbbox("H")
    return int(top), int(bottom)


STEMMED = frozenset("AFHIKMNPRTVXYhilmnr")
"""Letters whose stems can carry a foot without closing the letter."""


def _cut(text: str, style: Lettering) -> Image.Image:
    """Return the line of letters, white on black, at SIZE, from cap height to a little below."""
    font, (top, bottom) = _font(), _cap_rows()
    gap = style.spacing * SIZE + 1.7 * style.weight
    places, x = [], float(ROOM)
    for letter in text:
        places.append(x)
        x += font.getlength(letter) + gap
    picture = Image.new("L", (int(x - gap) + ROOM + 1, bottom - top + 2 * ROOM), 0)
    pen = ImageDraw.Draw(picture)
    for letter, place in zip(text, places, strict=True):
        at = (place, ROOM - top)
        pen.text(at, letter, font=font, fill=255, stroke_width=style.weight)
        if style.serifs and letter in STEMMED:
            _add_serifs(picture, letter, at, style.weight)
    return _slanted(picture, style.slant) if style.slant else picture


def _slanted(picture: Image.Image, slant: float) -> Image.Image:
    shift = slant * picture.height / 2
    lean = (1, slant, -shift, 0, 1, 0)
    affine, smooth = Image.Transform.AFFINE, Image.Resampling.BILINEAR
    return picture.transform(picture.size, affine, lean, smooth)


def _add_serifs(picture: Image.Image, letter: str, at: tuple[float, float], weight: float) -> None:
    """Broaden what of the letter touches the cap line or the baseline."""
    alone = Image.new("L", picture.size, 0)
    ImageDraw.Draw(alone).text(at, letter, font=_font(), fill=255, stroke_width=weight)
    left, right = int(at[0]) - 10, int(at[0] + _font().getlength(letter)) + 10
    low = picture.height - ROOM + int(weight)
    high = ROOM - int(weight)
    rows = [(low - 5, low)] if letter.islower() else [(high, high + 5), (low - 5, low)]
    for top, bottom in rows:
        strip = (max(0, left), top, min(picture.width, right), bottom)
        broad = alone.crop(strip).filter(ImageFilter.MaxFilter(9))
        picture.paste(ImageChops.lighter(picture.crop(strip), broad), strip)


def word(text: str, cap_height: float, style: Lettering, longest: float | None = None) -> Field:
    """Return a line of text as a field of ink, trimmed; narrower where it would not fit.

    Args:
        text: ASCII letters; the font carries no others.
        cap_height: Of the capitals, pixels.
        style: How the letters are cut.
        longest: The width it must fit, pixels.
    """
    picture = _cut(text, style)
    top, bottom = _cap_rows()
    scale = cap_height / (bottom - top)
    width = picture.width * scale * style.breadth
    if longest is not None and width > longest:
        width = longest
    size = (max(1, round(width)), max(1, round(picture.height * scale)))
    return _as_field(picture.resize(size, Image.Resampling.BOX))


def arc(
    size: tuple[int, int],
    text: str,
    centre: tuple[float, float],
    radii: tuple[float, float],
    cap_height: float,
    style: Lettering,
    below: bool = False,
    widest: float = 1.9,
) -> Field:
    """Return a field of ``size`` (height, width) with the text bent round an ellipse.

    Args:
        size: Height and width of the field.
        text: ASCII letters.
        centre: The ellipse's middle (x, y).
        radii: Its half axes across and down, to the middle of the letters, pixels.
        cap_height: Of the capitals, pixels.
        style: How the letters are cut.
        below: Along the lower half, read from the left.
        widest: How long the text may be, in half axes across; longer ones are set closer.
    """
    top, bottom = _cap_rows()
    scale = cap_height / (bottom - top) * style.breadth
    font, gap = _font(), style.spacing * SIZE + 1.7 * style.weight
    steps = np.array([(font.getlength(c) + gap) * scale for c in text])
    tight = min(1.0, widest * radii[0] / steps.sum())
    narrow = replace(style, breadth=style.breadth * tight)
    turns = _turns((np.cumsum(steps) - steps / 2 - steps.sum() / 2) * tight, radii)
    sheet = Image.new("L", (size[1], size[0]), 0)
    for letter, turn in zip(text, turns, strict=True):
        if letter != " ":
            _stand(sheet, _letter(letter, cap_height, narrow), centre, radii, float(turn), below)
    return _as_field(sheet)


def _turns(ways: NDArray[np.float64], radii: tuple[float, float]) -> NDArray[np.float64]:
    """Return the ellipse's parameter, from its top, after these ways along it."""
    t = np.linspace(-np.pi, np.pi, 241)
    speed = np.hypot(radii[0] * np.cos(t), radii[1] * np.sin(t))
    travelled = np.concatenate([[0.0], np.cumsum((speed[1:] + speed[:-1]) / 2 * (t[1] - t[0]))])
    return np.interp(ways, travelled - travelled[120], t)


def _letter(letter: str, cap_height: float, style: Lettering) -> Image.Image:
    ink = word(letter, cap_height, style)
    return Image.fromarray((ink * 255).astype(np.uint8))


def _stand(
    sheet: Image.Image,
    letter: Image.Image,
    centre: tuple[float, float],
    radii: tuple[float, float],
    turn: float,
    below: bool,
) -> None:
    """Set one letter on the ellipse, at parameter ``turn`` to the right of its top (or bottom)."""
    side = -1 if below else 1
    x = centre[0] + radii[0] * sin(turn)
    y = centre[1] - side * radii[1] * cos(turn)
    lean = atan2(radii[1] * sin(turn), radii[0] * cos(turn))
    turned = letter.rotate(-side * lean * 180 / pi, Image.Resampling.BICUBIC, expand=True)
    place = (round(x - turned.width / 2), round(y - turned.height / 2))
    box = (*place, place[0] + turned.width, place[1] + turned.height)
    sheet.paste(ImageChops.lighter(sheet.crop(box), turned), box)


def write(
    field: Field,
    text: str,
    place: tuple[float, float],
    cap_height: float,
    style: Lettering,
    align: float = 0.5,
    longest: float | None = None,
) -> None:
    """Write onto a field of ink.

    Args:
        field: What is written on.
        text: ASCII letters.
        place: (x, y) of the capitals' middle line.
        cap_height: Of the capitals, pixels.
        style: How the letters are cut.
        align: What of the line stands at x: 0 its left end, 0.5 its middle, 1 its right end.
        longest: The width it must fit, pixels.
    """
    ink = word(text, cap_height, style, longest)
    margin = ROOM * cap_height / 47 * style.breadth
    left = place[0] - margin - align * (ink.shape[1] - 2 * margin)
    stamp_in(field, ink, left, place[1] - ink.shape[0] / 2)


def stamp_in(field: Field, ink: Field, left: float, top: float) -> None:
    """Lay ``ink`` onto ``field`` at this corner, cut off at the borders, the darker winning."""
    y, x = round(top), round(left)
    y0, x0 = max(0, y), max(0, x)
    y1, x1 = min(field.shape[0], y + ink.shape[0]), min(field.shape[1], x + ink.shape[1])
    if y1 > y0 and x1 > x0:
        part = field[y0:y1, x0:x1]
        np.maximum(part, ink[y0 - y : y1 - y, x0 - x : x1 - x], out=part)


def _as_field(picture: Image.Image) -> Field:
    return np.asarray(picture, dtype=np.float32) * np.float32(1 / 255)
