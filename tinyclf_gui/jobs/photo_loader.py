"""Large pictures for loupe, comparison and inspector: decoded in the background, few kept."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from typing import NamedTuple

from PIL import Image
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from tinyclf.domain import PhotoId
from tinyclf.errors import TinyClfError
from tinyclf_gui.jobs.pictures import halves
from tinyclf_gui.jobs.wanted_queue import WantedQueue

BUDGET = 192 * 2**20
"""Bytes of pictures kept: a 12-megapixel photo takes 64 MB with its smaller levels."""

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


class PhotoLoader(QObject):
    """Pictures by photo and size, for several viewers.

    Signals:
        ready(str): A picture of the photo with this id can be had now, or it has a problem.
        forgotten(): No photo has a problem any more; what is seen is to be wanted again.
    """

    ready = Signal(str)
    forgotten = Signal()
    _arrived = Signal()

    def __init__(
        self,
        decode: Decode,
        parent: QObject | None = None,
        *,
        budget: int = BUDGET,
        measure: Measure = lambda _: None,
    ) -> None:
        super().__init__(parent)
        self._decode_photo = decode
        self._budget = budget
        self.measure = measure
        self._viewers: dict[Hashable, list[Wanted]] = {}
        self._in_view: dict[Hashable, list[Wanted]] = {}
        self._kept: dict[Wanted, Levels] = {}
        self._problems: dict[PhotoId, str] = {}
        self._finished: deque[tuple[Wanted, Levels | str]] = deque()
        self._lock = threading.Lock()
        self._arrived.connect(self._take)
        self._queue = WantedQueue(self._decode, self._hand_over, threads=1, name="photos")
        self.destroyed.connect(self._queue.stop)

    def want(self, viewer: Hashable, wanted: Iterable[Wanted], *, in_view: int = 1) -> None:
        """Replace what a viewer waits for: the photo in view first, then its neighbours.

        Args:
            viewer: Who asks; the last one to ask is served first.
            wanted: Nothing, when it looks no more.
            in_view: So many of them are kept whatever the budget: the viewer holds them anyway.
        """
        self._viewers.pop(viewer, None)
        self._in_view.pop(viewer, None)
        pictures = list(wanted)
        for picture in pictures:
            self._problems.pop(picture.photo_id, None)
        if pictures:
            self._viewers[viewer] = pictures
            self._in_view[viewer] = pictures[:in_view]
        self._queue.want(picture for picture in self._in_order() if picture not in self._kept)

    def picture(self, wanted: Wanted) -> Levels | None:
        """Return a picture, or ``None`` while there is none."""
        return self._kept.get(wanted)

    def has_room(self, photo_ids: Iterable[PhotoId]) -> bool:
        """Return whether these photos can be kept whole together, as far as is known."""
        sizes = [self.measure(photo_id) or (0, 0) for photo_id in photo_ids]
        return sum(width * height for width, height in sizes) * BYTES_A_PIXEL <= self._budget

    def problem(self, photo_id: PhotoId) -> str | None:
        """Return why a photo cannot be shown, in a collector's words, or ``None``."""
        return self._problems.get(photo_id)

    def forget_problems(self) -> None:
        """Try photos again that could not be shown: a folder may be back."""
        self._problems.clear()
        self.forgotten.emit()

    def stop(self) -> None:
        """End the thread; nothing is decoded any more. May be called twice."""
        self._queue.stop()

    def _in_order(self) -> list[Wanted]:
        """All that is wanted, most wanted first: what is in view, then what may be seen next."""
        seen = [one for wants in reversed(self._in_view.values()) for one in wants]
        ahead = [one for wants in reversed(self._viewers.values()) for one in wants]
        return list(dict.fromkeys([*seen, *ahead]))

    def _decode(self, wanted: Wanted) -> Levels | str:
        """In a background thread: return one picture, or why there is none."""
        try:
            return halves(self._decode_photo(*wanted))
        except TinyClfError as error:
            return str(error)
        except Exception as error:
            return self.tr("the picture cannot be shown ({error})").format(error=error)

    def _hand_over(self, wanted: Wanted, made: Levels | str) -> None:
        """In a background thread: leave it to the GUI thread to tell."""
        with self._lock:
            self._finished.append((wanted, made))
        with suppress(RuntimeError):  # the window went away meanwhile
            self._arrived.emit()

    def _take(self) -> None:
        """On the GUI thread: keep what has arrived and tell."""
        while self._finished:
            with self._lock:
                wanted, made = self._finished.popleft()
            if isinstance(made, str):
                self._problems[wanted.photo_id] = made
            else:
                self._keep(wanted, made)
            self.ready.emit(wanted.photo_id)

    def _keep(self, wanted: Wanted, levels: Levels) -> None:
        """Keep a picture; beyond the budget the least wanted go that are not in view."""
        self._kept[wanted] = levels
        order = self._in_order()
        in_view = {one for wants in self._in_view.values() for one in wants}
        spare = sorted(self._kept.keys() - in_view, key=lambda kept: _place(kept, order))
        while spare and sum(map(_size, self._kept.values())) > self._budget:
            del self._kept[spare.pop()]


def _place(wanted: Wanted, order: list[Wanted]) -> int:
    return order.index(wanted) if wanted in order else len(order)


def _size(levels: Levels) -> int:
    return sum(level.sizeInBytes() for level in levels)
