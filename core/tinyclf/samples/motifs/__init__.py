"""What stamps show: one motif a file, each a function ``paint(rng, height, width) -> Painting``."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tinyclf.samples.motifs import (
    arms,
    bird,
    building,
    butterfly,
    flower,
    landscape,
    locomotive,
    numeral,
    profile,
    ship,
)  # fmt: skip
from tinyclf.samples.painting import Painting

Paint = Callable[[np.random.Generator, int, int], Painting]

MOTIFS: dict[str, Paint] = {
    "arms": arms.paint,
    "bird": bird.paint,
    "building": building.paint,
    "butterfly": butterfly.paint,
    "flower": flower.paint,
    "landscape": landscape.paint,
    "locomotive": locomotive.paint,
    "numeral": numeral.paint,
    "profile": profile.paint,
    "ship": ship.paint,
}
"""Every motif by name."""
