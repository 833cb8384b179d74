"""Where a person was in a grid, found again when it shows other rows."""

from __future__ import annotations

from typing import NamedTuple

from tinyclf.domain import PhotoId
from tinyclf_gui.models.columns import Rows
from tinyclf_gui.models.photo_list import NOWHERE, PhotoListModel
from tinyclf_gui.models.runs import runs

MOST_RANGES = 1000
"""A selection scattered wider than this among other rows is given up: it would take seconds."""


class Spot(NamedTuple):
    """A photo in focus, and the table's rows that were selected."""

    current: PhotoId | None
    selected: Rows

    def among(self, photos: PhotoListModel) -> tuple[int, list[tuple[int, int]], int]:
        """Return where it is in a list of photos that is not empty.

        Returns:
            The position to focus: of the same photo, else of the first that was selected, else 0;
            the ranges (first, last) to select, none if they are too scattered; and of how many
            photos the selection is given up for that reason.
        """
        positions = photos.positions_of(self.selected)
        positions = positions[positions != NOWHERE]
        current = None if self.current is None else photos.position_of(self.current)
        if current is None:
            current = int(positions.min()) if len(positions) else 0
        ranges = runs(positions)
        if len(ranges) > MOST_RANGES:
            return current, [], len(positions)
        return current, ranges, 0
