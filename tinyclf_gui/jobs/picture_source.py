"""Decoded pictures for several viewers: one order, one memory, no decoding on the GUI thread.

There are two sources, which differ in what they make of a photo: pixmaps of one small size, from
the cache of thumbnails (`ThumbnailPool`), and large pictures with their halves, from the photos'
own files (`PhotoLoader`). They decode beside each other, so that no large photo holds up the grid.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Hashable, Iterable
from contextlib import suppress
from time import perf_counter
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from tinyclf.domain import PhotoId
from tinyclf.errors import TinyClfError
from tinyclf_gui.jobs.wanted_queue import WantedQueue
from tinyclf_gui.jobs.wishes import Wishes

K = TypeVar("K", bound=Hashable)
M = TypeVar("M")

_TAKING_SECONDS = 0.004
"""How long the GUI thread may take in what has arrived at one go, well below a frame."""


class PictureSource(QObject, Generic[K, M]):
    """Makes pictures of the keys that viewers wish for, what is in sight first.

    A subclass says of what a picture is made (``decode``) and how it is kept (``keep``).

    Args:
        threads: How many decode; one or two leave the machine usable.
        name: Of the threads, for debuggers.
        foremost: The viewer that is served before all others, if any.

    Signals:
        ready(str): A picture of the photo with this id can be had now, or it has a problem.
        forgotten(): No photo has a problem any more; what is seen is to be wanted again.
    """

    ready = Signal(str)
    forgotten = Signal()
    _arrived = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        threads: int,
        name: str,
        foremost: Hashable = None,
    ) -> None:
        super().__init__(parent)
        self._wishes: Wishes[K] = Wishes(foremost)
        self._problems: dict[PhotoId, str] = {}
        self._finished: deque[tuple[K, M | str]] = deque()
        self._lock = threading.Lock()
        self._arrived.connect(self._take)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._take)
        self._queue = WantedQueue(self._make, self._hand_over, threads=threads, name=name)
        self.destroyed.connect(self._queue.stop)

    def decode(self, key: K) -> M:
        """In a background thread: return one picture, or raise."""
        raise NotImplementedError

    def keep(self, key: K, made: M) -> None:
        """On the GUI thread: keep a picture."""
        raise NotImplementedError

    def photo_of(self, key: K) -> PhotoId:
        """Return the photo that a key stands for."""
        raise NotImplementedError

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

    def _have_made(self, keys: Iterable[K]) -> None:
        """Replace what is decoded, most wanted first; what could not be shown is not tried again.

        Else a bad photo in view would be read anew whenever anyone asks for anything.
        """
        self._queue.want(key for key in keys if self.photo_of(key) not in self._problems)

    def _make(self, key: K) -> M | str:
        """In a background thread: return one picture, or why there is none."""
        try:
            return self.decode(key)
        except TinyClfError as error:
            return str(error)
        except Exception as error:
            return self.tr("the picture cannot be shown ({error})").format(error=error)

    def _hand_over(self, key: K, made: M | str) -> None:
        """In a background thread: leave it to the GUI thread to keep and tell."""
        with self._lock:
            first = not self._finished
            self._finished.append((key, made))
        if first:
            with suppress(RuntimeError):  # the window went away meanwhile
                self._arrived.emit()

    def _take(self) -> None:
        """On the GUI thread: keep what has arrived and tell, for a few milliseconds."""
        until = perf_counter() + _TAKING_SECONDS
        while self._finished and perf_counter() < until:
            with self._lock:
                key, made = self._finished.popleft()
            photo_id = self.photo_of(key)
            if isinstance(made, str):
                self._problems[photo_id] = made
            else:
                self._problems.pop(photo_id, None)
                self.keep(key, made)
            self.ready.emit(photo_id)
        if self._finished:
            self._more.start()
