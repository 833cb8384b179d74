"""Coats of arms: a divided shield, charges, a crown and a wreath."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, blurred, grid, mix, smoothstep, triangle
from tinyclf.samples.painting import Painting
from tinyclf.samples.sketch import Points, Sketch, through

OUTLINE: Points = (
    (-0.30, -0.34), (0.30, -0.34), (0.305, 0.02), (0.24, 0.22), (0.12, 0.34), (0.0, 0.40),
    (-0.12, 0.34), (-0.24, 0.22), (-0.305, 0.02),
)  # fmt: skip
"""The shield round (0, 0), about 0.75 high."""


class _Shield:
    """Places shield coordinates on a sketch."""

    def __init__(self, height: int, width: int) -> None:
        self.height, self.width = height, width
        self.zoom = min(0.92, width / height * 0.98)

    def at(self, points: Points) -> list[tuple[float, float]]:
        middle = self.width / self.height / 2
        return [(middle + self.zoom * x, 0.56 + self.zoom * y) for x, y in points]

    def sheet(self, ground: float = 0.0) -> Sketch:
        return Sketch(self.height, self.width, ground)


def paint(rng: np.random.Generator, height: int, width: int) -> Painting:
    """Paint the arms of a town that never was."""
    shield = _Shield(height, width)
    body = shield.sheet()
    body.fill(shield.at(OUTLINE), 1.0)
    inside = body.field()
    first, second = _fields(rng, shield)
    charges = _charges(rng, shield)
    crest, green = _crest(rng, shield)
    y, x = grid(height, width)
    hatch = 0.22 + 0.5 * (triangle(y / 9 + 0 * x) > 0.55)
    tone = mix(hatch * first + 0.08, 0.80 * second, second)
    tone = mix(tone, 0.85 * charges - 0.1, smoothstep(0.02, 0.2, charges))
    rim = np.clip(inside - smoothstep(0.85, 1.0, blurred(inside, height * 0.012)), 0, 1)
    key = np.maximum(mix(np.zeros_like(inside), tone, inside), rim)
    around = smoothstep(0.03, 0.12, crest)
    key = mix(key, crest, around * (1 - inside))
    silver = smoothstep(0.02, 0.2, charges)
    first, second = first * (1 - silver), second * (1 - silver)
    tint = inside * 0.7 * first + 0.6 * around * (1 - green) * (1 - inside)
    accent = inside * second + green * around * (1 - inside)
    form = blurred(inside, height * 0.05) * height * 0.04
    return Painting(key, tint, accent, form)


def _fields(rng: np.random.Generator, shield: _Shield) -> tuple[Field, Field]:
    """Return the shield's two tinctures as parted by lot."""
    sheet = shield.sheet()
    kind = rng.integers(5)
    if kind == 0:
        sheet.fill(shield.at([(-0.4, -0.4), (0, -0.4), (0, 0.03), (-0.4, 0.03)]))
        sheet.fill(shield.at([(0, 0.03), (0.4, 0.03), (0.4, 0.5), (0, 0.5)]))
    elif kind == 1:
        sheet.fill(shield.at([(-0.4, -0.4), (0.4, -0.4), (0.4, -0.14), (-0.4, -0.14)]))
    elif kind == 2:
        for k in range(3):
            x = -0.3 + 0.2 * k + 0.1
            sheet.fill(
                shield.at([(x - 0.05, -0.4), (x + 0.05, -0.4), (x + 0.05, 0.5), (x - 0.05, 0.5)])
            )
    elif kind == 3:
        sheet.fill(
            shield.at(
                [(-0.4, 0.30), (0, -0.06), (0.4, 0.30), (0.4, 0.10), (0, -0.26), (-0.4, 0.10)]
            )
        )
    else:
        sheet.fill(shield.at([(-0.4, -0.4), (-0.2, -0.4), (0.4, 0.36), (0.4, 0.6)]))
    second = sheet.field()
    return 1 - second, second


def _charges(rng: np.random.Generator, shield: _Shield) -> Field:
    sheet = shield.sheet()
    kind = rng.integers(4)
    spots = ((-0.15, -0.2), (0.15, -0.2), (0.0, 0.14)) if rng.random() < 0.5 else ((0.0, -0.02),)
    size = 0.085 if len(spots) == 3 else 0.19
    for x, y in spots:
        if kind == 0:
            sheet.fill(shield.at(_star(x, y, size, 5)), 0.15)
        elif kind == 1:
            _tower(shield, sheet, x, y, size)
        elif kind == 2:
            _lily(shield, sheet, x, y, size)
        else:
            a, b = size * 0.34, size
            cross = [(-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a), (a, b), (-a, b), (-a, a),
                     (-b, a), (-b, -a), (-a, -a)]  # fmt: skip
            sheet.fill(shield.at([(x + u, y + v) for u, v in cross]), 0.15)
    return sheet.field()


def _star(x: float, y: float, radius: float, points: int) -> list[tuple[float, float]]:
    corners = []
    for k in range(2 * points):
        far = radius if k % 2 == 0 else radius * 0.42
        angle = np.pi * k / points
        corners.append((x + far * float(np.sin(angle)), y - far * float(np.cos(angle))))
    return corners


def _tower(shield: _Shield, sheet: Sketch, x: float, y: float, size: float) -> None:
    s = size
    wall = [(-0.6, 1), (-0.6, -0.5), (-0.75, -0.5), (-0.75, -1), (-0.45, -1), (-0.45, -0.75),
            (-0.15, -0.75), (-0.15, -1), (0.15, -1), (0.15, -0.75), (0.45, -0.75), (0.45, -1),
            (0.75, -1), (0.75, -0.5), (0.6, -0.5), (0.6, 1)]  # fmt: skip
    sheet.fill(shield.at([(x + u * s, y + v * s) for u, v in wall]), 0.16)
    gate = through([(-0.22, 1.0), (-0.22, 0.4), (0, 0.12), (0.22, 0.4), (0.22, 1.0)], closed=False)
    sheet.fill(shield.at([(x + u * s, y + v * s) for u, v in gate]), 0.95)
    for u in (-0.3, 0.3):
        window = [(u - 0.08, -0.3), (u + 0.08, -0.3), (u + 0.08, 0.0), (u - 0.08, 0.0)]
        sheet.fill(shield.at([(x + a * s, y + b * s) for a, b in window]), 0.95)


def _lily(shield: _Shield, sheet: Sketch, x: float, y: float, size: float) -> None:
    s = size
    middle = [(0, -1.05), (0.26, -0.45), (0.12, 0.2), (0.16, 0.75), (0, 1), (-0.16, 0.75),
              (-0.12, 0.2), (-0.26, -0.45)]  # fmt: skip
    side = [(0.14, 0.22), (0.3, -0.35), (0.62, -0.62), (0.86, -0.3), (0.72, 0.02), (0.6, -0.22),
            (0.44, -0.05), (0.3, 0.32)]  # fmt: skip
    for petal in (middle, side, [(-u, v) for u, v in side]):
        sheet.curve(shield.at([(x + u * s, y + v * s) for u, v in petal]), 0.15)
    band = [(-0.42, 0.2), (0.42, 0.2), (0.42, 0.36), (-0.42, 0.36)]
    sheet.fill(shield.at([(x + u * s, y + v * s) for u, v in band]), 0.25)


def _crest(rng: np.random.Generator, shield: _Shield) -> tuple[Field, Field]:
    """Return the tone of what stands round the shield, and how much of it is foliage."""
    sheet, leaves = shield.sheet(), shield.sheet()
    if rng.random() < 0.75:
        for side in (-1, 1):
            _branch(rng, shield, (sheet, leaves), side)
    _crown(shield, sheet)
    return sheet.field(), leaves.field()


def _crown(shield: _Shield, sheet: Sketch) -> None:
    for k in range(5):
        u = -0.19 + 0.095 * k
        top = -0.545 - 0.03 * float(np.cos((k - 2) * 0.8))
        spike = [(u * 0.9 - 0.05, -0.42), (u * 1.2, top), (u * 0.9 + 0.05, -0.42)]
        sheet.fill(shield.at(spike), 0.42 if k % 2 else 0.24)
        sheet.disc(*shield.at([(u * 1.2, top)])[0], 0.019, tone=0.8)
    sheet.fill(shield.at([(-0.24, -0.36), (0.24, -0.36), (0.25, -0.43), (-0.25, -0.43)]), 0.75)
    for k in range(5):
        sheet.disc(*shield.at([(-0.18 + 0.09 * k, -0.395)])[0], 0.014, tone=0.1)


def _branch(
    rng: np.random.Generator, shield: _Shield, sheets: tuple[Sketch, Sketch], side: int
) -> None:
    for k in range(13):
        angle = np.pi * (0.08 + 0.62 * k / 12)
        x, y = side * 0.415 * float(np.sin(angle)), 0.02 + 0.44 * float(np.cos(angle))
        for turn in (0.7, -0.5):
            a = angle + turn + np.pi / 2 * 0.35
            tip = (
                x + side * 0.085 * float(np.sin(a + 0.9)),
                y + 0.085 * float(np.cos(a + 0.9)) * 0.9 - 0.03,
            )
            mid = ((x + tip[0]) / 2, (y + tip[1]) / 2)
            bulge = (0.018 * (tip[1] - y) / 0.085, -0.018 * (tip[0] - x) / 0.085)
            leaf = [
                (x, y),
                (mid[0] + bulge[0], mid[1] + bulge[1]),
                tip,
                (mid[0] - bulge[0], mid[1] - bulge[1]),
            ]
            sheets[0].curve(shield.at(leaf), 0.45 + 0.4 * (turn > 0))
            sheets[1].curve(shield.at(leaf), 1.0)
