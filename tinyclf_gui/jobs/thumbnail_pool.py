"""Thumbnails for the grid and beside it, from the cache of thumbnails; many are kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPixmap

from tinyclf.domain import PhotoId
from tinyclf_gui.jobs.picture_memory import PictureMemory
from tinyclf_gui.jobs.picture_source import PictureSource
from tinyclf_gui.jobs.pictures import to_qimage

BUDGET = 48 * 2**20
"""Bytes of pixmaps kept, the least recently wanted given up first: ten pages of a usual window. All
that is wanted at once is kept in any case."""
THREADS = 2
_BYTES_PER_PIXEL = 4


class Size(NamedTuple):
    """How large a thumbnail is wanted.

    Attributes:
        side: Of the square to fit into, in device pixels.
        scale: Device pixels a logical pixel.
    """

    side: int
    scale: float = 1.0


class Kept(NamedTuple):
    """Where a photo's pixmap stands: in the grid and beside it, each has a size of its own.

    Attributes:
        photo_id: Which photo.
        in_grid: In the grid; else beside it.
    """

    photo_id: PhotoId
    in_grid: bool


Key = tuple[Kept, Size]
"""A photo in the grid or beside it, and how large it is wanted there."""
Load = Callable[[PhotoId], bytes]
"""Returns a photo's thumbnail as JPEG, or raises ``TinyClfError``; called in other threads."""
_GRID = "the grid"


class ThumbnailPool(PictureSource[Key, QImage]):
    """Pixmaps by photo id, fitted into a square; one size in the grid, others beside it.

    Args:
        load: Reads a thumbnail.
        budget: Bytes of pixmaps kept.
    """

    def __init__(self, load: Load, parent: QObject | None = None, *, budget: int = BUDGET) -> None:
        super().__init__(parent, threads=THREADS, name="thumbnails", foremost=_GRID)
        self._load = load
        self._memory: PictureMemory[Kept, tuple[QPixmap, Size]] = PictureMemory(budget)
        self._largest: dict[Kept, Size] = {}  # that any viewer wishes for

    def want(
        self,
        photo_ids: Iterable[PhotoId],
        side: int,
        scale: float = 1.0,
        *,
        in_view: int | None = None,
    ) -> None:
        """Replace what is waited for, most wanted first.

        Args:
            photo_ids: Visible photos first, then those that will be seen next.
            side: Of the square to fit into, in device pixels; one for all. Pixmaps of another size
                are made anew and serve until then.
            scale: Device pixels a logical pixel.
            in_view: How many of the photos are visible, all without: they come before those of
                other viewers, and the rest after them.
        """
        keys = [(Kept(one, True), Size(side, scale)) for one in photo_ids]
        seen = len(keys) if in_view is None else in_view
        self._wishes.want(_GRID, keys[:seen], keys[seen:])
        self._ask()

    def want_beside(
        self, viewer: Hashable, photo_ids: Iterable[PhotoId], side: int, scale: float = 1.0
    ) -> None:
        """Replace what a viewer beside the grid waits for; what the grid shows comes first.

        Args:
            viewer: Who asks.
            photo_ids: Most wanted first.
            side: As above, but for this viewer; where several show a photo, the largest serves all.
            scale: As above.
        """
        keys = [(Kept(one, False), Size(side, scale)) for one in photo_ids]
        self._wishes.want(viewer, keys)
        self._ask()

    def leave(self, viewer: Hashable) -> None:
        """Wait for nothing more on behalf of a viewer beside the grid: it is seen no more."""
        self._wishes.want(viewer, [])
        self._ask()

    def pixmap(self, photo_id: PhotoId, *, beside: bool = False) -> QPixmap | None:
        """Return a photo's pixmap in the grid, or that beside it; ``None`` while there is none."""
        kept = self._memory.get(Kept(photo_id, not beside))
        return None if kept is None else kept[0]

    @property
    def used(self) -> int:
        """Bytes of pixmaps kept."""
        return self._memory.used

    def decode(self, key: Key) -> QImage:
        """In a background thread: return one thumbnail."""
        kept, size = key
        return _fitted(self._load(kept.photo_id), size.side)

    def keep(self, key: Key, made: QImage) -> None:
        """On the GUI thread: make a pixmap and keep it, unless another is kept and no one waits.

        Of two threads the one with the size wished before may be the later.
        """
        kept, size = key
        if self._memory.peek(kept) is not None and self._largest.get(kept) != size:
            return
        pixmap = QPixmap.fromImage(made)
        pixmap.setDevicePixelRatio(size.scale)
        used = pixmap.width() * pixmap.height() * _BYTES_PER_PIXEL
        self._memory.keep(kept, (pixmap, size), used)
        if self._memory.is_full:
            wanted = [one for one, _ in self._wishes.in_order()]
            self._memory.make_room(wanted, wanted)

    def photo_of(self, key: Key) -> PhotoId:
        """Return the photo."""
        return key[0].photo_id

    def _ask(self) -> None:
        """Have decoded what is missing, most wanted first, each as large as any viewer wants it."""
        self._largest = {}
        for kept, size in self._wishes.in_order():
            self._largest[kept] = max(size, self._largest.get(kept, size))
        self._have_made(key for key in self._largest.items() if self._missing(*key))

    def _missing(self, kept: Kept, size: Size) -> bool:
        there = self._memory.peek(kept)
        return there is None or there[1] != size


def _fitted(jpeg: bytes, side: int) -> QImage:
    """Decode with Pillow, which lets other threads run meanwhile, unlike ``QImage``."""
    with Image.open(BytesIO(jpeg)) as image:
        return to_qimage(ImageOps.contain(image, (side, side), Image.Resampling.LANCZOS))
