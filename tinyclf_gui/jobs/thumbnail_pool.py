"""Thumbnails for the grid: decoded in the background, visible ones first, kept within a budget."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import BytesIO
from time import perf_counter

from PIL import Image, ImageOps
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from tinyclf.domain import PhotoId
from tinyclf.errors import TinyClfError
from tinyclf_gui.jobs.pictures import to_qimage
from tinyclf_gui.jobs.wanted_queue import WantedQueue

BUDGET = 160 * 2**20
"""Bytes of pixmaps kept, the least recently wanted given up first."""
THREADS = 2
_UPLOAD_SECONDS = 0.004
"""How long the GUI thread may turn images into pixmaps at one go, well below a frame."""
_BYTES_PER_PIXEL = 4

Key = tuple[PhotoId, int]
"""A photo and the side of its square in device pixels."""
Load = Callable[[PhotoId], bytes]
"""Returns a photo's thumbnail as JPEG, or raises ``TinyClfError``; called in other threads."""


class ThumbnailPool(QObject):
    """Pixmaps by photo id, fitted into a square.

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
        self._side = 0
        self._scale = 1.0
        self._kept: OrderedDict[PhotoId, tuple[QPixmap, int]] = OrderedDict()
        self._problems: dict[PhotoId, str] = {}
        self._finished: deque[tuple[PhotoId, int, QImage | str]] = deque()
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
        self._side, self._scale = side, scale
        self._queue.want((photo_id, side) for photo_id in photo_ids if self._missing(photo_id))

    def pixmap(self, photo_id: PhotoId) -> QPixmap | None:
        """Return a photo's pixmap, or ``None`` while there is none."""
        kept = self._kept.get(photo_id)
        if kept is None:
            return None
        self._kept.move_to_end(photo_id)
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

    def _missing(self, photo_id: PhotoId) -> bool:
        kept = self._kept.get(photo_id)
        return photo_id not in self._problems and (kept is None or kept[1] != self._side)

    def _decode(self, key: Key) -> QImage | str:
        """In a background thread: return one thumbnail, or why there is none."""
        photo_id, side = key
        try:
            return _fitted(self._load(photo_id), side)
        except TinyClfError as error:
            return str(error)
        except Exception as error:
            return self.tr("the picture cannot be shown ({error})").format(error=error)

    def _hand_over(self, key: Key, made: QImage | str) -> None:
        """In a background thread: leave it to the GUI thread to make a pixmap of it."""
        with self._lock:
            first = not self._finished
            self._finished.append((*key, made))
        if first:
            with suppress(RuntimeError):  # the window went away meanwhile
                self._arrived.emit()

    def _take(self) -> None:
        """On the GUI thread: turn what has arrived into pixmaps, for a few milliseconds."""
        until = perf_counter() + _UPLOAD_SECONDS
        while self._finished and perf_counter() < until:
            with self._lock:
                photo_id, side, made = self._finished.popleft()
            if isinstance(made, str):
                self._problems[photo_id] = made
            else:
                self._keep(photo_id, QPixmap.fromImage(made), side)
            self.ready.emit(photo_id)
        if self._finished:
            self._more.start()

    def _keep(self, photo_id: PhotoId, pixmap: QPixmap, side: int) -> None:
        pixmap.setDevicePixelRatio(self._scale)
        self._drop(photo_id)
        self._kept[photo_id] = (pixmap, side)
        self._used += _size(pixmap)
        while self._used > self._budget and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))

    def _drop(self, photo_id: PhotoId) -> None:
        kept = self._kept.pop(photo_id, None)
        if kept is not None:
            self._used -= _size(kept[0])


def _fitted(jpeg: bytes, side: int) -> QImage:
    """Decode with Pillow, which lets other threads run meanwhile, unlike ``QImage``."""
    with Image.open(BytesIO(jpeg)) as image:
        return to_qimage(ImageOps.contain(image, (side, side), Image.Resampling.LANCZOS))


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * _BYTES_PER_PIXEL
