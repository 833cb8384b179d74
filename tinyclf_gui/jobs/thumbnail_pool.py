"""Thumbnails for the grid: decoded in the background, visible ones first, kept within a budget."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from io import BytesIO
from time import perf_counter
from typing import NamedTuple

from PIL import Image, ImageOps
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from tinyclf.domain import PhotoId
from tinyclf.errors import TinyClfError
from tinyclf_gui.jobs.pictures import to_qimage
from tinyclf_gui.jobs.wanted_queue import WantedQueue

BUDGET = 48 * 2**20
"""Bytes of pixmaps kept, the least recently wanted given up first: ten pages of a usual window. All
that the grid wants at once is kept in any case."""
THREADS = 2
_UPLOAD_SECONDS = 0.004
"""How long the GUI thread may turn images into pixmaps at one go, well below a frame."""
_BYTES_PER_PIXEL = 4

SCREENFUL = 60
"""So many of the grid's photos come before those of other viewers, and the rest after them."""


class Size(NamedTuple):
    """How large a thumbnail is wanted.

    Attributes:
        side: Of the square to fit into, in device pixels.
        scale: Device pixels a logical pixel.
    """

    side: int
    scale: float = 1.0


Key = tuple[PhotoId, Size, bool]
"""A photo, how large it is wanted, and whether it stands in the grid."""
Kept = tuple[PhotoId, bool]
"""A photo in the grid, or the same beside it, in a size of its own."""
Load = Callable[[PhotoId], bytes]
"""Returns a photo's thumbnail as JPEG, or raises ``TinyClfError``; called in other threads."""


class ThumbnailPool(QObject):
    """Pixmaps by photo id, fitted into a square; one size in the grid, others beside it.

    Signals:
        ready(str): The photo with this id has a pixmap now, or a problem.
        forgotten(): No photo has a problem any more; what is seen is to be wanted again.
    """

    ready = Signal(str)
    forgotten = Signal()
    _arrived = Signal()

    def __init__(self, load: Load, parent: QObject | None = None, *, budget: int = BUDGET) -> None:
        super().__init__(parent)
        self._load = load
        self._budget = budget
        self._used = 0
        self._grid: list[PhotoId] = []
        self._size = Size(0)
        self._viewers: dict[Hashable, tuple[list[PhotoId], Size]] = {}
        self._kept: OrderedDict[Kept, tuple[QPixmap, Size]] = OrderedDict()
        self._problems: dict[PhotoId, str] = {}
        self._finished: deque[tuple[Key, QImage | str]] = deque()
        self._lock = threading.Lock()
        self._arrived.connect(self._take)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._take)
        self._queue = WantedQueue(self._decode, self._hand_over, threads=THREADS, name="thumbnails")
        self.destroyed.connect(self._queue.stop)

    def want(self, photo_ids: Iterable[PhotoId], side: int, scale: float = 1.0) -> None:
        """Replace what is waited for, most wanted first.

        Args:
            photo_ids: Visible photos first, then those that will be seen next.
            side: Of the square to fit into, in device pixels; one for all. Pixmaps of another size
                are made anew and serve until then.
            scale: Device pixels a logical pixel.
        """
        self._grid, self._size = list(photo_ids), Size(side, scale)
        self._ask()

    def want_beside(
        self, viewer: Hashable, photo_ids: Iterable[PhotoId], side: int, scale: float = 1.0
    ) -> None:
        """Replace what a viewer beside the grid waits for; the grid's screenful comes first.

        Args:
            viewer: Who asks.
            photo_ids: Most wanted first.
            side: As above, but for this viewer; where several show a photo, the largest serves all.
            scale: As above.
        """
        self._viewers.pop(viewer, None)
        self._viewers[viewer] = list(photo_ids), Size(side, scale)
        self._ask()

    def leave(self, viewer: Hashable) -> None:
        """Wait for nothing more on behalf of a viewer beside the grid: it is seen no more."""
        if self._viewers.pop(viewer, None) is not None:
            self._ask()

    def pixmap(self, photo_id: PhotoId, *, beside: bool = False) -> QPixmap | None:
        """Return a photo's pixmap in the grid, or that beside it; ``None`` while there is none."""
        kept = self._kept.get((photo_id, not beside))
        if kept is None:
            return None
        self._kept.move_to_end((photo_id, not beside))
        return kept[0]

    def problem(self, photo_id: PhotoId) -> str | None:
        """Return why a photo cannot be shown, in a collector's words, or ``None``."""
        return self._problems.get(photo_id)

    def forget_problems(self) -> None:
        """Try photos again that could not be shown: a folder may be back."""
        self._problems.clear()
        self.forgotten.emit()

    def stop(self) -> None:
        """End the threads; nothing is decoded any more. May be called twice."""
        self._queue.stop()

    @property
    def used(self) -> int:
        """Bytes of pixmaps kept."""
        return self._used

    def _ask(self) -> None:
        """Have decoded what is missing, most wanted first."""
        beside: dict[PhotoId, Size] = {}
        for photo_ids, size in reversed(self._viewers.values()):
            for one in photo_ids:
                beside[one] = max(size, beside.get(one, size))
        wanted: list[Key] = [
            *((one, self._size, True) for one in self._grid[:SCREENFUL]),
            *((one, size, False) for one, size in beside.items()),
            *((one, self._size, True) for one in self._grid[SCREENFUL:]),
        ]
        self._queue.want(key for key in wanted if self._missing(*key))

    def _missing(self, photo_id: PhotoId, size: Size, in_grid: bool) -> bool:
        kept = self._kept.get((photo_id, in_grid))
        return photo_id not in self._problems and (kept is None or kept[1] != size)

    def _decode(self, key: Key) -> QImage | str:
        """In a background thread: return one thumbnail, or why there is none."""
        photo_id, size, _ = key
        try:
            return _fitted(self._load(photo_id), size.side)
        except TinyClfError as error:
            return str(error)
        except Exception as error:
            return self.tr("the picture cannot be shown ({error})").format(error=error)

    def _hand_over(self, key: Key, made: QImage | str) -> None:
        """In a background thread: leave it to the GUI thread to make a pixmap of it."""
        with self._lock:
            first = not self._finished
            self._finished.append((key, made))
        if first:
            with suppress(RuntimeError):  # the window went away meanwhile
                self._arrived.emit()

    def _take(self) -> None:
        """On the GUI thread: turn what has arrived into pixmaps, for a few milliseconds."""
        until = perf_counter() + _UPLOAD_SECONDS
        while self._finished and perf_counter() < until:
            with self._lock:
                key, made = self._finished.popleft()
            if isinstance(made, str):
                self._problems[key[0]] = made
            else:
                self._keep(key, QPixmap.fromImage(made))
            self.ready.emit(key[0])
        if self._finished:
            self._more.start()

    def _keep(self, key: Key, pixmap: QPixmap) -> None:
        photo_id, size, in_grid = key
        pixmap.setDevicePixelRatio(size.scale)
        self._drop((photo_id, in_grid))
        self._kept[photo_id, in_grid] = (pixmap, size)
        self._used += _size(pixmap)
        wanted = len(self._grid) * self._size.side**2 * _BYTES_PER_PIXEL
        most = max(self._budget, wanted)
        while self._used > most and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))

    def _drop(self, which: Kept) -> None:
        kept = self._kept.pop(which, None)
        if kept is not None:
            self._used -= _size(kept[0])


def _fitted(jpeg: bytes, side: int) -> QImage:
    """Decode with Pillow, which lets other threads run meanwhile, unlike ``QImage``."""
    with Image.open(BytesIO(jpeg)) as image:
        return to_qimage(ImageOps.contain(image, (side, side), Image.Resampling.LANCZOS))


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * _BYTES_PER_PIXEL
