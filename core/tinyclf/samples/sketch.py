"""Shapes with smooth edges, painted one over another into a field."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from tinyclf.samples.fields import Field

Points = Sequence[tuple[float, float]]

OVERSAMPLING = 2


def through(points: Points, closed: bool = True, steps: int = 6) -> list[tuple[float, float]]:
    """Return the smooth curve through the points (Catmull and Rom 1974)."""
    p = np.asarray(points, dtype=np.float64)
    if closed:
        p = np.concatenate([p[-1:], p, p[:2]])
    else:
        p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    a, b, c, d = (part[:, None] for part in (p[:-3], p[1:-2], p[2:-1], p[3:]))
    curve = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    flat = curve.reshape(-1, 2)
    if not closed:
        flat = np.concatenate([flat, p[-2:-1]])
    return [(float(x), float(y)) for x, y in flat]


class Sketch:
    """A sheet to paint tones 0 to 1 on; y runs down from 0 to 1, x from 0 to ``aspect``."""

    def __init__(self, height: int, width: int, ground: float = 0.0) -> None:
        self.height, self.width = height, width
        self.aspect = width / height
        self._scale = height * OVERSAMPLING
        size = (width * OVERSAMPLING, height * OVERSAMPLING)
        self._sheet = Image.new("L", size, _level(ground))
        self._pen = ImageDraw.Draw(self._sheet)

    def fill(self, points: Points, tone: float = 1.0) -> None:
        """Paint the polygon."""
        if len(points) > 1:
            self._pen.polygon(self._placed(points), fill=_level(tone))

    def curve(self, points: Points, tone: float = 1.0) -> None:
        """Paint the round shape whose outline goes through the points."""
        self.fill(through(points), tone)

    def line(self, points: Points, thickness: float, tone: float = 1.0) -> None:
        """Draw straight from point to point; ``thickness`` in heights of the sheet."""
        width = max(1, round(thickness * self._scale))
        self._pen.line(self._placed(points), fill=_level(tone), width=width, joint="curve")

    def stroke(self, points: Points, thickness: float, tone: float = 1.0) -> None:
        """Draw the smooth line through the points."""
        self.line(through(points, closed=False), thickness, tone)

    def disc(
        self, x: float, y: float, across: float, down: float | None = None, tone: float = 1.0
    ) -> None:
        """Paint the ellipse with these half axes around (x, y)."""
        s, ry = self._scale, across if down is None else down
        box = ((x - across) * s, (y - ry) * s, (x + across) * s, (y + ry) * s)
        self._pen.ellipse(box, fill=_level(tone))

    def box(self, left: float, top: float, right: float, bottom: float, tone: float = 1.0) -> None:
        """Paint the rectangle."""
        self.fill([(left, top), (right, top), (right, bottom), (left, bottom)], tone)

    def field(self) -> Field:
        """Return what is painted, 0 to 1."""
        small = self._sheet.reduce(OVERSAMPLING)
        return np.asarray(small, dtype=np.float32) * np.float32(1 / 255)

    def _placed(self, points: Points) -> list[tuple[float, float]]:
        return [(x * self._scale, y * self._scale) for x, y in points]


def _level(tone: float) -> int:
    return round(255 * min(1.0, max(0.0, tone)))
