"""What is damaged: stamps first of all, and other flat things, so that damage is not perforation.

Every thing is float32 pixels (height, width, 3) and its cover (height, width), undamaged.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image

from tinyclf.samples import stamp
from tinyclf.samples.engraving import engraved, guilloche, rosette
from tinyclf.samples.fields import Field, Pixels, filtered, grid, mix, noise, smoothstep, tinted
from tinyclf.samples.lettering import Lettering, write
from tinyclf.samples.motifs import MOTIFS
from tinyclf.samples.plates import oval
from tinyclf.samples.sketch import Sketch, through
from tinyclf.samples.words import PLACES

Thing = tuple[Pixels, Field]

LONG_SIDE = 400
"""Pixels along a thing's longer side."""


def thing(seed: int, index: int) -> Thing:
    """Draw thing number ``index``: six in ten are stamps, the others dealt in turn."""
    if index % 10 < 6:
        return _smaller(*stamp.fresh(seed, index))
    rng = np.random.default_rng([seed, index, len(stamp.Stream)])
    others = tuple(THINGS.values())
    pixels, alpha = others[(index // 10 * 4 + index % 10 - 6) % len(others)](rng)
    return np.clip(pixels, 0, 1).astype(np.float32), np.clip(alpha, 0, 1).astype(np.float32)


def _smaller(pixels: Pixels, alpha: Field) -> Thing:
    height, width = alpha.shape
    scale = LONG_SIDE / max(height, width)
    size = (round(width * scale), round(height * scale))
    values = np.concatenate([pixels, alpha[..., None]], axis=2)
    bands = [
        np.asarray(
            Image.fromarray(np.ascontiguousarray(values[..., k], dtype=np.float32)).resize(
                size, Image.Resampling.BOX
            )
        )
        for k in range(4)
    ]
    return np.stack(bands[:3], axis=2), bands[3]


def _format(rng: np.random.Generator, least: float, most: float) -> tuple[int, int]:
    """Return height and width of something standing or lying, its sides in such a proportion."""
    short = round(LONG_SIDE / rng.uniform(least, most))
    return (LONG_SIDE, short) if rng.random() < 0.6 else (short, LONG_SIDE)


def _picture(rng: np.random.Generator, height: int, width: int) -> Pixels:
    """Return a picture of anything, in any colours: a motif, or clouds and shapes."""
    cloud = noise(rng, height, width, min(height, width) * rng.uniform(0.2, 0.8), 5)
    ground = tinted(
        np.clip(0.5 + 0.5 * cloud, 0, 1), rng.uniform(0, 0.6, 3), rng.uniform(0.3, 1, 3)
    )
    if rng.random() < 0.65:
        painting = MOTIFS[str(rng.choice(list(MOTIFS)))](rng, height, width)
        for field in (painting.tint, painting.accent, painting.key):
            ground = ground + (rng.uniform(0, 0.9, 3) - ground) * (0.9 * field)[..., None]
        return np.asarray(ground, np.float32)
    sketch = Sketch(height, width)
    for _ in range(rng.integers(3, 16)):
        middle, reach = rng.uniform(0, 1, 2) * (sketch.aspect, 1), rng.uniform(0.05, 0.35)
        corners = middle + reach * rng.uniform(-1, 1, (rng.integers(3, 7), 2))
        points = [(float(x), float(y)) for x, y in corners]
        sketch.fill(through(points) if rng.random() < 0.5 else points, rng.uniform(0, 1))
    shapes = sketch.field()
    colours = rng.uniform(0, 1, (2, 3))
    share = (shapes > 0) * np.float32(rng.uniform(0.5, 1))
    painted: Pixels = ground + (tinted(shapes, *colours) - ground) * share[..., None]
    return painted


def _worded(rng: np.random.Generator, pixels: Pixels, box: tuple[float, ...], lines: int) -> Pixels:
    """Return the pixels with lines of words in the box: left, top, right, bottom."""
    left, top, right, bottom = box
    ink = np.zeros(pixels.shape[:2], np.float32)
    step = (bottom - top) / max(1, lines)
    style = Lettering(rng.uniform(0, 3), rng.uniform(0.7, 1.1), 0.06, bool(rng.random() < 0.4))
    for k in range(lines):
        words = " ".join(rng.choice(PLACES, rng.integers(1, 4)))
        text = words if rng.random() < 0.8 else str(rng.integers(1, 99999))
        middle = ((left + right) / 2, top + (k + 0.5) * step)
        write(ink, text, middle, step * rng.uniform(0.3, 0.6), style, 0.5, right - left)
    return pixels * filtered(np.clip(ink, 0, 1), rng.uniform(0, 0.5, 3))


def _rounded(height: int, width: int, radius: float) -> Field:
    """Return a rectangle whose corners are cut round."""
    y, x = grid(height, width)
    down = np.maximum(np.abs(y - (height - 1) / 2) - (height / 2 - radius), 0)
    across = np.maximum(np.abs(x - (width - 1) / 2) - (width / 2 - radius), 0)
    cover: Field = np.clip(radius - np.hypot(down, across) + 0.5, 0, 1)
    return cover


def _paper(rng: np.random.Generator, height: int, width: int) -> Pixels:
    tone = rng.uniform(0.75, 1.0) * rng.uniform(0.88, 1.0, 3)
    grain = noise(rng, height, width, 4, 2)
    return tinted(1 + 0.015 * grain, (0, 0, 0), tone)


def card(rng: np.random.Generator) -> Thing:
    """A collector's, playing or picture post card: a picture, a border, a few words."""
    height, width = _format(rng, 1.25, 1.6)
    pixels = _paper(rng, height, width)
    if rng.random() < 0.3:
        pixels = pixels * np.float32(1) * rng.uniform(0.1, 1, 3).astype(np.float32)
    rim = round(rng.uniform(0.0, 0.08) * width)
    foot = round(rng.uniform(0.0, 0.25) * height)
    rows, columns = height - 2 * rim - foot, width - 2 * rim
    view = _picture(rng, rows, columns)
    if rng.random() < 0.3:
        window = oval(rows, columns, 4, rng.uniform(2, 8))
        view = mix(pixels[rim : rim + rows, rim : rim + columns], view, window[..., None])
    pixels[rim : rim + rows, rim : rim + columns] = view
    if foot > height // 12:
        box = (2 * rim + 4, height - rim - foot, width - 2 * rim - 4, height - rim)
        pixels = _worded(rng, pixels, box, int(rng.integers(1, 4)))
    return pixels, _rounded(height, width, rng.uniform(0.5, 0.06 * width))


def note(rng: np.random.Generator) -> Thing:
    """A bank note or share: nets of fine lines, a portrait, figures."""
    height, width = _format(rng, 1.5, 2.3)
    pixels = _paper(rng, height, width)
    for _ in range(2):
        net = guilloche(
            height, width, rng.uniform(5, 12), rng.uniform(0.5, 3), rng.uniform(40, 200)
        )
        pixels = pixels * filtered(
            net * np.float32(rng.uniform(0.2, 0.7)), rng.uniform(0.2, 0.8, 3)
        )
    side = round(min(height, width) * rng.uniform(0.5, 0.75))
    top, left = (int(rng.integers(5, n - side - 4)) for n in (height, width))
    painting = MOTIFS[str(rng.choice(list(MOTIFS)))](rng, side, side)
    ink = engraved(painting.in_one_ink(), painting.form, rng.uniform(4, 5), 0.6)
    if rng.random() < 0.5:
        ink = np.maximum(ink, rosette(side, side, 6, int(rng.integers(5, 14)), 1.5))
    part = pixels[top : top + side, left : left + side]
    part *= filtered(ink * oval(side, side, 2, rng.uniform(2, 8)), rng.uniform(0, 0.5, 3))
    box = (width * 0.05, height * 0.03, width * 0.95, height * 0.97)
    return _worded(rng, pixels, box, int(rng.integers(2, 6))), _rounded(height, width, 1)


def label(rng: np.random.Generator) -> Thing:
    """A label, round, oval or square, with words in a frame."""
    height, width = _format(rng, 1.0, 2.2)
    squareness = float(rng.choice([2, 2, 3, 8, 30]))
    ground = tinted(np.ones((height, width), np.float32), (0, 0, 0), rng.uniform(0.2, 1, 3))
    inner = oval(height, width, 0.06 * min(height, width), squareness)
    pixels = mix(ground, _paper(rng, height, width), inner[..., None])
    if rng.random() < 0.4:
        soft = oval(height, width, 0.1 * min(height, width), squareness)[..., None]
        pixels = mix(pixels, _picture(rng, height, width), soft * np.float32(0.7))
    box = (width * 0.2, height * 0.2, width * 0.8, height * 0.8)
    return _worded(rng, pixels, box, int(rng.integers(2, 6))), oval(height, width, 1, squareness)


def coin(rng: np.random.Generator) -> Thing:
    """A coin or medal: relief in metal, lit from one side."""
    side = LONG_SIDE
    painting = MOTIFS[str(rng.choice(["profile", "arms", "numeral", "bird"]))](rng, side, side)
    inside = oval(side, side, side * 0.16)
    relief = painting.form / (np.abs(painting.form).max() + 1e-6) + 0.6 * painting.key
    ink = np.zeros((side, side), np.float32)
    box = (side * 0.2, side * 0.06, side * 0.8, side * 0.2)
    words = 1 - _worded(rng, np.ones((side, side, 3), np.float32), box, 1)[..., 0]
    rim = oval(side, side, 1) - oval(side, side, side * 0.035)
    high = relief * inside + 0.5 * words + 0.8 * rim + ink
    turn = rng.uniform(0, 2 * np.pi)
    down, across = np.gradient(high)
    light = 0.55 + 1.3 * (down * np.sin(turn) + across * np.cos(turn))
    light = light + 0.06 * noise(rng, side, side, side * 0.4, 4)
    metal = ((0.95, 0.80, 0.45), (0.85, 0.85, 0.86), (0.82, 0.55, 0.38), (0.62, 0.55, 0.42))
    pixels = tinted(np.clip(light, 0.05, 1.2), (0.02, 0.02, 0.02), metal[rng.integers(4)])
    return pixels, oval(side, side, 1)


def leaf(rng: np.random.Generator) -> Thing:
    """A leaf with its veins."""
    height, width = LONG_SIDE, round(LONG_SIDE * rng.uniform(0.4, 0.9))
    sketch, veins = Sketch(height, width), Sketch(height, width)
    half, belly = sketch.aspect / 2, rng.uniform(0.3, 0.7)
    along = np.linspace(0.02, 0.98, 14)
    bulge = np.sin(np.pi * along ** (np.log(0.5) / np.log(belly)))
    wavy = half * 0.95 * bulge * (1 - rng.uniform(0, 0.25) * (np.arange(14) % 2))
    outline = [(half + w, a) for w, a in zip(wavy, along, strict=True)]
    outline += [(half - w, a) for w, a in zip(wavy[::-1], along[::-1], strict=True)]
    sketch.curve([(float(x), float(y)) for x, y in outline])
    veins.line([(half, 0.02), (half, 0.98)], 0.010)
    for a in np.linspace(0.15, 0.85, int(rng.integers(5, 11))):
        for to in (-1, 1):
            veins.line([(half, a), (half + to * half * 0.9, a - 0.22)], 0.004)
    tone = np.clip(0.5 + 0.25 * noise(rng, height, width, height * 0.2, 4), 0, 1)
    greens = (
        rng.uniform((0.05, 0.20, 0.02), (0.45, 0.45, 0.2)),
        rng.uniform((0.3, 0.45, 0.1), (0.9, 0.85, 0.5)),
    )
    pixels = tinted(tone, *greens)
    return mix(pixels, pixels * 1.35 + 0.05, veins.field()[..., None]), sketch.field()


def panel(rng: np.random.Generator) -> Thing:
    """A piece of something smooth: lacquer, metal, glazing, a tile; with seams or a pattern."""
    height, width = _format(rng, 1.0, 1.8)
    y, x = grid(height, width)
    turn = rng.uniform(0, np.pi)
    slope = (y / height - 0.5) * np.sin(turn) + (x / width - 0.5) * np.cos(turn)
    gleam = np.exp(-(((slope - rng.uniform(-0.4, 0.4)) / rng.uniform(0.05, 0.3)) ** 2))
    tone = 0.6 + 0.35 * slope + rng.uniform(0, 0.4) * gleam
    tone = tone + rng.uniform(0, 0.06) * noise(rng, height, width, 3.0)
    if rng.random() < 0.5:
        step = rng.uniform(0.15, 0.5) * LONG_SIDE
        for way in (y, x):
            seam = np.abs((way + step * 0.4) % step - step / 2)
            tone = tone * (1 - 0.5 * smoothstep(2.5, 1.0, seam))
    pixels = tinted(tone, (0, 0, 0), rng.uniform(0.1, 1.0, 3))
    if rng.random() < 0.4:
        share = oval(height, width, 0.08 * width, rng.uniform(2, 20))[..., None]
        pixels = mix(pixels, _picture(rng, height, width), share * np.float32(0.8))
    return pixels, _rounded(height, width, rng.uniform(1, 0.3 * min(height, width)))


THINGS: dict[str, Callable[[np.random.Generator], Thing]] = {
    "card": card,
    "note": note,
    "label": label,
    "coin": coin,
    "card again": card,
    "leaf": leaf,
    "panel": panel,
}
"""What is drawn beside stamps."""
