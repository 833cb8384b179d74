"""How a photo's vector is laid out: known without any encoder."""

from __future__ import annotations

import math

PLAIN_DIMENSION = 2848
"""How long the vectors of one network are: the first part of those of both."""

BUILTIN_DIMENSION = PLAIN_DIMENSION + 1569
"""How long the vectors of large pictures are: behind the published network's come the condition
encoder's stages, and last its score, greater for worse (:mod:`tinyclf.data.encoder.condition`)."""

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
