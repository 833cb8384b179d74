"""A bird on a twig, or gulls over the sea."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tinyclf.samples.fields import Field, blurred, grid, mix, noise, smoothstep, triangle
from tinyclf.samples.motifs.relief import lit, raised
from tinyclf.samples.painting import Painting
from tinyclf.samples.sketch import Points, Sketch

BODY: Points = (
    (-0.30, -0.20), (-0.25, -0.275), (-0.16, -0.295), (-0.08, -0.25), (-0.03, -0.17),
    (0.08, -0.10), (0.20, 0.02), (0.27, 0.15), (0.20, 0.20), (0.06, 0.22), (-0.09, 0.19),
    (-0.20, 0.09), (-0.25, -0.04), (-0.26, -0.12),
)  # fmt: skip
WING: Points = (
    (-0.10, -0.10), (0.0, -0.11), (0.12, -0.03), (0.25, 0.12), (0.37, 0.27), (0.22, 0.20),
    (0.06, 0.14), (-0.06, 0.06),
)  # fmt: skip
TAIL: Points = ((0.20, 0.10), (0.46, 0.37), (0.49, 0.42), (0.43, 0.44), (0.16, 0.20))
BEAK: Points = ((-0.285, -0.235), (-0.38, -0.195), (-0.275, -0.185))


Placing = Callable[[Points], list[tuple[float, float]]]
"""From the bird's own coordinates to the sketch's."""


def paint(rng: np.random.Generator, height: int, width: int) -> Painting:
    """Paint a songbird on its twig, looking left or right."""
    aspect = width / height
    zoom = min(1.05, aspect * 0.95) * rng.uniform(0.92, 1.0)
    change = 1 + rng.normal(0, 0.05, 2)

    def at(points: Points) -> list[tuple[float, float]]:
        return [
            (aspect / 2 - 0.03 + zoom * x * change[0], 0.46 + zoom * y * change[1])
            for x, y in points
        ]

    ground = np.clip(0.10 + 0.06 * noise(rng, height, width, height * 0.4, 2), 0, 0.3)
    if rng.random() < 0.4:
        ground = np.zeros_like(ground)
    key, tint, accent = ground, np.full_like(ground, rng.choice([0.0, 0.6])), np.zeros_like(ground)
    key, tint = _twig(rng, key, tint, at)
    plumage, cap = _mask(at, height, width, BODY), _cap(rng, at, height, width)
    wing = _mask(at, height, width, WING)
    tail = _mask(at, height, width, TAIL, smooth=False)
    there = np.maximum(np.maximum(plumage, wing), tail)
    surface = raised(plumage, height * 0.15) + raised(wing, height * 0.05)
    bright = lit(surface, 0.8, 0.9)
    down = noise(rng, height, width, (height * 0.022, height * 0.012), 2)
    tone = np.clip(0.12 + 1.15 * (0.93 - bright) + 0.12 * down, 0.03, 0.9)
    tone = mix(tone, _feathers(at, bright, zoom), np.maximum(wing, tail))
    tone = mix(tone, np.clip(0.72 + 0.4 * (0.8 - bright), 0, 1), cap)
    tone = np.maximum(tone, _lines(at, height, width, zoom))
    key = mix(key, tone, there)
    key = _eye_and_beak(at, key, height, width, zoom)
    breast = plumage * (1 - wing) * (1 - cap) * (1 - tail)
    accent = breast * smoothstep(0.2, 0.9, blurred(breast, height * 0.02))
    tint = mix(tint, 0.35, there) * (1 - 0.8 * breast)
    painting = Painting(key, tint, accent, bright * 12 * there)
    return painting if rng.random() < 0.5 else painting.mirrored()


def _mask(at: Placing, height: int, width: int, points: Points, smooth: bool = True) -> Field:
    sheet = Sketch(height, width)
    (sheet.curve if smooth else sheet.fill)(at(points))
    return sheet.field()


def _cap(rng: np.random.Generator, at: Placing, height: int, width: int) -> Field:
    """Return the dark cap or mask that many birds wear."""
    kind = rng.integers(3)
    if kind == 0:
        return np.zeros((height, width), np.float32)
    cap: Points = (
        (-0.31, -0.21),
        (-0.25, -0.29),
        (-0.15, -0.31),
        (-0.06, -0.25),
        (-0.12, -0.215),
        (-0.22, -0.215),
    )
    if kind == 2:
        cap = (
            (-0.31, -0.20),
            (-0.24, -0.26),
            (-0.12, -0.25),
            (-0.07, -0.17),
            (-0.15, -0.10),
            (-0.25, -0.12),
        )
    return _mask(at, height, width, cap) * _mask(at, height, width, BODY)


def _feathers(at: Placing, bright: Field, zoom: float) -> Field:
    """Return the tone of wing and tail: long feathers that fan from the shoulder."""
    height, width = bright.shape
    y, x = grid(height, width)
    x0, y0 = at([(-0.22, -0.22)])[0]
    dy, dx = y / height - y0, x / height - x0
    angle, away = np.arctan2(dy, dx), np.hypot(dx, dy) / zoom
    fan = triangle(angle * 5.5 + 0.25 * away)
    rows = triangle(away * 7 - 0.5 * fan)
    tone: Field = np.clip(
        0.42 + 0.42 * (fan - 0.45) + 0.25 * (rows > 0.86) + 0.7 * (0.8 - bright), 0.06, 0.98
    )
    return tone


def _lines(at: Placing, height: int, width: int, zoom: float) -> Field:
    sheet = Sketch(height, width)
    sheet.stroke(at([*WING, WING[0]]), 0.008 * zoom, 0.9)
    for far in (0.3, 0.5, 0.7):
        line = [(0.20 + 0.27 * far * t, 0.13 + 0.29 * t + 0.02 * far) for t in (0.0, 0.5, 1.0)]
        sheet.stroke(at(line), 0.006 * zoom, 0.8)
    return sheet.field()


def _eye_and_beak(at: Placing, key: Field, height: int, width: int, zoom: float) -> Field:
    sheet = Sketch(height, width)
    sheet.fill(at(BEAK), 0.85)
    sheet.line(at([(-0.375, -0.197), (-0.285, -0.21)]), 0.005 * zoom, 0.3)
    x, y = at([(-0.215, -0.215)])[0]
    sheet.disc(x, y, 0.026 * zoom, tone=0.25)
    sheet.disc(x, y, 0.020 * zoom, tone=1.0)
    drawn = sheet.field()
    key = mix(key, drawn, smoothstep(0.05, 0.2, drawn))
    glint = Sketch(height, width)
    glint.disc(x - 0.006 * zoom, y - 0.007 * zoom, 0.006 * zoom)
    return key * (1 - glint.field())


def _twig(rng: np.random.Generator, key: Field, tint: Field, at: Placing) -> tuple[Field, Field]:
    """Lay the twig the bird sits on, with leaves and the bird's feet."""
    height, width = key.shape
    sheet, leaves = Sketch(height, width), Sketch(height, width)
    rise = rng.uniform(-0.06, 0.08)
    sheet.stroke(
        at([(-0.7, 0.36 + rise), (-0.2, 0.31), (0.1, 0.29), (0.7, 0.27 - rise)]), 0.034, 0.62
    )
    sheet.stroke(
        at([(-0.7, 0.372 + rise), (-0.2, 0.322), (0.1, 0.302), (0.7, 0.282 - rise)]), 0.016, 0.9
    )
    for x in (-0.05, 0.05):
        sheet.line(at([(x, 0.17), (x - 0.02, 0.29)]), 0.014, 0.85)
        sheet.line(at([(x - 0.06, 0.305), (x - 0.02, 0.28), (x + 0.03, 0.305)]), 0.014, 0.85)
    for _ in range(rng.integers(3, 8)):
        x = rng.choice([rng.uniform(-0.5, -0.2), rng.uniform(0.2, 0.5)])
        angle = rng.uniform(0, 2 * np.pi)
        ux, uy = 0.15 * float(np.cos(angle)), 0.15 * float(np.sin(angle))
        middle = (x + ux * 0.5, 0.31 + uy * 0.5)
        off = (-uy * 0.28, ux * 0.28)
        leaf = [(x, 0.31), (middle[0] + off[0], middle[1] + off[1]), (x + ux, 0.31 + uy),
                (middle[0] - off[0], middle[1] - off[1])]  # fmt: skip
        sheet.curve(at(leaf), rng.uniform(0.35, 0.6))
        leaves.curve(at(leaf))
        sheet.line(at([(x, 0.31), (x + ux, 0.31 + uy)]), 0.006, 0.9)
    drawn = sheet.field()
    there = smoothstep(0.05, 0.2, drawn)
    return mix(key, drawn, there), np.maximum(tint * (1 - there), leaves.field())
