"""Large pictures for loupe, comparison and inspector, from the photos' own files; few are kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from PIL import Image
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from tinyclf.domain import PhotoId
from tinyclf_gui.jobs.picture_memory import PictureMemory
from tinyclf_gui.jobs.picture_source import PictureSource
from tinyclf_gui.jobs.pictures import halves

BUDGET = 192 * 2**20
"""Bytes of pictures kept: a 12-megapixel photo takes 64 MB with its smaller levels."""

SPARE = 32 * 2**20
"""Bytes kept beyond which a picture goes that no viewer waits for any more: who grades photo after
photo would fill the budget with what was seen."""

BYTES_A_PIXEL = 4 * 4 / 3
"""Of a picture with its smaller levels."""

Levels = tuple[QImage, ...]
"""A picture, its half, its quarter, …"""
Decode = Callable[[PhotoId, int | None], Image.Image]
"""Returns a photo upright in RGB, at most so many pixels long (``None``: whole), or raises
``TinyClfError``; called in another thread."""
Measure = Callable[[PhotoId], tuple[int, int] | None]
"""Returns a photo's width and height upright, in pixels, or ``None`` if they are not known."""


class Wanted(NamedTuple):
    """A photo in a size.

    Attributes:
        photo_id: Which photo.
        long_side: Its longer side in pixels, at most; ``None``: whole.
    """

    photo_id: PhotoId
    long_side: int | None = None


class PhotoLoader(PictureSource[Wanted, Levels]):
    """Pictures by photo and size, each with its halves.

    Args:
        decode: Reads a photo.
        budget: Bytes of pictures kept.
        spare: Bytes up to which those are kept, too, that no viewer waits for.
        measure: Knows how large a photo is.
    """

    def __init__(
        self,
        decode: Decode,
        parent: QObject | None = None,
        *,
        budget: int = BUDGET,
        spare: int = SPARE,
        measure: Measure = lambda _: None,
    ) -> None:
        super().__init__(parent, threads=1, name="photos")
        self._decode_photo = decode
        self.measure = measure
        self._memory: PictureMemory[Wanted, Levels] = PictureMemory(budget)
        self._spare = spare

    def want(self, viewer: Hashable, wanted: Iterable[Wanted], *, in_view: int = 1) -> None:
        """Replace what a viewer waits for: the photo in view first, then its neighbours.

        A photo that could not be shown is tried again where it is in this viewer's view.

        Args:
            viewer: Who asks; the last one to ask is served first.
            wanted: Nothing, when it looks no more.
            in_view: So many of them are kept whatever the budget: the viewer holds them anyway.
        """
        pictures = list(wanted)
        for picture in pictures[:in_view]:  # who comes to see it may hope that it is back
            self._problems.pop(picture.photo_id, None)
        self._wishes.want(viewer, pictures[:in_view], pictures[in_view:])
        self._have_made(one for one in self._wishes.in_order() if one not in self._memory)
        self._make_room()

    def picture(self, wanted: Wanted) -> Levels | None:
        """Return a picture, or ``None`` while there is none."""
        return self._memory.get(wanted)

    def has_room(self, photo_ids: Iterable[PhotoId]) -> bool:
        """Return whether these photos can be kept whole together, as far as is known."""
        sizes = [self.measure(photo_id) or (0, 0) for photo_id in photo_ids]
        return sum(width * height for width, height in sizes) * BYTES_A_PIXEL <= self._memory.budget

    def decode(self, key: Wanted) -> Levels:
        """In a background thread: return a picture and its halves."""
        return halves(self._decode_photo(*key))

    def keep(self, key: Wanted, made: Levels) -> None:
        """Keep a picture; beyond the budget the least wanted go that are not in view."""
        self._memory.keep(key, made, sum(level.sizeInBytes() for level in made))
        self._make_room()

    def _make_room(self) -> None:
        """Let go what nobody wants any more, then, if need be, what is wanted but not in view."""
        wanted = self._wishes.in_order()
        self._memory.make_room(wanted, wanted, self._spare)
        if self._memory.is_full:
            self._memory.make_room(self._wishes.in_sight(), wanted)

    def photo_of(self, key: Wanted) -> PhotoId:
        """Return the photo."""
        return key.photo_id
