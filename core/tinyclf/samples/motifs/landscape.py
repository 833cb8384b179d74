"""Mountains, lakes and shores, with a sun, a castle or a lighthouse now and then."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, blurred, grid, mix, noise, smoothstep, triangle
from tinyclf.samples.painting import Painting
from tinyclf.samples.sketch import Sketch


def paint(rng: np.random.Generator, height: int, width: int) -> Painting:
    """Paint a view that exists nowhere."""
    y, _ = grid(height, width)
    rise = (y / height).astype(np.float32)
    horizon = rng.uniform(0.58, 0.72)
    key, tint = sky(rng, height, width, horizon)
    accent = np.zeros_like(key)
    accent += _sun(rng, key, horizon)
    form = np.zeros_like(key)
    for depth in range(3):
        top = ridge(rng, width, (0.30, 0.17, 0.09)[depth], (2.2, 1.9, 1.6)[depth])
        top = horizon - (0.20, 0.10, 0.03)[depth] * rng.uniform(0.8, 1.3) - top
        inside = smoothstep(0, 2 / height, rise - top)
        rock = _slopes(rng, height, width, top)
        snow = smoothstep(0.20, 0.05, rise - top + 0.10 * (rock - 0.5)) if depth == 0 else 0.0
        tone = np.clip((0.10 + (0.42, 0.62, 0.75)[depth] * rock) + 0.10 * depth, 0.03, 0.92)
        key = mix(key, tone * (1 - 0.45 * snow), inside)
        tint = mix(tint, (0.30 + 0.2 * depth) * (1 - snow), inside)
        accent = accent * (1 - inside) + inside * (0.28 * depth)
        form = mix(form, rock * 9, inside)
    if rng.random() < 0.65:
        key, tint, accent = _lake(rng, key, tint, accent, horizon)
    else:
        key, accent = _fields_of_grain(rng, key, accent, horizon)
    key, accent = _foreground(rng, key, accent)
    return Painting(key, tint, accent, form)


def sky(rng: np.random.Generator, height: int, width: int, horizon: float) -> tuple[Field, Field]:
    """Return tone and tint of a sky: darker above, with clouds."""
    y, x = grid(height, width)
    rise = y / height / horizon
    cloud = noise(rng, height, width, (height * 0.16, width * 0.5), 4) - 0.25
    white = smoothstep(-0.1, 0.45, cloud) * smoothstep(1.05, 0.5, rise)
    depth = rng.uniform(0.25, 0.5)
    tone = np.clip(depth * (1 - 0.85 * rise) + 0.04, 0, 1) * (1 - white)
    tone += 0.14 * white * smoothstep(0.5, 0.1, cloud)
    tint = np.clip(0.95 - 0.55 * rise, 0.1, 1) * (1 - 0.9 * white)
    return tone.astype(np.float32), (tint + 0 * x).astype(np.float32)


def ridge(rng: np.random.Generator, width: int, swing: float, rough: float) -> Field:
    """Return a mountain line, (1, width), in heights of the picture: some peaks, broken finer."""
    t = np.linspace(0, 1, width, dtype=np.float32)
    line = np.zeros(width, dtype=np.float32)
    for _ in range(3):
        at, broad = rng.uniform(-0.1, 1.1), rng.uniform(0.22, 0.5)
        flank = np.abs(t - np.float32(at)) / np.float32(broad)
        line = np.maximum(line, np.float32(rng.uniform(0.55, 1)) * (1 - flank))
    for octave in range(5):
        wave = rng.uniform(2.4, 3.4) * 2**octave
        peaks = triangle(t * np.float32(wave) + np.float32(rng.random()))
        line += (peaks - 0.5) * np.float32(0.26 * (rough / 4) ** octave)
    return line[None, :] * np.float32(swing)


def _slopes(rng: np.random.Generator, height: int, width: int, top: Field) -> Field:
    """Return the shade of a mountainside, 0 to 1: facets that run down from the ridge."""
    y, _ = grid(height, width)
    below = np.maximum(y / height - top, 0)
    crest = -np.abs(noise(rng, height, width, (height * 0.55, width * 0.20), 4)) - 0.4 * below
    folds = np.gradient(crest, axis=1) * np.float32(width * 0.10)
    flank = np.gradient(blurred(np.broadcast_to(top, (8, width)), width * 0.02)[4])
    light = 1.3 * folds - flank[None, :] * np.float32(width * 0.28)
    shade: Field = np.clip(0.45 - 0.46 * np.tanh(1.4 * light), 0, 1)
    return shade


def _sun(rng: np.random.Generator, key: Field, horizon: float) -> Field:
    """Clear a sun out of the sky, sometimes with rays; return its colour's plate."""
    height, width = key.shape
    if rng.random() < 0.45:
        return np.zeros_like(key)
    y, x = grid(height, width)
    dy = y / height - horizon * rng.uniform(0.3, 0.75)
    dx = (x - width * rng.uniform(0.2, 0.8)) / height
    radius = np.hypot(dy, dx)
    disc = smoothstep(0.078, 0.070, radius)
    key *= 1 - disc
    if rng.random() < 0.5:
        beam = smoothstep(0.45, 0.6, triangle(np.arctan2(dy, dx) * 22 / np.pi / 2))
        key *= 1 - 0.8 * beam * smoothstep(0.9, 0.1, radius)
    glow: Field = np.maximum(disc, 0.5 * smoothstep(0.45, 0.05, radius))
    return glow


def _lake(
    rng: np.random.Generator, key: Field, tint: Field, accent: Field, horizon: float
) -> tuple[Field, Field, Field]:
    """Mirror what stands above the shore in ruffled water."""
    height, width = key.shape
    y, x = grid(height, width)
    shore = min(height - 2, int(height * (horizon + rng.uniform(0.02, 0.08))))
    water = smoothstep(0, 1.5, y - shore)
    depth = np.maximum(y - shore, 0)
    wave = noise(rng, height, width, (3.5, width * 0.10), 2)
    rows = np.clip(shore - depth * 1.2 + wave * (1 + depth * 0.06), 0, shore - 1).astype(np.intp)
    columns = np.broadcast_to(x.astype(np.intp), (height, width))
    mirrored = key[rows, columns] * 0.75 + 0.12
    ripple = smoothstep(0.55, 1.3, wave + depth / height * 0.5)
    key = mix(key, np.clip(mirrored * (1 - 0.75 * ripple), 0, 1), water)
    return key, mix(tint, 0.85 - 0.5 * ripple, water), accent * (1 - 0.7 * water)


def _fields_of_grain(
    rng: np.random.Generator, key: Field, accent: Field, horizon: float
) -> tuple[Field, Field]:
    """Lay furrows towards the viewer."""
    height, width = key.shape
    y, x = grid(height, width)
    start = horizon + 0.03
    near = np.clip((y / height - start) / (1 - start), 0.001, 1)
    furrow = triangle((x / width - rng.uniform(0.2, 0.8)) * 5 / (near + 0.12))
    land = smoothstep(start, start + 0.01, y / height)
    tone = 0.15 + 0.45 * furrow * near + 0.12 * noise(rng, height, width, 9, 2)
    return mix(key, np.clip(tone, 0.04, 1), land), mix(accent, 0.55, land)


def _foreground(rng: np.random.Generator, key: Field, accent: Field) -> tuple[Field, Field]:
    """Stand firs, a castle, a lighthouse or a palm before the view."""
    height, width = key.shape
    sheet = Sketch(height, width)
    what = rng.choice(
        ["firs", "castle", "lighthouse", "palm", "nothing"], p=[0.4, 0.2, 0.15, 0.15, 0.1]
    )
    right = sheet.aspect * rng.uniform(0.62, 0.8)
    if what == "firs":
        for _ in range(rng.integers(4, 10)):
            side = rng.random() < 0.7
            at = right + rng.normal(0, 0.16) if side else rng.uniform(0, 0.25) * sheet.aspect
            _fir(rng, sheet, at, rng.uniform(0.86, 1.02), rng.uniform(0.22, 0.46))
    elif what == "castle":
        _castle(sheet, right, 0.80)
    elif what == "lighthouse":
        _lighthouse(sheet, right)
    elif what == "palm":
        _palm(rng, sheet, right)
    dark = sheet.field()
    standing = smoothstep(0.02, 0.10, dark)
    return mix(key, dark, standing), accent * (1 - standing)


def _fir(rng: np.random.Generator, sheet: Sketch, x: float, foot: float, tall: float) -> None:
    outline = [(x, foot - tall)]
    steps = 9
    for side in (1, -1):
        order = range(1, steps + 1) if side == 1 else range(steps, 0, -1)
        for k in order:
            reach = side * tall * 0.26 * k / steps
            y = foot - tall * (1 - k / steps)
            droop = [(x + reach * rng.uniform(0.85, 1.1), y), (x + reach * 0.55, y - tall * 0.02)]
            outline += droop if side == 1 else droop[::-1]
    sheet.fill(outline, rng.uniform(0.78, 0.98))
    sheet.box(x - 0.008, foot - 0.01, x + 0.008, foot + 0.06, 0.9)


def _castle(sheet: Sketch, x: float, foot: float) -> None:
    sheet.curve(
        [(x - 0.34, 1.05), (x - 0.2, foot), (x, foot - 0.07), (x + 0.18, foot), (x + 0.4, 1.05)],
        0.72,
    )
    for at, wide, tall, tone in (
        (-0.12, 0.05, 0.24, 0.35), (0.0, 0.10, 0.17, 0.28), (0.10, 0.045, 0.32, 0.4),
        (0.16, 0.03, 0.2, 0.45),
    ):  # fmt: skip
        left, right, top = x + at - wide, x + at + wide, foot - tall
        sheet.box(left, top, right, foot, tone)
        sheet.box(x + at + wide * 0.35, top, right, foot, tone + 0.35)
        if wide < 0.06:
            sheet.fill([(left - 0.01, top), (x + at, top - wide * 2.2), (right + 0.01, top)], 0.85)
        for k in range(4):
            crenel = left + (right - left) * (k + 0.2) / 4
            sheet.box(crenel, top - 0.018, crenel + (right - left) * 0.14, top, tone + 0.1)
        sheet.box(x + at - 0.008, top + 0.05, x + at + 0.008, top + 0.09, 0.95)


def _lighthouse(sheet: Sketch, x: float) -> None:
    sheet.curve(
        [(x - 0.4, 1.05), (x - 0.25, 0.87), (x, 0.82), (x + 0.2, 0.86), (x + 0.5, 1.05)], 0.8
    )
    for k in range(6):
        top, low = 0.36 + 0.08 * k, 0.44 + 0.08 * k
        w0, w1 = 0.042 + 0.005 * k, 0.047 + 0.005 * k
        tone = 0.12 if k % 2 else 0.62
        sheet.fill([(x - w0, top), (x + w0, top), (x + w1, low), (x - w1, low)], tone)
        sheet.fill(
            [(x + w0 * 0.3, top), (x + w0, top), (x + w1, low), (x + w1 * 0.3, low)], tone + 0.25
        )
    sheet.box(x - 0.055, 0.345, x + 0.055, 0.36, 0.9)
    sheet.box(x - 0.028, 0.29, x + 0.028, 0.345, 0.15)
    sheet.fill([(x - 0.04, 0.29), (x, 0.245), (x + 0.04, 0.29)], 0.9)


def _palm(rng: np.random.Generator, sheet: Sketch, x: float) -> None:
    lean = rng.uniform(-0.14, 0.14)
    crown = (x + lean, 0.38)
    sheet.stroke([(x, 1.05), (x + lean * 0.3, 0.75), crown], 0.026, 0.8)
    for k in range(9):
        angle = -np.pi * (k + 0.1) / 8.2
        far = 0.26 + 0.03 * (k % 2)
        tip = (crown[0] + far * np.cos(angle), crown[1] + far * (np.sin(angle) * 0.55 + 0.28))
        knee = (crown[0] + far * 0.55 * np.cos(angle), crown[1] + far * np.sin(angle) * 0.62)
        under = (knee[0], knee[1] + 0.045)
        sheet.curve([crown, knee, tip, under], 0.72 + 0.2 * (k % 2))
    sheet.curve([(x - 0.5, 1.06), (x - 0.2, 0.95), (x + 0.1, 0.93), (x + 0.5, 1.06)], 0.7)
