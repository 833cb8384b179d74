"""Postmarks: what the post did to a stamp is history, not damage, and independent of the grade."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, Pixels, filtered, grid, noise, smoothstep
from tinyclf.samples.lettering import Lettering, arc, write
from tinyclf.samples.words import PLACES

INKS = ((0.10, 0.10, 0.12), (0.12, 0.12, 0.14), (0.14, 0.13, 0.22), (0.42, 0.12, 0.16),
        (0.28, 0.16, 0.36))  # fmt: skip
"""Mostly black; sometimes violet or red."""

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def cancelled(pixels: Pixels, rng: np.random.Generator, mm: float, share: float = 0.55) -> Pixels:
    """Return the stamp as the post left it: mint, or with a postmark.

    Args:
        pixels: The printed stamp.
        rng: Where the randomness comes from.
        mm: Pixels to the millimetre.
        share: How many of all stamps are cancelled, 0 to 1.
    """
    if rng.random() >= share:
        return pixels
    height, width = pixels.shape[:2]
    mark = _struck(rng, height, width, mm)
    pressure = 0.78 + 0.30 * noise(rng, height, width, 40, 3)
    grain = noise(rng, height, width, 2.2, 1)
    ink = mark * np.clip(pressure - 0.22 * np.maximum(grain, 0), 0.0, 0.95)
    colour = INKS[rng.integers(len(INKS))]
    return pixels * filtered(ink * np.float32(rng.uniform(0.75, 0.98)), colour)


def _struck(rng: np.random.Generator, height: int, width: int, mm: float) -> Field:
    radius = rng.uniform(9.5, 13) * mm
    place = _corner(rng, height, width)
    kind = rng.choice(["round", "waves", "bars", "target"], p=[0.5, 0.24, 0.16, 0.1])
    if kind == "target":
        return _target(height, width, place, radius * 0.72)
    mark = _round(rng, height, width, place, radius)
    if kind == "waves":
        lines = _waves(rng, height, width, place, radius, mm)
        mark = np.maximum(mark, lines * _outside(height, width, place, radius))
    if kind == "bars":
        lines = _bars(rng, height, width, place, mm)
        mark = np.maximum(mark, lines * _outside(height, width, place, radius))
    return mark


def _corner(rng: np.random.Generator, height: int, width: int) -> tuple[float, float]:
    """Return where the mark's middle falls: mostly near a corner, as on a cover."""
    if rng.random() < 0.25:
        return width * rng.uniform(0.35, 0.65), height * rng.uniform(0.35, 0.65)
    right, low = rng.random() < 0.5, rng.random() < 0.6
    x = rng.uniform(-0.02, 0.22)
    y = rng.uniform(-0.02, 0.22)
    return width * (1 - x if right else x), height * (1 - y if low else y)


def _away(height: int, width: int, place: tuple[float, float]) -> Field:
    y, x = grid(height, width)
    away: Field = np.hypot(y - place[1], x - place[0])
    return away


def _outside(height: int, width: int, place: tuple[float, float], radius: float) -> Field:
    return smoothstep(radius * 1.04, radius * 1.07, _away(height, width, place))


def _ring(away: Field, radius: float, thickness: float) -> Field:
    ring: Field = np.clip(thickness / 2 + 0.5 - np.abs(away - radius), 0, 1)
    return ring


def _round(
    rng: np.random.Generator, height: int, width: int, place: tuple[float, float], radius: float
) -> Field:
    """A dated circle: town above, a second word below, the date across."""
    away = _away(height, width, place)
    mark = _ring(away, radius, radius * 0.04)
    inner = radius * 0.60
    if rng.random() < 0.6:
        np.maximum(mark, _ring(away, inner, radius * 0.03), out=mark)
    style = Lettering(1.5, 0.95, 0.12)
    town, region = rng.choice(PLACES), rng.choice(PLACES)
    cap, middle = radius * 0.20, (radius + inner) / 2
    shape = (height, width)
    np.maximum(mark, arc(shape, town, place, (middle, middle), cap, style, widest=2.6), out=mark)
    np.maximum(
        mark,
        arc(shape, region[:7], place, (middle, middle), cap * 0.8, style, below=True),
        out=mark,
    )
    date = np.zeros(shape, np.float32)
    x, y = place
    day = f"{rng.integers(1, 29)} {MONTHS[rng.integers(12)]}"
    write(date, day, (x, y - radius * 0.16), radius * 0.19, style, longest=inner * 1.7)
    write(date, str(rng.integers(1890, 1990)), (x, y + radius * 0.16), radius * 0.19, style)
    return np.maximum(mark, date)


def _waves(
    rng: np.random.Generator,
    height: int,
    width: int,
    place: tuple[float, float],
    radius: float,
    mm: float,
) -> Field:
    """The wavy killer of a cancelling machine."""
    y, x = grid(height, width)
    tilt = rng.uniform(-0.12, 0.12)
    down = y - place[1] + tilt * x
    swing = 0.9 * mm * np.sin(x * np.float32(2 * np.pi / (rng.uniform(8, 11) * mm)))
    gap = rng.uniform(2.4, 3.0) * mm
    row = (down + swing) / gap
    line = np.abs(row - np.round(row)) * gap
    within = smoothstep(radius * 0.95, radius * 0.9, np.abs(down))
    wavy: Field = np.clip(0.26 * mm + 0.5 - line, 0, 1) * within
    return wavy


def _bars(
    rng: np.random.Generator, height: int, width: int, place: tuple[float, float], mm: float
) -> Field:
    """Thick straight bars in an oval."""
    y, x = grid(height, width)
    side = 1 if place[0] < width / 2 else -1
    cx, cy = place[0] + side * 19 * mm, place[1]
    tilt = rng.uniform(-0.2, 0.2)
    down, across = y - cy + tilt * (x - cx), x - cx - tilt * (y - cy)
    gap = rng.uniform(1.9, 2.3) * mm
    line = np.abs(down / gap - np.round(down / gap)) * gap
    inside = np.clip((1 - np.hypot(down / 10, across / 8.5) / mm) * 20, 0, 1)
    bars: Field = np.clip(gap * 0.24 + 0.5 - line, 0, 1) * inside
    return bars


def _target(height: int, width: int, place: tuple[float, float], radius: float) -> Field:
    """Rings within rings."""
    away = _away(height, width, place)
    gap = radius / 4.5
    line = np.abs(away / gap - np.round(away / gap)) * gap
    rings: Field = np.clip(gap * 0.2 + 0.5 - line, 0, 1) * smoothstep(radius, radius - 2, away)
    return rings
