"""Where the tiles of a grid lie: pure arithmetic, the same for ten photos and a hundred thousand.

*Content* coordinates start at the top left of the first line, whatever is scrolled into view. A
*position* counts the tiles in reading order from 0. All lengths are logical pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

GAP = 8
"""Between two tiles."""
MARGIN = 16
"""Around all tiles."""
PADDING = 10
"""Between a tile's edge and the photo."""
CAPTION = 36
"""Below the photo: the line with mark and name, and the air around it."""

PHOTO_STEP = 8
"""The side of the photo's square is a multiple of this."""


class Step(Enum):
    """A move of the focus, in space."""

    LEFT = auto()
    RIGHT = auto()
    UP = auto()
    DOWN = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    FIRST = auto()
    LAST = auto()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its corner, width and height."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class GridLayout:
    """A grid of equal tiles that fills the width of its viewport.

    Attributes:
        count: How many tiles there are.
        width: Of the viewport.
        side: The wished width of a tile; they grow from it until the line is full.
        mirrored: The first tile of a line lies at the right.
    """

    count: int
    width: int
    side: int
    mirrored: bool = False

    @cached_property
    def columns(self) -> int:
        """Tiles in a full line, at least one."""
        return max(1, (self._room + GAP) // (self.side + GAP))

    @cached_property
    def lines(self) -> int:
        """Lines of tiles, the last perhaps not full."""
        return -(-self.count // self.columns)

    @cached_property
    def tile_width(self) -> int:
        """Width of the narrowest tile; others may be one pixel wider, to use up the rest."""
        return (self._room + GAP) // self.columns - GAP

    @cached_property
    def photo_side(self) -> int:
        """Side of the square that a photo is fitted into.

        It grows in steps, so that dragging the window's edge seldom asks for other thumbnails.
        """
        room = self.tile_width - 2 * PADDING
        return max(1, room - room % PHOTO_STEP)

    @cached_property
    def tile_height(self) -> int:
        """Height of every tile."""
        return PADDING + self.photo_side + CAPTION

    @cached_property
    def pitch(self) -> int:
        """From one line's top to the next one's."""
        return self.tile_height + GAP

    @cached_property
    def height(self) -> int:
        """Height of all content with its margins; 0 without tiles."""
        return self.lines * self.pitch - GAP + 2 * MARGIN if self.count else 0

    def box(self, position: int) -> Box:
        """Return where a tile lies."""
        line, column = divmod(position, self.columns)
        left = self._left(column)
        width = self._left(column + 1) - GAP - left
        x = self.width - left - width if self.mirrored else left
        return Box(x, self._top(line), width, self.tile_height)

    def position_at(self, x: int, y: int) -> int | None:
        """Return the tile at a point, or ``None`` in a gap or beyond the last tile."""
        for position in self.touching(Box(x, y, 1, 1)):
            return position[0]
        return None

    def between(self, top: int, bottom: int) -> range:
        """Return the positions of all lines that touch the heights ``top`` to ``bottom``."""
        first, last = self._lines_between(top, bottom)
        return range(first * self.columns, min(self.count, (last + 1) * self.columns))

    def touching(self, area: Box) -> list[tuple[int, int]]:
        """Return the tiles that an area touches, as ranges (first, last) of positions."""
        first, last = self._lines_between(area.y, area.y + area.height - 1)
        columns = self._columns_between(area.x, area.x + area.width - 1)
        if not columns or first > last:
            return []
        if len(columns) == self.columns:
            return self._clipped([(first * self.columns, (last + 1) * self.columns - 1)])
        lines = (line * self.columns for line in range(first, last + 1))
        return self._clipped([(start + columns[0], start + columns[-1]) for start in lines])

    def moved(self, position: int, step: Step, page_height: int) -> int:
        """Return where the focus comes to from a position; it stays where it cannot move.

        Args:
            position: Where it is.
            step: Where it goes.
            page_height: Height of the viewport: a page is as many whole lines as it shows.
        """
        page = max(1, page_height // self.pitch)
        lines = {Step.UP: -1, Step.DOWN: 1, Step.PAGE_UP: -page, Step.PAGE_DOWN: page}
        if step in lines:
            return self._in_line(position, position // self.columns + lines[step])
        ends = {Step.FIRST: 0, Step.LAST: self.count - 1}
        target = ends[step] if step in ends else position + (1 if step is Step.RIGHT else -1)
        return max(0, min(target, self.count - 1))

    @cached_property
    def _room(self) -> int:
        return max(2 * PADDING + 1, self.width - 2 * MARGIN)

    def _left(self, column: int) -> int:
        return MARGIN + column * (self._room + GAP) // self.columns

    def _top(self, line: int) -> int:
        return MARGIN + line * self.pitch

    def _lines_between(self, top: int, bottom: int) -> tuple[int, int]:
        """First and last line whose tiles touch the heights; first > last where none does."""
        first = max(0, (top - MARGIN + GAP) // self.pitch)
        last = min(self.lines - 1, (bottom - MARGIN) // self.pitch)
        return first, last

    def _columns_between(self, left: int, right: int) -> range:
        if self.mirrored:
            left, right = self.width - 1 - right, self.width - 1 - left
        touched = [
            column
            for column in range(self.columns)
            if self._left(column) <= right and left < self._left(column + 1) - GAP
        ]
        return range(touched[0], touched[-1] + 1) if touched else range(0)

    def _clipped(self, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
        last = self.count - 1
        return [(start, min(end, last)) for start, end in ranges if start <= last]

    def _in_line(self, position: int, line: int) -> int:
        """The tile below or above a position in another line, or the last one beside it."""
        line = max(0, min(line, self.lines - 1))
        return min(self.count - 1, line * self.columns + position % self.columns)
