"""The photograph: where the stamp lies, how it is lit, and what the camera makes of it.

Nothing here depends on the grade.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, sin

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from tinyclf.samples.backgrounds import BACKGROUNDS
from tinyclf.samples.fields import Field, Pixels, grid, noise, planar

SIZES = ((640, 480), (640, 480), (640, 480), (720, 540), (800, 600))
"""Long and short side of the photos, pixels."""


FINER = 1.15
"""The stamp is brought to this multiple of its size in the photo before it is turned."""


BRIGHTEST = 1.5
"""The light at which the camera's sensor is full; white paper in plain light is about 1."""


@dataclass(frozen=True)
class Pose:
    """Where the stamp lies in the photo.

    Attributes:
        width: Of the photo.
        height: Of the photo.
        corners: The stamp's four corners (x, y): top left, top right, bottom right, bottom left.
    """

    width: int
    height: int
    corners: NDArray[np.float64]


def photographed(pixels: Pixels, alpha: Field, rng: np.random.Generator) -> Image.Image:
    """Return the photo of a stamp.

    Args:
        pixels: The stamp, (height, width, 3), 0 to 1.
        alpha: What of the picture it covers, (height, width).
        rng: Where the randomness comes from.
    """
    return shot(pixels, alpha, _pose(rng, *alpha.shape), rng)


def shot(pixels: Pixels, alpha: Field, pose: Pose, rng: np.random.Generator) -> Image.Image:
    """Return the photo of a thing that lies as ``pose`` says; the rest as in `photographed`."""
    ground = BACKGROUNDS[rng.integers(len(BACKGROUNDS))](rng, pose.height, pose.width)
    direction = rng.uniform(0, 2 * np.pi)
    stamp, cover = _laid(pixels * _curl(rng, alpha)[..., None], alpha, pose)
    shadow = _shadow(rng, cover, direction)
    scene = ground * ((1 - shadow) * (1 - cover))[..., None]
    scene += stamp
    scene *= _light(rng, pose.height, pose.width, direction)[..., None]
    return _taken(rng, scene)


def _pose(rng: np.random.Generator, rows: int, columns: int) -> Pose:
    long, short = SIZES[rng.integers(len(SIZES))]
    lying = columns > rows * 1.05
    if rng.random() < 0.12:
        lying = not lying
    width, height = (long, short) if lying else (short, long)
    angle = np.radians(rng.normal(0, 5.0))
    scale = rng.uniform(0.74, 0.88) * min(width / columns, height / rows)
    half = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * (columns * scale / 2, rows * scale / 2)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    corners = half @ turn
    keystone = rng.normal(0, 0.016, 2)
    corners *= 1 + (corners[:, ::-1] / (width, height)) * keystone * 2
    middle = np.array([width / 2, height / 2])
    corners *= min(1.0, *(0.96 * middle / np.abs(corners).max(axis=0)))
    room = middle - np.abs(corners).max(axis=0)
    shift = np.clip(rng.normal(0, 0.04, 2) * middle, -0.8 * room, 0.8 * room)
    return Pose(width, height, corners + middle + shift)


def _laid(pixels: Pixels, alpha: Field, pose: Pose) -> tuple[Pixels, Field]:
    """Return the stamp in the photo's frame, multiplied by its cover, and the cover."""
    rows, columns = alpha.shape
    side = np.linalg.norm(pose.corners[1] - pose.corners[0]) / columns
    small = (max(2, round(columns * side * FINER)), max(2, round(rows * side * FINER)))
    rgba = np.empty((rows, columns, 4), np.uint8)
    rgba[..., :3] = np.clip(pixels * (alpha * 255)[..., None] + 0.5, 0, 255)
    rgba[..., 3] = alpha * 255 + 0.5
    picture = Image.frombytes("RGBa", (columns, rows), rgba.tobytes())
    picture = picture.resize(small, Image.Resampling.LANCZOS)
    placed = picture.transform(
        (pose.width, pose.height),
        Image.Transform.PERSPECTIVE,
        _coefficients(pose.corners, small),
        Image.Resampling.BILINEAR,
    )
    values = planar(np.asarray(placed)) * np.float32(1 / 255)
    return values[..., :3], values[..., 3]


def _coefficients(corners: NDArray[np.float64], small: tuple[int, int]) -> list[float]:
    """Return the eight numbers that lead from a point of the photo back to the stamp."""
    width, height = small
    targets = ((0, 0), (width, 0), (width, height), (0, height))
    equations, values = [], []
    for (x, y), (u, v) in zip(corners, targets, strict=True):
        equations += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(c) for c in np.linalg.solve(np.array(equations), np.array(values))]


def _curl(rng: np.random.Generator, alpha: Field) -> Field:
    """Return how the paper's slight curl catches the light."""
    y, x = grid(*alpha.shape)
    across, down = rng.normal(0, 0.05, 2)
    bend = rng.normal(0, 0.05)
    u, v = x / alpha.shape[1] - 0.5, y / alpha.shape[0] - 0.5
    curl: Field = (1 + across * u + down * v + bend * (u * u + v * v - 0.16)).astype(np.float32)
    return curl


def _shadow(rng: np.random.Generator, cover: Field, direction: float) -> Field:
    """Return the shadow under the stamp: a tight one all round and a soft one to one side."""
    far, soft = rng.uniform(2, 6), rng.uniform(2, 7)
    picture = Image.fromarray((cover * 255).astype(np.uint8))
    tight = picture.filter(ImageFilter.BoxBlur(2))
    wide = picture.reduce(2).filter(ImageFilter.GaussianBlur(soft / 2)).resize(picture.size)
    shift = (round(-far * np.sin(direction)), round(-far * np.cos(direction)))
    cast = np.roll(np.asarray(wide, np.float32), shift, axis=(0, 1))
    dark = np.float32(rng.uniform(0.25, 0.6) / 255)
    shadow: Field = np.maximum(cast * dark, np.asarray(tight, np.float32) * np.float32(0.45 / 255))
    return shadow


def _light(rng: np.random.Generator, height: int, width: int, direction: float) -> Field:
    """Return the light on each pixel: from one side, uneven, falling off to the corners."""
    y, x = grid(height, width)
    v, u = y / height - 0.5, x / width - 0.5
    fall = rng.uniform(0.0, 0.45)
    light: Field = 1 + fall * (u * cos(direction) + v * sin(direction))
    light = light * (1 - rng.uniform(0, 0.5) * (u * u + v * v))
    if rng.random() < 0.25:
        light = light + _glare(rng, u, v)
    return light


def _glare(rng: np.random.Generator, u: Field, v: Field) -> Field:
    """Return a lamp's reflection, a soft streak."""
    (u0, v0), turn = rng.uniform(-0.35, 0.35, 2).tolist(), rng.uniform(0, np.pi)
    along = (u - u0) * cos(turn) + (v - v0) * sin(turn)
    across = (v - v0) * cos(turn) - (u - u0) * sin(turn)
    glare: Field = rng.uniform(0.12, 0.4) * np.exp(-((across / 0.12) ** 2) - (along / 0.35) ** 2)
    return glare


def _taken(rng: np.random.Generator, scene: Pixels) -> Image.Image:
    """Return what the camera makes of the scene: exposure, colour cast, focus, noise."""
    raw = Image.fromarray(np.clip(scene * (255 / BRIGHTEST) + 0.5, 0, 255).astype(np.uint8))
    warm, green, exposure = rng.normal(0, 0.055), rng.normal(0, 0.02), rng.uniform(0.78, 1.12)
    contrast = rng.uniform(0.85, 1.2)
    balance = (1 + warm, 1 + green, 1 - warm)
    picture = raw.point([tone for gain in balance for tone in _tones(gain * exposure, contrast)])
    blur = abs(rng.normal(0, 0.5))
    if blur > 0.3:
        picture = picture.filter(ImageFilter.BoxBlur(min(blur, 1.2)))
    return _grainy(rng, picture)


def _tones(gain: float, contrast: float) -> list[int]:
    """Return what becomes of each raw level: tones bent, highlights soft instead of burnt."""
    light = np.linspace(0, BRIGHTEST, 256) * gain
    bent = (light - 0.45) * contrast + 0.45
    high = np.maximum(bent - 0.85, 0)
    bent -= high * high / (high + 0.15)
    levels: list[int] = np.round(np.clip(bent, 0, 1) * 255).astype(int).tolist()
    return levels


def _grainy(rng: np.random.Generator, picture: Image.Image) -> Image.Image:
    values = planar(np.asarray(picture)).astype(np.float32)
    height, width = values.shape[:2]
    spread = np.float32(rng.uniform(0.6, 4.0))
    grain = rng.standard_normal((height, width), dtype=np.float32)
    cast = noise(rng, height, width, 3.0)
    shares = ((0.9, 0.6), (1.0, -0.2), (0.9, 0.5))
    bands = [values[..., k] + spread * (g * grain + c * cast) for k, (g, c) in enumerate(shares)]
    return Image.fromarray(np.clip(np.stack(bands, axis=2), 0, 255).astype(np.uint8))
