"""What is measured of a photo, how much of it makes a fault, and what the faults are.

A fault costs a person an example that they graded, so each limit is set where no good photo lies:
`resources/docs/CHOICES.md` tells what was seen. All is measured on the thumbnail: what it does not
show, no network here sees either, as they look at hardly more pixels.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tinyclf.data.photo_faults.cropping import cut_off
from tinyclf.data.photo_faults.edges import edge_widths, sharpest_width
from tinyclf.data.photo_faults.glare import glare
from tinyclf.domain import PhotoFault

BRIGHTEST = 0.99
"""Which pixel's luminance tells how bright a picture is: nearly the brightest, dust aside."""

FEWEST_PIXELS = 64
"""Of the longer side: of a smaller picture nothing but that can be said."""

BLURRED = 1.6
"""Pixels of a thumbnail: from here on even the sharpest edges are spread."""
DARK = 60
"""Grey levels: where nearly nothing is brighter, the photo is too dark."""
GLARE = 0.004
"""Of the picture: so much wiped out by one spot is glare."""
CUT = 0.2
"""Of a side: so much taken by the subject is a cut."""
TINY_SHARE = 0.4
"""Of the usual longer side in a collection: a smaller photo is tiny beside the others."""
TINY_PIXELS = 200
"""Of the longer side: a photo with more is never tiny."""
USUAL = {
    PhotoFault.BLURRED: 0.5,
    PhotoFault.DARK: 0.5,
    PhotoFault.GLARE: 0.5,
    PhotoFault.CUT_OFF: 0.05,
}
"""Of a collection: where more photos have a fault, that is how they were taken, and no fault."""
USUAL_COUNT = 3
"""So many photos are never usual: of a handful half may be bad."""
UNSEEN = 128
"""In place of its faults: the picture was not looked at yet."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What one picture measures.

    Attributes:
        edge_width: How far even its sharpest edges are spread, in pixels; 0 where none can be told.
        brightness: The luminance of nearly its brightest pixel, 0 to 255.
        glare: The share of it that a spot of glare has wiped out, 0 to 1.
        cut: How much of a side the subject takes where the frame cuts it, 0 to 1.
    """

    edge_width: float
    brightness: float
    glare: float
    cut: float

    @property
    def numbers(self) -> tuple[float, ...]:
        """All of them, in this order."""
        return astuple(self)


UNTOLD = Measures(0.0, 255.0, 0.0, 0.0)
"""Of a picture too small to say anything of."""


def measure(image: Image.Image) -> Measures:
    """Measure a picture of a thumbnail's size: RGB, upright."""
    if max(image.size) < FEWEST_PIXELS or min(image.size) < FEWEST_PIXELS // 4:
        return UNTOLD
    colours = np.asarray(image, np.uint8)
    grey = np.asarray(image.convert("L"), np.float32)
    widths, steepness = edge_widths(grey)
    return Measures(
        edge_width=sharpest_width(widths, steepness),
        brightness=float(np.quantile(grey, BRIGHTEST)),
        glare=glare(colours, grey, widths, steepness),
        cut=cut_off(image),
    )


def faults_of(measures: Measures) -> PhotoFault:
    """Return what is wrong with a photo, going by its picture alone."""
    found = PhotoFault(0)
    if measures.edge_width >= BLURRED:
        found |= PhotoFault.BLURRED
    if measures.brightness < DARK:
        found |= PhotoFault.DARK
    if measures.glare >= GLARE:
        found |= PhotoFault.GLARE
    if measures.cut >= CUT:
        found |= PhotoFault.CUT_OFF
    return found


def faults_within(
    pictures: NDArray[np.uint8], width: NDArray[np.int64], height: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """Return what is wrong with each photo of a collection, in view of the others, (n,).

    Args:
        pictures: What is wrong with each picture by itself, (n,): `faults_of`, or `UNSEEN`.
        width: Pixels across, (n,).
        height: Pixels down, (n,).
    """
    seen = np.count_nonzero(pictures != UNSEEN)
    faults = np.where(pictures == UNSEEN, np.uint8(0), pictures)
    for fault, share in USUAL.items():
        if np.count_nonzero(faults & fault) > max(USUAL_COUNT, share * seen):
            faults &= np.uint8(0xFF & ~fault)
    faults[tiny_ones(width, height)] |= np.uint8(PhotoFault.TINY)
    return faults


def tiny_ones(width: NDArray[np.int64], height: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which photos of a collection are tiny beside the others, (n,).

    A collection of nothing but small pictures is one that somebody wants graded as it is.

    Args:
        width: Pixels across, (n,).
        height: Pixels down, (n,).
    """
    longer = np.maximum(width, height)
    if not len(longer):
        return np.zeros(0, np.bool_)
    small: NDArray[np.bool_] = longer < min(TINY_SHARE * float(np.median(longer)), TINY_PIXELS)
    return small
