"""The pictorial: a view within thin lines, lettering on bands or in the margin."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field
from tinyclf.samples.layouts.price import price
from tinyclf.samples.lettering import Lettering, write
from tinyclf.samples.motifs import MOTIFS
from tinyclf.samples.plates import Box, Plates, shrunk, size
from tinyclf.samples.words import Words

HIGH_VALUES = frozenset({"landscape", "ship", "building", "locomotive", "bird"})
"""Motifs with sky to spare: the value may stand in an upper corner."""


def lay(rng: np.random.Generator, plates: Plates, words: Words, motif: str) -> None:
    """Lay the stamp out; see `words` and `motif` for what goes in."""
    mm = plates.mm
    frame = shrunk((0, 0, plates.width, plates.height), rng.uniform(1.8, 2.3) * mm)
    line = max(2, round(rng.uniform(0.14, 0.3) * mm))
    style = Lettering(
        rng.uniform(0, 3), rng.uniform(0.75, 1.05), rng.uniform(0.04, 0.16), rng.random() < 0.5
    )
    height = size(frame)[0]
    above, below = (0.0, rng.uniform(0.15, 0.19)) if rng.random() < 0.5 else (0.11, 0.125)
    top, low = round(above * height), round(below * height)
    view = (frame[0], frame[1] + top, frame[2], frame[3] - low)
    plates.hang(MOTIFS[motif](rng, *size(view)), view)
    solid = rng.random() < 0.5
    bands = [(frame[0], frame[3] - low, frame[2], frame[3])]
    if top:
        bands.insert(0, (frame[0], frame[1], frame[2], frame[1] + top))
    for band in bands:
        for name in ("key", "tint", "accent"):
            plates.bar(band, 1.0 if solid and name == "key" else 0.0, name)
    plates.rule(frame, line)
    plates.rule(view, line)
    _lines(rng, plates, bands, words, style, solid, line)
    _value(rng, plates, view, words, style, motif)
    _imprint(plates, frame, words)


def _lines(
    rng: np.random.Generator,
    plates: Plates,
    bands: list[Box],
    words: Words,
    style: Lettering,
    solid: bool,
    line: int,
) -> None:
    if len(bands) == 2:
        texts: list[tuple[Box, str, str]] = [
            (bands[0], words.country, words.post),
            (bands[1], words.caption or words.post, words.year),
        ]
    else:
        texts = [(bands[0], words.country, words.caption or words.post)]
    for band, large, small in texts:
        height, width = size(band)
        ink = np.zeros((height, width), np.float32)
        if len(bands) == 2:
            write(ink, large, (width * 0.04, height / 2), height * 0.48, style, 0.0, width * 0.66)
            write(ink, small, (width * 0.96, height / 2), height * 0.30, style, 1.0, width * 0.24)
        else:
            write(ink, large, (width / 2, height * 0.36), height * 0.36, style, 0.5, width * 0.92)
            write(ink, small, (width / 2, height * 0.77), height * 0.17, style, 0.5, width * 0.7)
        part = plates.key[band[1] : band[3], band[0] : band[2]]
        part += (1 - 2 * part) * ink if solid else ink * (1 - part)


def _value(
    rng: np.random.Generator,
    plates: Plates,
    view: Box,
    words: Words,
    style: Lettering,
    motif: str,
) -> None:
    """Set the value into a corner of the view, on a tablet or freely in white."""
    height, width = size(view)
    tall = rng.uniform(0.12, 0.16) * min(height, width) * (1.1 if motif in HIGH_VALUES else 0.9)
    margin = 0.05 * min(height, width)
    right, up = rng.random() < 0.5, motif in HIGH_VALUES and rng.random() < 0.7
    ink = price(words, tall, style, 0.5 * width)
    rows, columns = ink.shape
    x = margin if not right else width - margin - columns
    y = margin if up else height - margin - rows
    top, left = view[1] + round(y), view[0] + round(x)
    _tablet(rng, plates, (left, top, left + columns, top + rows), ink)


def _tablet(rng: np.random.Generator, plates: Plates, box: Box, ink: Field) -> None:
    left, top, right, bottom = box
    for name in ("key", "tint", "accent"):
        plates.bar(box, 0.0, name)
    if rng.random() < 0.5:
        plates.key[top:bottom, left:right] = 1 - ink
        return
    plates.key[top:bottom, left:right] = ink
    plates.rule(box, max(2, round(0.12 * plates.mm)))


def _imprint(plates: Plates, frame: Box, words: Words) -> None:
    """Name engraver and year in the margin below, as small as can be."""
    y = frame[3] + 0.5 * plates.mm
    tall = 0.45 * plates.mm
    style = Lettering(0, 1.0, 0.08)
    write(plates.key, words.imprint, (frame[0], y), tall, style, 0.0)
    write(plates.key, words.year, (frame[2], y), tall, style, 1.0)
