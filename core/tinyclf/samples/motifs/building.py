"""Cathedrals, temples, town halls and bridges."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import blurred, grid, mix, noise, smoothstep
from tinyclf.samples.motifs.landscape import sky
from tinyclf.samples.painting import Painting
from tinyclf.samples.sketch import Sketch

GROUND = 0.86
"""Where the square before the building begins."""


def paint(rng: np.random.Generator, height: int, width: int) -> Painting:
    """Paint a building seen from its square, lit from one side."""
    key, tint = sky(rng, height, width, 0.95)
    sheet, roofs = Sketch(height, width), Sketch(height, width)
    kind = rng.choice(["cathedral", "temple", "hall", "bridge"])
    {"cathedral": _cathedral, "temple": _temple, "hall": _hall, "bridge": _bridge}[kind](
        rng, sheet, roofs
    )
    _bushes(rng, sheet, kind)
    tone, colour = sheet.field(), roofs.field()
    there = smoothstep(0.015, 0.09, tone)
    y, _ = grid(height, width)
    floor = smoothstep(GROUND - 0.004, GROUND + 0.004, y / height)
    stones = 0.25 + 0.10 * noise(rng, height, width, (height * 0.02, width * 0.15), 2)
    if kind == "bridge":
        stones = 0.45 + 0.30 * noise(rng, height, width, (height * 0.03, width * 0.2), 2)
    key = mix(key, np.clip(stones, 0.05, 0.8), floor)
    tint = mix(tint, 0.8 if kind == "bridge" else 0.35, floor)
    key = mix(key, tone, there)
    form = blurred(tone, height * 0.01) * height * 0.012
    return Painting(key, tint * (1 - 0.85 * there), colour * there, form)


def _wall(sheet: Sketch, left: float, top: float, right: float, tone: float) -> None:
    """Stand a wall: lit, its right fifth in the shade."""
    sheet.box(left, top, right, GROUND, tone)
    sheet.box(right - (right - left) * 0.2, top, right, GROUND, tone + 0.28)


def _windows(
    sheet: Sketch, left: float, right: float, top: float, bottom: float, count: int, round_: bool
) -> None:
    pitch = (right - left) / count
    for k in range(count):
        x0, x1 = left + pitch * (k + 0.28), left + pitch * (k + 0.72)
        sheet.box(x0, top, x1, bottom, 0.86)
        if round_:
            sheet.disc((x0 + x1) / 2, top, (x1 - x0) / 2, tone=0.86)
        sheet.box(x0 - 0.004, bottom, x1 + 0.004, bottom + 0.008, 0.5)


def _cathedral(rng: np.random.Generator, sheet: Sketch, roofs: Sketch) -> None:
    x = sheet.aspect / 2
    half, tall = rng.uniform(0.17, 0.22), rng.uniform(0.36, 0.44)
    for side in (-1, 1):
        cx, wide = x + side * (half + 0.05), 0.062
        _wall(sheet, cx - wide, tall, cx + wide, 0.2)
        spire = [
            (cx - wide - 0.008, tall),
            (cx, tall - rng.uniform(0.26, 0.30)),
            (cx + wide + 0.008, tall),
        ]
        sheet.fill(spire, 0.6)
        roofs.fill(spire)
        sheet.fill([spire[1], (cx + wide, tall), (cx + 0.01, tall)], 0.82)
        for k in range(3):
            row = tall + 0.06 + 0.14 * k
            _windows(sheet, cx - wide * 0.8, cx + wide * 0.5, row, row + 0.07, 2, True)
        sheet.line([(cx, spire[1][1]), (cx, spire[1][1] - 0.035)], 0.006, 0.9)
    roof = [(x - half, 0.56), (x, 0.40), (x + half, 0.56)]
    _wall(sheet, x - half, 0.56, x + half, 0.12)
    sheet.fill(roof, 0.28)
    sheet.line(roof, 0.014, 0.8)
    sheet.disc(x, 0.575, 0.062, tone=0.75)
    for k in range(8):
        a = np.pi * k / 8
        dx, dy = 0.056 * float(np.cos(a)), 0.056 * float(np.sin(a))
        sheet.line([(x - dx, 0.575 - dy), (x + dx, 0.575 + dy)], 0.006, 0.2)
    for cx, w, h in ((x, 0.05, 0.16), (x - 0.115, 0.03, 0.11), (x + 0.105, 0.03, 0.11)):
        sheet.box(cx - w, GROUND - h, cx + w, GROUND, 0.9)
        sheet.disc(cx, GROUND - h, w, w * 1.3, tone=0.9)


def _temple(rng: np.random.Generator, sheet: Sketch, roofs: Sketch) -> None:
    x, half = sheet.aspect / 2, min(0.52, sheet.aspect * 0.42)
    top = rng.uniform(0.40, 0.46)
    for step in range(4):
        y = GROUND - 0.022 * (4 - step)
        wide = half + 0.06 - 0.018 * step
        sheet.box(x - wide, y, x + wide, y + 0.024, 0.16 + 0.12 * (step % 2))
    sheet.box(x - half, top, x + half, GROUND - 0.085, 0.66)
    columns = int(rng.choice([6, 8]))
    for k in range(columns):
        cx = x - half + 0.04 + (2 * half - 0.08) * k / (columns - 1)
        for part, tone in ((1.0, 0.5), (0.6, 0.12), (0.15, 0.04)):
            sheet.box(cx - 0.027, top, cx - 0.027 + 0.054 * part, GROUND - 0.085, tone)
        for y in (top, GROUND - 0.10):
            sheet.box(cx - 0.036, y, cx + 0.036, y + 0.016, 0.22)
    sheet.box(x - half - 0.02, top - 0.062, x + half + 0.02, top, 0.16)
    for k in range(columns * 2):
        cx = x - half + 2 * half * (k + 0.5) / (columns * 2)
        sheet.box(cx - 0.008, top - 0.042, cx + 0.008, top - 0.012, 0.55)
    peak = [
        (x - half - 0.035, top - 0.062),
        (x, top - 0.062 - rng.uniform(0.15, 0.2)),
        (x + half + 0.035, top - 0.062),
    ]
    sheet.fill(peak, 0.24)
    roofs.fill(peak, 0.7)
    inner = [(x + (u - x) * 0.78, v + (0.012 if v > peak[1][1] else 0.035)) for u, v in peak]
    sheet.fill([(u, v - 0.03) for u, v in inner], 0.6)
    sheet.line([*peak, peak[0]], 0.012, 0.3)


def _hall(rng: np.random.Generator, sheet: Sketch, roofs: Sketch) -> None:
    x, half = sheet.aspect / 2, min(0.5, sheet.aspect * 0.4)
    top = rng.uniform(0.50, 0.56)
    roof = [
        (x - half - 0.02, top),
        (x - half + 0.07, top - 0.13),
        (x + half - 0.07, top - 0.13),
        (x + half + 0.02, top),
    ]
    sheet.fill(roof, 0.62)
    roofs.fill(roof)
    for k in range(6):
        cx = x - half + 0.12 + (2 * half - 0.24) * k / 5
        sheet.fill([(cx - 0.022, top - 0.03), (cx, top - 0.08), (cx + 0.022, top - 0.03)], 0.2)
    _wall(sheet, x - half, top, x + half, 0.13)
    for k in range(3):
        row = top + 0.035 + 0.105 * k
        _windows(sheet, x - half + 0.02, x + half - 0.02, row, row + 0.058, 11, k == 1)
    wide = 0.075
    tower = top - rng.uniform(0.24, 0.30)
    _wall(sheet, x - wide, tower, x + wide, 0.18)
    sheet.disc(x - 0.012, tower + 0.085, 0.042, tone=0.85)
    sheet.disc(x - 0.012, tower + 0.085, 0.034, tone=0.05)
    sheet.line(
        [(x - 0.012, tower + 0.06), (x - 0.012, tower + 0.085), (x + 0.006, tower + 0.095)],
        0.006,
        0.9,
    )
    cap = [(x - wide - 0.012, tower), (x - 0.03, tower - 0.07), (x - 0.018, tower - 0.12),
           (x, tower - 0.24), (x + 0.018, tower - 0.12), (x + 0.03, tower - 0.07),
           (x + wide + 0.012, tower)]  # fmt: skip
    sheet.fill(cap, 0.68)
    roofs.fill(cap)
    _windows(sheet, x - 0.05, x + 0.03, tower + 0.17, tower + 0.24, 2, True)
    sheet.box(x - 0.035, GROUND - 0.1, x + 0.035, GROUND, 0.92)
    sheet.disc(x, GROUND - 0.1, 0.035, tone=0.92)


def _bridge(rng: np.random.Generator, sheet: Sketch, roofs: Sketch) -> None:
    wide, deck = sheet.aspect, rng.uniform(0.52, 0.58)
    arches = int(rng.integers(3, 6))
    _far_town(rng, sheet, roofs, deck)
    sheet.box(0, deck, wide, 0.93, 0.3)
    for k in range(18):
        y = deck + 0.03 + 0.022 * k
        sheet.line([(0, y), (wide, y)], 0.003, 0.5)
    for k in range(arches):
        cx, span = wide * (k + 0.5) / arches, wide / arches * 0.39
        sheet.disc(cx, 0.93, span + 0.022, 0.93 - deck - 0.055, tone=0.12)
        sheet.disc(cx, 0.93, span, 0.93 - deck - 0.075, tone=0.88)
        sheet.disc(cx - 0.02, 0.935, span - 0.01, 0.93 - deck - 0.09, tone=0.08)
    sheet.box(0, 0.93, wide, 1.01, 0.0)
    sheet.box(0, deck - 0.022, wide, deck + 0.006, 0.14)
    sheet.box(0, deck + 0.006, wide, deck + 0.016, 0.75)
    for k in range(arches - 1):
        cx = wide * (k + 1) / arches
        sheet.fill(
            [
                (cx - 0.05, 0.93),
                (cx - 0.036, deck + 0.1),
                (cx + 0.036, deck + 0.1),
                (cx + 0.05, 0.93),
            ],
            0.2,
        )
        sheet.fill(
            [
                (cx + 0.012, deck + 0.1),
                (cx + 0.036, deck + 0.1),
                (cx + 0.05, 0.93),
                (cx + 0.012, 0.93),
            ],
            0.6,
        )
        sheet.line([(cx, deck - 0.02), (cx, deck - 0.12)], 0.006, 0.9)
        sheet.disc(cx, deck - 0.13, 0.014, tone=0.85)


def _far_town(rng: np.random.Generator, sheet: Sketch, roofs: Sketch, deck: float) -> None:
    x = 0.02
    while x < sheet.aspect:
        wide, tall = rng.uniform(0.05, 0.10), rng.uniform(0.06, 0.20)
        top = deck - tall
        sheet.box(x, top, x + wide, deck, 0.2)
        sheet.box(x + wide * 0.65, top, x + wide, deck, 0.4)
        gable = [
            (x - 0.006, top),
            (x + wide / 2, top - rng.uniform(0.03, 0.12)),
            (x + wide + 0.006, top),
        ]
        sheet.fill(gable, 0.6)
        roofs.fill(gable)
        _windows(sheet, x + 0.008, x + wide * 0.62, top + 0.02, top + 0.04, 2, False)
        x += wide + rng.uniform(-0.01, 0.03)


def _bushes(rng: np.random.Generator, sheet: Sketch, kind: str) -> None:
    """Put round trees to both sides, as engravers do to hide the corners."""
    if kind == "bridge":
        return
    for side in (0.0, sheet.aspect):
        for _ in range(7):
            cx = side + rng.normal(0, 0.07)
            cy = GROUND - abs(rng.normal(0.05, 0.05))
            sheet.disc(cx, cy, rng.uniform(0.04, 0.07), tone=rng.uniform(0.55, 0.85))
            sheet.disc(cx - 0.015, cy - 0.018, 0.026, tone=rng.uniform(0.25, 0.45))
