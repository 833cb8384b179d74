"""How a photo's vector is laid out: known without any encoder."""

from __future__ import annotations

import math

GLOBAL_AVERAGE = 1280
"""So many numbers come first: the head's average over the picture, which knows what is in it."""

STAGES_DIMENSION = 1568
"""So many come next: each stage's mean and deviation over the picture, which know its texture."""

PLAIN_DIMENSION = GLOBAL_AVERAGE + STAGES_DIMENSION
"""How long the vectors of one network are: the first part of those of both."""

BUILTIN_DIMENSION = PLAIN_DIMENSION + STAGES_DIMENSION + 1
"""How long the vectors of large pictures are: behind the published network's come the condition
encoder's stages, and last its score (:mod:`tinyclf.data.encoder.condition`), greater for worse and
of no unit."""

CHANNELS = 32
"""Numbers at a place of the map that may follow."""

PLACES = 264
"""Room for the largest map, that of a picture of 66 × 4 places; most have about 196."""

MAP_NUMBERS = PLACES * (CHANNELS + 1)
"""The last numbers of a vector: the places one by one, row by row, then a 1 for each that is there
and a 0 for the others."""


def map_shape(width: int, height: int, places: int) -> tuple[int, int]:
    """Return (rows, columns) of a photo's map.

    Args:
        width: Of the photo, upright; how it was decoded may have rounded it.
        height: Likewise.
        places: Of its map that are there; more than none, in an even number of rows and columns.
    """
    sides = [(rows, places // rows) for rows in range(2, places + 1, 2) if not places % rows]
    even = [(rows, columns) for rows, columns in sides if not columns % 2]
    return min(even, key=lambda sides: abs(math.log(sides[1] / sides[0] * height / width)))
