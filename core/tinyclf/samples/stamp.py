"""One sample stamp from its seed and number."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from PIL import Image

from tinyclf.domain import GRADES, Grade
from tinyclf.samples import design, paper
from tinyclf.samples.cancels import cancelled
from tinyclf.samples.fields import Field, Pixels
from tinyclf.samples.scene import photographed
from tinyclf.samples.wear import faults, worn

DEAL = 25
"""So many stamps in a row have each grade equally often."""


class Stream(IntEnum):
    """The streams of randomness of one stamp: none depends on what another was asked for."""

    GRADE = 0
    DESIGN = 1
    PAPER = 2
    CANCEL = 3
    DAMAGE = 4
    SCENE = 5
    FILE = 6


def stream(seed: int, index: int, which: Stream) -> np.random.Generator:
    """Return one stream of randomness of one stamp, at its beginning."""
    return np.random.default_rng([seed, index, which])


def grade_of(seed: int, index: int) -> Grade:
    """Return the grade of stamp number ``index``: dealt like shuffled cards, so that all occur."""
    deal, card = divmod(index, DEAL)
    shuffled = stream(seed, deal, Stream.GRADE).permutation(DEAL)
    return GRADES[int(shuffled[card]) % len(GRADES)]


def fresh(seed: int, index: int) -> tuple[Pixels, Field]:
    """Return a stamp as it left the post office: (height, width, 3), and alpha (height, width)."""
    plates = design.drawn(stream(seed, index, Stream.DESIGN)).plates
    stuff = stream(seed, index, Stream.PAPER)
    plates.key *= paper.inking(stuff, plates.height, plates.width)
    pixels = plates.on(paper.sheet(stuff, plates.height, plates.width))
    alpha = paper.teeth(stuff, plates.height, plates.width, plates.mm)
    return cancelled(pixels, stream(seed, index, Stream.CANCEL), plates.mm), alpha


def draw_stamp(seed: int, index: int, grade: Grade | None = None) -> tuple[Image.Image, Grade]:
    """Draw the photo of one sample stamp.

    The same numbers give the same picture, whatever was drawn before.

    Args:
        seed: Of the whole collection, 0 or more.
        index: Which stamp, from 0.
        grade: Its grade; ``None`` draws that by lot too.

    Returns:
        The photo, RGB, and the grade of the stamp on it.
    """
    grade = grade_of(seed, index) if grade is None else grade
    pixels, alpha = fresh(seed, index)
    fate = stream(seed, index, Stream.DAMAGE)
    pixels, alpha = worn(pixels, alpha, faults(grade, fate), fate)
    return photographed(pixels, alpha, stream(seed, index, Stream.SCENE)), grade
