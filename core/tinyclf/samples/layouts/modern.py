"""The modern stamp: no frame, flat colour, large figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tinyclf.samples.fields import smoothstep
from tinyclf.samples.layouts.price import price
from tinyclf.samples.lettering import Lettering, stamp_in, write
from tinyclf.samples.motifs import MOTIFS
from tinyclf.samples.plates import Plates, oval, shrunk, size
from tinyclf.samples.words import Words


def lay(rng: np.random.Generator, plates: Plates, words: Words, motif: str) -> None:
    """Lay the stamp out; see `words` and `motif` for what goes in."""
    mm = plates.mm
    frame = shrunk((0, 0, plates.width, plates.height), rng.uniform(1.8, 2.4) * mm)
    height, width = size(frame)
    style = Lettering(rng.uniform(0, 2), rng.uniform(0.8, 1.05), rng.uniform(0.02, 0.14))
    band = round(0.17 * height)
    view = (frame[0], frame[1] + band, frame[2], frame[3] - round(0.10 * height))
    rows, columns = size(view)
    painting = MOTIFS[motif](rng, rows, columns)
    kind = rng.integers(3)
    if kind == 0:
        plates.hang(painting, view)
    elif kind == 1:
        plates.hang(painting, view, smoothstep(0.0, 0.5, oval(rows, columns, 0, 2.4)))
    else:
        plates.bar(frame, 0.55 if len(plates.inks) > 1 else 0.0, "tint")
        plates.hang(painting, view, oval(rows, columns, 0.02 * columns, 7.0))
    ink = plates.key
    tall = band * 0.62
    top = frame[1] + band * 0.45
    flip = rng.random() < 0.5
    ends = ((frame[0] + 0.02 * width, 0.0), (frame[2] - 0.02 * width, 1.0))
    (x0, a0), (x1, a1) = ends if flip else ends[::-1]
    figures = price(words, tall, replace(style, weight=rng.uniform(0.5, 3)), width * 0.3)
    left = x1 - a1 * figures.shape[1]
    stamp_in(ink, figures, left, top - figures.shape[0] / 2)
    write(ink, words.country, (x0, top), tall * 0.55, style, a0, 0.94 * width - figures.shape[1])
    low = frame[3] - 0.045 * height
    text = words.caption or words.post
    write(ink, text, (frame[0], low), 0.036 * height, style, 0.0, width * 0.75)
    write(ink, words.year, (frame[2], low), 0.036 * height, style, 1.0)
