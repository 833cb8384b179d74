"""The printing plates of one stamp, and the few strokes all layouts are built of."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from tinyclf.samples.engraving import engraved, stippled
from tinyclf.samples.fields import Field, Pixels, filtered, grid
from tinyclf.samples.painting import Painting

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""

Ink = tuple[float, float, float]
"""What the ink lets through of red, green and blue."""


class Press(StrEnum):
    """How tones become ink."""

    ENGRAVED = "engraved"
    GRAVURE = "gravure"


@dataclass
class Plates:
    """Ink coverage 0 to 1 of up to three plates, each (height, width).

    Attributes:
        height: Of the whole stamp, teeth included, pixels.
        width: Likewise.
        mm: Pixels to the millimetre.
        inks: Of key, tint and accent; one ink alone means all is said with the key.
        press: How tones become ink.
        period: From engraved line to line, pixels.
        angle: Of the engraver's first lines, radians.
    """

    height: int
    width: int
    mm: float
    inks: tuple[Ink, ...]
    press: Press = Press.ENGRAVED
    period: float = 4.6
    angle: float = 0.6
    key: Field = field(init=False)
    tint: Field = field(init=False)
    accent: Field = field(init=False)

    def __post_init__(self) -> None:
        shape = (self.height, self.width)
        self.key, self.tint, self.accent = (np.zeros(shape, np.float32) for _ in range(3))

    def bar(self, box: Box, ink: float = 1.0, plate: str = "key") -> None:
        """Fill a box with ink (or wipe it, with 0)."""
        left, top, right, bottom = box
        self.plate(plate)[max(0, top) : bottom, max(0, left) : right] = ink

    def rule(self, box: Box, thickness: int, ink: float = 1.0, plate: str = "key") -> None:
        """Draw a rectangle's outline, inside the box."""
        left, top, right, bottom = box
        for part in (
            (left, top, right, top + thickness),
            (left, bottom - thickness, right, bottom),
            (left, top, left + thickness, bottom),
            (right - thickness, top, right, bottom),
        ):
            self.bar(part, ink, plate)

    def plate(self, name: str) -> Field:
        """Return the plate to print on; with one ink, all is the key's."""
        plate: Field = getattr(self, name) if len(self.inks) > 1 else self.key
        return plate

    def hang(self, painting: Painting, box: Box, window: Field | None = None) -> None:
        """Print a painting into a box, within a window (of the box's shape) if one is given."""
        left, top, right, bottom = box
        for plate, ink in self._printed(painting):
            part = plate[top:bottom, left:right]
            if window is None:
                part[...] = ink
            else:
                part += (ink - part) * window

    def _printed(self, painting: Painting) -> list[tuple[Field, Field]]:
        if len(self.inks) == 1:
            return [(self.key, self._screened(painting.in_one_ink(), painting.form))]
        printed = [(self.key, self._screened(painting.key, painting.form))]
        if len(self.inks) > 2:
            printed += [(self.tint, painting.tint), (self.accent, painting.accent)]
        else:
            printed += [(self.tint, np.maximum(painting.tint, 0.6 * painting.accent))]
        return printed

    def _screened(self, tone: Field, form: Field) -> Field:
        if self.press is Press.GRAVURE:
            return stippled(tone, self.period * 0.8)
        return engraved(tone, form, self.period, self.angle)

    def on(self, paper: Pixels) -> Pixels:
        """Return the paper after printing: each ink swallows its share of the light."""
        printed = paper
        for coverage, ink in zip((self.tint, self.accent, self.key), self._order(), strict=False):
            if ink is not None:
                printed = printed * filtered(coverage, ink)
        return printed

    def _order(self) -> tuple[Ink | None, Ink | None, Ink]:
        tint = self.inks[1] if len(self.inks) > 1 else None
        accent = self.inks[2] if len(self.inks) > 2 else None
        return tint, accent, self.inks[0]


def oval(height: int, width: int, shrink: float = 0.0, squareness: float = 2.0) -> Field:
    """Return the oval that fills a box, ``shrink`` pixels smaller all round, with soft edges.

    Args:
        height: Of the box.
        width: Of the box.
        shrink: Pixels.
        squareness: 2 is an ellipse, more is closer to the rectangle (Lamé's curve).
    """
    y, x = grid(height, width)
    ry, rx = height / 2 - shrink, width / 2 - shrink
    down = np.abs((y - (height - 1) / 2) / ry) ** squareness
    across = np.abs((x - (width - 1) / 2) / rx) ** squareness
    radius = (down + across) ** (1 / squareness)
    inside: Field = np.clip((1 - radius) * min(ry, rx) + 0.5, 0, 1)
    return inside


def arch(height: int, width: int, shrink: float = 0.0) -> Field:
    """Return a window with a round top that fills a box, ``shrink`` pixels smaller all round."""
    y, x = grid(height, width)
    radius = width / 2
    dx = np.abs(x - (width - 1) / 2)
    outside = np.where(y < radius, np.hypot(dx, y - radius), dx) - (radius - shrink)
    inside: Field = np.clip(0.5 - np.maximum(outside, y - (height - 1 - shrink)), 0, 1)
    return inside


def shrunk(box: Box, by: float) -> Box:
    """Return the box ``by`` pixels smaller on every side."""
    d = round(by)
    return box[0] + d, box[1] + d, box[2] - d, box[3] - d


def size(box: Box) -> tuple[int, int]:
    """Return a box's height and width."""
    return box[3] - box[1], box[2] - box[0]
