"""One stamp's design: format, press, inks, layout, motif and words, all drawn by lot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.samples import words
from tinyclf.samples.layouts import classic, modern, pictorial
from tinyclf.samples.motifs import MOTIFS
from tinyclf.samples.plates import Ink, Plates, Press

LONG_SIDE = 540
"""Pixels along a stamp's longer side."""

UPRIGHT = ((21, 25), (22, 27), (24, 29), (26, 33), (26, 36), (30, 40))
LYING = ((36, 26), (40, 26), (40, 30), (37, 29), (33, 33), (48, 30))
"""Formats, millimetres across and down."""

DARK_INKS: tuple[Ink, ...] = (
    (0.62, 0.10, 0.16), (0.12, 0.22, 0.50), (0.10, 0.34, 0.24), (0.34, 0.21, 0.13),
    (0.28, 0.22, 0.42), (0.13, 0.13, 0.15), (0.66, 0.27, 0.10), (0.08, 0.30, 0.42),
    (0.54, 0.12, 0.36), (0.36, 0.36, 0.14), (0.48, 0.16, 0.13), (0.22, 0.28, 0.34),
    (0.72, 0.18, 0.14), (0.10, 0.40, 0.44), (0.42, 0.26, 0.42),
)  # fmt: skip
"""The classic colours: carmine, ultramarine, bottle green, sepia, violet, black, ..."""

SCHEMES: tuple[tuple[Ink, ...], ...] = (
    ((0.13, 0.15, 0.20), (0.62, 0.78, 0.86), (0.82, 0.32, 0.24)),
    ((0.26, 0.17, 0.12), (0.93, 0.80, 0.56), (0.70, 0.36, 0.20)),
    ((0.10, 0.20, 0.36), (0.70, 0.82, 0.72), (0.90, 0.66, 0.25)),
    ((0.12, 0.24, 0.20), (0.82, 0.86, 0.62), (0.84, 0.44, 0.38)),
    ((0.30, 0.12, 0.24), (0.90, 0.74, 0.76), (0.52, 0.58, 0.74)),
    ((0.14, 0.14, 0.16), (0.90, 0.84, 0.66), (0.72, 0.22, 0.22)),
    ((0.20, 0.20, 0.34), (0.80, 0.80, 0.90), (0.86, 0.62, 0.40)),
    ((0.36, 0.14, 0.12), (0.78, 0.84, 0.86), (0.36, 0.56, 0.62)),
    ((0.10, 0.26, 0.34), (0.96, 0.84, 0.48), (0.78, 0.36, 0.28)),
    ((0.18, 0.16, 0.14), (0.66, 0.80, 0.66), (0.76, 0.38, 0.50)),
)
"""Key, tint and accent that go together."""

LAYOUTS = {"classic": classic.lay, "pictorial": pictorial.lay, "modern": modern.lay}

CLASSIC_MOTIFS = (
    "profile", "profile", "profile", "profile", "numeral", "arms", "building", "landscape",
    "ship",
)  # fmt: skip
OTHER_MOTIFS = (
    "profile", "landscape", "ship", "building", "flower", "bird", "butterfly", "locomotive",
)  # fmt: skip


@dataclass(frozen=True)
class Design:
    """What was drawn: the plates to print from, and what they show."""

    plates: Plates
    layout: str
    motif: str


def drawn(rng: np.random.Generator) -> Design:
    """Draw a design by lot and engrave its plates."""
    layout = str(rng.choice(["classic", "pictorial", "modern"], p=[0.42, 0.36, 0.22]))
    names = CLASSIC_MOTIFS if layout == "classic" else OTHER_MOTIFS
    motif = str(rng.choice([name for name in names if name in MOTIFS]))
    plates = blank(rng, layout, motif)
    LAYOUTS[layout](rng, plates, words.invented(rng, motif), motif)
    return Design(plates, layout, motif)


def blank(rng: np.random.Generator, layout: str, motif: str) -> Plates:
    """Return empty plates in a format, press and inks that suit layout and motif."""
    upright = layout == "classic" or motif in ("profile", "arms", "numeral", "flower")
    if rng.random() < 0.18:
        upright = not upright
    sizes = list(UPRIGHT if upright else LYING)
    if layout == "classic" and upright:
        sizes = sizes[:4]
    across, down = sizes[rng.integers(len(sizes))]
    mm = LONG_SIDE / max(across, down)
    colourful = rng.random() < {"classic": 0.15, "pictorial": 0.6, "modern": 0.85}[layout]
    if motif in ("flower", "butterfly", "bird"):
        colourful = colourful or rng.random() < 0.7
    press = (
        Press.GRAVURE
        if rng.random() < {"classic": 0.1, "modern": 0.5}.get(layout, 0.2)
        else Press.ENGRAVED
    )
    return Plates(
        height=round(down * mm),
        width=round(across * mm),
        mm=mm,
        inks=_inks(rng, colourful),
        press=press,
        period=rng.uniform(4.2, 5.2),
        angle=float(rng.choice([0.0, 0.5, 0.8, 1.1])),
    )


def _inks(rng: np.random.Generator, colourful: bool) -> tuple[Ink, ...]:
    if not colourful:
        return (DARK_INKS[rng.integers(len(DARK_INKS))],)
    scheme = SCHEMES[rng.integers(len(SCHEMES))]
    return scheme if rng.random() < 0.75 else scheme[:2]
