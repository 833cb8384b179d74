"""A small photo of a thing that suffered, as an encoder sees it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tinyclf.samples.fields import Field, Pixels
from tinyclf.samples.renderings.faults import suffer
from tinyclf.samples.scene import Pose, shot
from tinyclf.samples.wear import Fault

SIDE = 224
"""Pixels on a side of a rendering, unless another size is asked for."""

FINER = 1.3
"""The photo is taken at this multiple of its size: what is finer than a pixel still counts."""


def rendered(
    thing: tuple[Pixels, Field],
    suffered: Sequence[Fault],
    fate: np.random.Generator,
    scene: np.random.Generator,
    side: int = SIDE,
) -> NDArray[np.uint8]:
    """Return a photo of the thing, (side, side, 3).

    Args:
        thing: Its pixels and cover, see `things.thing`.
        suffered: Its faults, in the order they happened.
        fate: Where on the thing they sit: the same generator, the same places.
        scene: Light, colours, place, background, file: independent of the faults.
        side: Of the photo, pixels.
    """
    pixels, alpha = suffer(*thing, suffered, fate)
    rows, columns = alpha.shape
    pose = _pose(scene, rows, columns, round(side * FINER))
    picture = shot(pixels, alpha, pose, scene)
    picture = picture.resize((side, side), Image.Resampling.BICUBIC)
    return np.asarray(_filed(_toned(picture, scene), scene))


def _pose(rng: np.random.Generator, rows: int, columns: int, frame: int) -> Pose:
    """Mostly nearly upright and whole; sometimes turned, far away, or so near that it is cut."""
    angle = rng.normal(0, np.radians(6)) + np.pi / 2 * rng.choice(4, p=(0.7, 0.1, 0.1, 0.1))
    if rng.random() < 0.12:
        angle = rng.uniform(0, 2 * np.pi)
    size = rng.uniform(0.8, 1.0) if rng.random() < 0.65 else rng.uniform(0.45, 1.25)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * (columns / 2, rows / 2) @ turn
    corners *= size * (frame / 2) / np.abs(corners).max()
    corners *= 1 + corners[:, ::-1] / frame * rng.normal(0, 0.03, 2)
    room = np.abs(frame / 2 - np.abs(corners).max(axis=0))
    shift = rng.uniform(-0.9, 0.9, 2) * room
    return Pose(frame, frame, corners + frame / 2 + shift)


def _toned(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Return the picture as another camera, lamp or programme would have it."""
    gains, gamma = rng.normal(1, 0.06, 3), np.exp(rng.normal(0, 0.15))
    saturation, grey = rng.uniform(0.6, 1.3), rng.random() < 0.04
    levels = np.linspace(0, 1, 256)[:, None] ** gamma * gains
    tables = np.clip(levels * 255 + 0.5, 0, 255).astype(np.uint8)
    values = np.asarray(picture)
    toned = np.stack([tables[:, k][values[..., k]] for k in range(3)], axis=2).astype(np.float32)
    plain = toned.mean(axis=2, keepdims=True)
    toned = plain + (toned - plain) * np.float32(0 if grey else saturation)
    return Image.fromarray(np.clip(toned, 0, 255).astype(np.uint8))


def _filed(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Return the picture after it was a file: a JPEG, sometimes a small or a poor one."""
    side = picture.width
    if rng.random() < 0.25:
        small = round(side * rng.uniform(0.45, 0.9))
        picture = picture.resize((small, small), Image.Resampling.BICUBIC)
    if rng.random() < 0.5:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=int(rng.integers(40, 96)))
    return Image.open(buffer).convert("RGB").resize((side, side), Image.Resampling.BICUBIC)
