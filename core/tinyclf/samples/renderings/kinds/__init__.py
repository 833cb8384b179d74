"""Kinds of damage beside those of the sample stamps; the same rules hold as in ``damage/``."""

from __future__ import annotations

from tinyclf.samples.damage import KINDS, Damage
from tinyclf.samples.renderings.kinds import (
    chip,
    crack,
    dirt,
    discolouring,
    edge_wear,
    hole,
    obliteration,
    remnant,
    run,
    scratch,
    scribble,
    tanning,
    tape,
    wrinkle,
)

EVERY_KIND: dict[str, Damage] = {
    **KINDS,
    "chip": chip.damage,
    "crack": crack.damage,
    "dirt": dirt.damage,
    "discolouring": discolouring.damage,
    "edge wear": edge_wear.damage,
    "hole": hole.damage,
    "obliteration": obliteration.damage,
    "remnant": remnant.damage,
    "run": run.damage,
    "scratch": scratch.damage,
    "scribble": scribble.damage,
    "tanning": tanning.damage,
    "tape": tape.damage,
    "wrinkle": wrinkle.damage,
}
"""Every kind of damage a rendering can show, by name."""
