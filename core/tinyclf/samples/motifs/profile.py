"""A head in profile: kings, poets and allegories."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, blurred, grid, mix, noise, smoothstep, triangle
from tinyclf.samples.motifs.relief import lit, raised
from tinyclf.samples.painting import Painting
from tinyclf.samples.sketch import Points, Sketch

FACE: Points = (
    (-0.16, -0.42), (-0.27, -0.31), (-0.315, -0.20), (-0.325, -0.11), (-0.297, -0.055),
    (-0.345, 0.03), (-0.412, 0.115), (-0.405, 0.145), (-0.335, 0.165), (-0.330, 0.195),
    (-0.358, 0.230), (-0.322, 0.258), (-0.348, 0.288), (-0.318, 0.322), (-0.335, 0.375),
    (-0.300, 0.425), (-0.215, 0.440),
)  # fmt: skip
"""From the hairline to under the chin, looking left; the head is about one high, round (0, 0)."""

NECK: Points = ((-0.09, 0.40), (-0.055, 0.48), (-0.075, 0.58), (-0.15, 0.67))
BACK: Points = (
    (0.42, 0.70), (0.28, 0.60), (0.205, 0.47), (0.235, 0.34), (0.345, 0.16), (0.385, -0.06),
    (0.355, -0.26), (0.24, -0.42), (0.08, -0.50), (-0.06, -0.485),
)  # fmt: skip
SKULL: Points = (
    (0.25, 0.36), (0.345, 0.16), (0.395, -0.06), (0.365, -0.27), (0.24, -0.44), (0.08, -0.52),
    (-0.08, -0.50), (-0.20, -0.41), (-0.15, -0.30), (-0.06, -0.22), (-0.03, -0.10), (0.02, 0.00),
    (0.03, 0.10), (0.10, 0.14), (0.16, 0.22), (0.20, 0.33),
)  # fmt: skip
EAR: Points = (
    (0.035, -0.04), (0.09, -0.055), (0.125, -0.01), (0.105, 0.06), (0.07, 0.115), (0.045, 0.09),
    (0.05, 0.03),
)  # fmt: skip
BEARD: Points = (
    (0.04, 0.10), (-0.07, 0.20), (-0.18, 0.235), (-0.27, 0.225), (-0.335, 0.20), (-0.365, 0.235),
    (-0.30, 0.262), (-0.31, 0.30), (-0.375, 0.36), (-0.40, 0.46), (-0.33, 0.57), (-0.20, 0.60),
    (-0.06, 0.50), (0.04, 0.36), (0.09, 0.22),
)  # fmt: skip
MOUSTACHE: Points = (
    (-0.365, 0.205), (-0.31, 0.175), (-0.24, 0.19), (-0.16, 0.235), (-0.20, 0.262), (-0.29, 0.245),
    (-0.36, 0.24),
)  # fmt: skip


class _Easel:
    """Places head coordinates on a sketch, facing left or right, and draws one layer at a time."""

    def __init__(self, height: int, width: int, rng: np.random.Generator) -> None:
        self.height, self.width = height, width
        self.zoom = rng.uniform(0.64, 0.72)
        self.middle = (width / height / 2, 0.45)
        self.lean = rng.uniform(-0.06, 0.06)

    def layer(self, *shapes: tuple[Points, float]) -> Field:
        sheet = Sketch(self.height, self.width)
        for shape, tone in shapes:
            sheet.curve(self.placed(shape), tone)
        return sheet.field()

    def strokes(self, *lines: tuple[Points, float, float]) -> Field:
        sheet = Sketch(self.height, self.width)
        for line, thickness, tone in lines:
            sheet.stroke(self.placed(line), thickness * self.zoom, tone)
        return sheet.field()

    def placed(self, points: Points) -> list[tuple[float, float]]:
        x0, y0 = self.middle
        z = self.zoom
        return [
            (x0 + z * (x + 0.03 - self.lean * y), y0 + z * (y + self.lean * x)) for x, y in points
        ]


def _character(rng: np.random.Generator) -> Points:
    """Return a face of its own: nose, chin, brow and lips vary."""
    nose, chin, brow = rng.normal(0, (0.018, 0.016, 0.012))
    snub = rng.normal(0, 0.012)
    shift = np.zeros((len(FACE), 2))
    shift[5:8, 0] -= nose
    shift[6:8, 1] -= snub
    shift[13:16, 0] -= chin
    shift[14:17, 1] += chin * 0.6
    shift[2:4, 0] -= brow
    shift[9:13, 0] += rng.normal(0, 0.006)
    return [(float(x), float(y)) for x, y in np.asarray(FACE) + shift]


def paint(rng: np.random.Generator, height: int, width: int) -> Painting:
    """Paint the head of somebody who never lived."""
    easel = _Easel(height, width, rng)
    face = _character(rng)
    bust = _bust(rng)
    skin = easel.layer(([*face, *NECK, *bust, *BACK], 1.0))
    unit = easel.zoom * height
    dress, hair, extra = _attire(rng, easel)
    surface = raised(skin, unit * 0.16) + raised(hair, unit * 0.07)
    surface += _features(easel, unit)
    bright = lit(blurred(surface, unit * 0.006), 0.9, 0.55)
    tone = np.clip(1.02 - 1.12 * bright, 0, 1) ** 1.15 * 0.9
    tone = mix(tone, _locks(rng, easel, bright), hair)
    tone = mix(tone, np.clip(0.62 + 0.9 * (0.62 - bright), 0.1, 1), dress)
    tone = np.maximum(tone, _pen(easel, face))
    tone = mix(tone, extra * (0.25 + 0.75 * (1 - bright)), smoothstep(0.02, 0.2, extra))
    figure = np.maximum(np.maximum(skin, hair), smoothstep(0.02, 0.1, extra))
    ground = _ground(rng, height, width)
    painting = Painting(
        key=mix(ground, np.clip(tone, 0, 1), figure),
        tint=(1 - figure) * 0.8 + figure * 0.12,
        accent=dress * figure,
        form=blurred(surface, unit * 0.02) * 0.5 * figure,
    )
    return painting if rng.random() < 0.55 else painting.mirrored()


def _bust(rng: np.random.Generator) -> Points:
    """Return how the picture ends below: shoulders to the border, or a sculptor's cut."""
    if rng.random() < 0.6:
        return [(-0.36, 0.76), (-0.55, 0.88), (-0.62, 1.3), (0.85, 1.3), (0.80, 0.90), (0.62, 0.77)]
    return [(-0.22, 0.76), (-0.14, 0.84), (0.04, 0.80), (0.28, 0.86), (0.47, 0.79)]


def _attire(rng: np.random.Generator, easel: _Easel) -> tuple[Field, Field, Field]:
    """Return the coat, the hair (beard included) and what is worn over it, 0 to 1 each."""
    empty = np.zeros((easel.height, easel.width), dtype=np.float32)
    hair = [(SKULL, 1.0)]
    coat, extra = empty, empty
    who = rng.choice(["gentleman", "lady", "classic", "crowned", "bearded", "soldier"])
    if who in ("gentleman", "bearded", "soldier"):
        coat = easel.layer(
            ([(-0.70, 1.4), (-0.58, 0.86), (-0.34, 0.72), (-0.13, 0.58), (0.06, 0.65),
              (0.245, 0.49), (0.44, 0.67), (0.72, 0.80), (0.90, 1.4)], 1.0),
        )  # fmt: skip
    if who == "bearded":
        hair.append((BEARD, 1.0))
    if who in ("gentleman", "soldier") and rng.random() < 0.6:
        hair.append((MOUSTACHE, 1.0))
    if who == "lady":
        hair += [([(0.30, -0.12), (0.46, -0.14), (0.52, 0.02), (0.45, 0.16), (0.31, 0.14)], 1.0)]
    if who == "classic":
        extra = _laurel(easel)
    if who == "crowned":
        extra = _crown(easel)
    if who == "soldier":
        extra = easel.layer(
            ([(-0.42, -0.20), (-0.27, -0.26), (-0.24, -0.50), (0.05, -0.60), (0.34, -0.50),
              (0.38, -0.20), (0.10, -0.235), (-0.20, -0.235)], 0.85),
        )  # fmt: skip
    return coat, easel.layer(*hair), extra


def _laurel(easel: _Easel) -> Field:
    leaves: list[tuple[Points, float]] = []
    for k in range(9):
        t = k / 8
        x, y = -0.24 + 0.58 * t, -0.30 - 0.12 * np.sin(np.pi * t) + 0.28 * t
        for side in (-1.0, 1.0):
            tip = (x - 0.085, y - 0.035 + side * 0.055)
            leaf = [(x, y), (x - 0.05, y + side * 0.045 - 0.035), tip,
                    (x - 0.035, y + side * 0.02 + 0.012)]  # fmt: skip
            leaves.append((leaf, 0.6 + 0.4 * (k % 2)))
    return easel.layer(*leaves)


def _crown(easel: _Easel) -> Field:
    sheet: list[tuple[Points, float]] = [
        ([(-0.27, -0.36), (0.08, -0.47), (0.37, -0.34), (0.40, -0.27), (0.08, -0.39),
          (-0.25, -0.28)], 0.75),
    ]  # fmt: skip
    for k in range(5):
        x = -0.22 + 0.14 * k
        y = -0.40 - 0.08 * np.sin(np.pi * (k + 0.5) / 5)
        sheet.append(([(x - 0.035, y + 0.05), (x, y - 0.13), (x + 0.035, y + 0.05)], 0.9))
        sheet.append(([(x - 0.02, y - 0.13), (x, y - 0.155), (x + 0.02, y - 0.13),
                       (x, y - 0.105)], 0.5))  # fmt: skip
    return easel.layer(*sheet)


def _features(easel: _Easel, unit: float) -> Field:
    """Return the height of cheek, brow, ear, eye and jaw over the plain relief."""
    soft = easel.layer(
        ([(-0.26, 0.03), (-0.17, 0.0), (-0.10, 0.08), (-0.14, 0.17), (-0.23, 0.15)], 1.0),
        ([(-0.30, 0.33), (-0.20, 0.36), (-0.20, 0.42), (-0.29, 0.41)], 0.8),
    )
    brow = easel.strokes((((-0.315, -0.09), (-0.25, -0.115), (-0.17, -0.095)), 0.035, 1.0))
    socket = easel.layer(([(-0.30, -0.06), (-0.24, -0.075), (-0.19, -0.04), (-0.25, -0.01)], 1.0))
    lid = easel.layer(([(-0.285, -0.035), (-0.25, -0.05), (-0.21, -0.03), (-0.25, -0.015)], 1.0))
    ear = easel.layer((EAR, 1.0))
    jaw = easel.strokes((((0.05, 0.16), (0.02, 0.27), (-0.08, 0.37), (-0.20, 0.43)), 0.05, 1.0))
    parts = ((soft, 0.035, 0.035), (brow, 0.012, 0.02), (socket, 0.018, -0.035),
             (lid, 0.006, 0.012), (ear, 0.010, 0.028), (jaw, 0.022, 0.03))  # fmt: skip
    total = np.zeros_like(soft)
    for part, softness, rise in parts:
        total += blurred(part, unit * softness) * np.float32(unit * rise)
    return total


def _pen(easel: _Easel, face: Points) -> Field:
    """Return what the engraver draws with single strokes: lids, iris, nostril, mouth, ear."""
    mouth_x, mouth_y = face[11]
    return easel.strokes(
        (((-0.298, -0.036), (-0.262, -0.056), (-0.205, -0.030)), 0.013, 0.95),
        (((-0.288, -0.022), (-0.252, -0.012), (-0.215, -0.024)), 0.006, 0.6),
        (((-0.272, -0.048), (-0.268, -0.022)), 0.022, 0.95),
        (((-0.318, -0.098), (-0.26, -0.128), (-0.175, -0.108)), 0.016, 0.75),
        (((-0.365, 0.148), (-0.343, 0.134), (-0.328, 0.150)), 0.013, 0.85),
        (((-0.318, 0.10), (-0.300, 0.128), (-0.318, 0.160)), 0.006, 0.55),
        (
            ((mouth_x - 0.012, mouth_y), (-0.29, mouth_y + 0.003), (-0.262, mouth_y + 0.013)),
            0.011,
            0.9,
        ),
        (((0.05, -0.03), (0.095, -0.035), (0.105, 0.01), (0.08, 0.06), (0.062, 0.09)), 0.008, 0.7),
        (((0.06, 0.03), (0.085, 0.02), (0.08, 0.05)), 0.012, 0.7),
    )


def _locks(rng: np.random.Generator, easel: _Easel, bright: Field) -> Field:
    """Return the tone of hair: strands that run round the head in waves."""
    height, width = bright.shape
    y, x = grid(height, width)
    x0, y0 = easel.placed([(-0.05, 0.02)])[0]
    unit = easel.zoom * height
    dy, dx = (y - y0 * height) / unit, (x - x0 * height) / unit
    radius, angle = np.hypot(dy, dx), np.arctan2(dy, dx)
    wave = noise(rng, height, width, unit * 0.16, 2)
    strand = triangle(radius * rng.uniform(9, 14) + 0.55 * wave + angle * rng.uniform(-1, 1))
    base = rng.uniform(0.35, 0.75)
    tone: Field = np.clip(base + 0.55 * (strand - 0.5) + 1.1 * (0.72 - bright), 0.08, 1)
    return tone


def _ground(rng: np.random.Generator, height: int, width: int) -> Field:
    """Return the tone behind the head: even, or lighter towards the face."""
    y, x = grid(height, width)
    base = rng.choice([0.0, 0.34, 0.44, 0.58])
    if base == 0.0:
        return np.zeros((height, width), dtype=np.float32)
    slope = rng.uniform(-0.22, 0.22)
    tone: Field = np.clip(base + slope * (x / width - 0.5) + 0.18 * (y / height - 0.5), 0.1, 0.75)
    return tone.astype(np.float32)
