"""The classic definitive: a medallion in an engraved frame, banners above and below."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tinyclf.samples.engraving import guilloche, rosette
from tinyclf.samples.fields import Field
from tinyclf.samples.layouts.price import price
from tinyclf.samples.lettering import Lettering, arc, stamp_in, write
from tinyclf.samples.motifs import MOTIFS
from tinyclf.samples.motifs.numeral import set_figure
from tinyclf.samples.plates import Box, Plates, arch, oval, shrunk, size
from tinyclf.samples.words import Words


def lay(rng: np.random.Generator, plates: Plates, words: Words, motif: str) -> None:
    """Lay the stamp out; see `words` and `motif` for what goes in."""
    mm = plates.mm
    frame = shrunk((0, 0, plates.width, plates.height), rng.uniform(1.7, 2.1) * mm)
    thick = max(2, round(0.28 * mm))
    plates.rule(frame, thick)
    ground = shrunk(frame, thick + rng.uniform(0.2, 0.35) * mm)
    banner = round(rng.uniform(0.115, 0.14) * size(frame)[0])
    foot = round(rng.uniform(0.13, 0.16) * size(frame)[0])
    _spandrels(rng, plates, ground)
    bent = rng.random() < 0.4
    window = _window(rng, plates, ground, banner, foot, words, motif, bent)
    style = Lettering(rng.uniform(0.5, 3), rng.uniform(0.8, 1.1), 0.1, rng.random() < 0.6)
    if not bent:
        _banner(plates, (ground[0], ground[1], ground[2], ground[1] + banner), words.country, style)
    _foot(rng, plates, (ground[0], ground[3] - foot, ground[2], ground[3]), words, style, window)


def _spandrels(rng: np.random.Generator, plates: Plates, box: Box) -> None:
    """Fill the ground with what a lathe engraves."""
    height, width = size(box)
    period = rng.uniform(5.5, 8)
    kind = rng.integers(4)
    net: Field
    if kind == 0:
        net = guilloche(height, width, period, rng.uniform(0.5, 1.5), rng.uniform(25, 60), 0.36)
    elif kind == 1:
        net = rosette(height, width, period, int(rng.integers(8, 30)), rng.uniform(0.4, 1.3), 0.36)
    elif kind == 2:
        net = guilloche(height, width, period * 0.8, 0.0, 50.0, 0.5)
    else:
        net = guilloche(width, height, period, rng.uniform(0.3, 1), rng.uniform(14, 30), 0.36).T
    left, top, right, bottom = box
    plates.plate("key")[top:bottom, left:right] = net
    if rng.random() < 0.5:
        plates.bar(box, 0.5, "tint") if len(plates.inks) > 1 else None


def _window(
    rng: np.random.Generator,
    plates: Plates,
    ground: Box,
    banner: int,
    foot: int,
    words: Words,
    motif: str,
    bent: bool,
) -> Box:
    """Cut the medallion and hang the motif in it; return its box."""
    mm = plates.mm
    air = round(0.35 * mm)
    left, top, right, bottom = ground
    box = (left + air, top + (air if bent else banner + air), right - air, bottom - foot - air)
    height, width = size(box)
    narrow = rng.uniform(0.02, 0.12) * width
    wide = min(width - 2 * narrow, height * 1.25)
    inset = round((width - wide) / 2)
    box = (box[0] + inset, box[1], box[2] - inset, box[3])
    height, width = size(box)
    shape = _shape(rng, bent)
    ring = round((1.9 if bent else 0.28) * mm)
    line = max(1.5, 0.16 * mm)
    part = plates.key[box[1] : box[3], box[0] : box[2]]
    outer = shape(height, width, 0)
    part *= 1 - outer
    solid = shape(height, width, line)
    np.maximum(part, solid, out=part)
    if len(plates.inks) > 1:
        plates.tint[box[1] : box[3], box[0] : box[2]] *= 1 - outer
    part *= 1 - shape(height, width, line + ring + (0 if bent else -line))
    inner_gap = line * 2 + ring + max(1.5, 0.12 * mm)
    if bent:
        _bent_banner(part, words.country, ring, line)
    painting = MOTIFS[motif](rng, height, width)
    plates.hang(painting, box, shape(height, width, inner_gap))
    if motif == "numeral":
        set_figure(part, words.value, Lettering(rng.uniform(1, 4), rng.uniform(0.8, 1.0), 0.02))
    return box


Shape = Callable[[int, int, float], Field]
"""A window for a box of this height and width, so many pixels smaller all round."""


def _shape(rng: np.random.Generator, bent: bool) -> Shape:
    if bent:
        return oval
    kind = rng.integers(4)
    if kind == 0:
        return arch
    power = (2.0, 2.0, 2.6, 9.0)[kind]
    return lambda height, width, shrink: oval(height, width, shrink, power)


def _bent_banner(part: Field, country: str, ring: float, line: float) -> None:
    """Write the country's name in white round the top of the ring."""
    height, width = part.shape
    radii = (width / 2 - line - ring / 2, height / 2 - line - ring / 2)
    style = Lettering(2, 0.95, 0.10)
    letters = arc((height, width), country, (width / 2, height / 2), radii, ring * 0.56, style)
    part *= 1 - letters


def _banner(plates: Plates, box: Box, text: str, style: Lettering) -> None:
    plates.bar(box)
    height, width = size(box)
    ink = np.zeros((height, width), np.float32)
    write(ink, text, (width / 2, height / 2), height * 0.5, style, longest=width * 0.94)
    plates.key[box[1] : box[3], box[0] : box[2]] *= 1 - ink


def _foot(
    rng: np.random.Generator, plates: Plates, box: Box, words: Words, style: Lettering, window: Box
) -> None:
    """Set the value, in two corners or in the middle, and the word for post beside it."""
    left, top, right, bottom = box
    height, width = size(box)
    plates.bar(box)
    ink = np.zeros((height, width), np.float32)
    figure = Lettering(4, 0.95, 0.02, style.serifs)
    middle = height / 2
    if rng.random() < 0.6:
        square = round(height * 1.0)
        high, low = (words.caption, words.post) if words.caption else (words.post, words.coin_name)
        for x in (square * 0.55, width - square * 0.55):
            write(ink, words.value, (x, middle), height * 0.62, figure, longest=square * 1.1)
        room = width - 2.6 * square
        write(ink, high, (width / 2, middle - height * 0.17), height * 0.26, style, longest=room)
        write(ink, low, (width / 2, middle + height * 0.22), height * 0.2, style, longest=room)
    else:
        figures = price(words, height * 0.6, style, width * 0.34)
        corner = ((width - figures.shape[1]) / 2, middle - figures.shape[0] / 2)
        stamp_in(ink, figures, *corner)
        for x, align, side in ((width * 0.04, 0.0, words.post), (width * 0.96, 1.0, words.year)):
            write(ink, side, (x, middle), height * 0.26, style, align, longest=width * 0.24)
    plates.key[top:bottom, left:right] *= 1 - ink
