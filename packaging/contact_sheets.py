"""Puts pictures side by side to be looked at, and shows them as the colour-blind see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

CELL = (960, 600)
"""Room for one picture, in pixels."""
TITLE = 16
GROUND = "#7f7f7f"

BLIND = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
"""What linear RGB turns into without red, or without green cones: Machado, Oliveira and Fernandes,
A physiologically-based model for simulation of color vision deficiency (2009), severity 1.0."""


def draw_sheets(pictures: Iterable[Path], folder: Path, name: str) -> list[Path]:
    """Put four pictures on each sheet, their names above them; return the sheets."""
    sheets = []
    for number, four in enumerate(_fours(list(pictures))):
        sheets.append(folder / f"{name}-{number:02}.png")
        _sheet(four).save(sheets[-1])
    return sheets


def seen_by(kind: str, picture: Image.Image) -> Image.Image:
    """Return a picture as people with that kind of colour blindness see it."""
    linear = _to_linear(np.asarray(picture.convert("RGB"), np.float64) / 255)
    seen = _from_linear(np.clip(linear @ np.array(BLIND[kind]).T, 0, 1))
    return Image.fromarray(np.round(255 * seen).astype(np.uint8))


def _fours(pictures: Sequence[Path]) -> Iterable[Sequence[Path]]:
    return [pictures[first : first + 4] for first in range(0, len(pictures), 4)]


def _sheet(pictures: Sequence[Path]) -> Image.Image:
    width, height = CELL[0], CELL[1] + TITLE
    sheet = Image.new("RGB", (2 * width, (1 + (len(pictures) > 2)) * height), GROUND)
    for place, path in enumerate(pictures):
        x, y = place % 2 * width, place // 2 * height
        picture = Image.open(path).convert("RGB")
        picture.thumbnail(CELL, Image.Resampling.LANCZOS)
        sheet.paste(picture, (x, y + TITLE))
        ImageDraw.Draw(sheet).text((x + 4, y + 2), f"{path.parent.name}/{path.stem}", "white")
    return sheet


def _to_linear(srgb: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def _from_linear(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
