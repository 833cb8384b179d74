"""Where the latest training looks on a photo, worked out in the background, the last few kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from tinyclf.domain import Job, PhotoId
from tinyclf.session import Session
from tinyclf.session.attention import Attention
from tinyclf_gui.jobs.newest import NewestJob

FINE = 16
"""Pixels of the mist along a spot: what lies between spots is blended."""
KEPT = 64
"""Photos whose mist is kept."""


class AttentionSource(QObject):
    """Mists by photo: thin where the latest training looks, thick where it does not.

    Signals:
        ready(str, object): Of the photo with this id, a ``QImage`` of opacities; it covers all of
            the photo, whatever its size.
        missing(str, str): Why that photo has none, in a collector's words.
    """

    ready = Signal(str, object)
    missing = Signal(str, str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kept: dict[PhotoId, QImage] = {}
        self._wanted: PhotoId | None = None
        self._jobs = NewestJob(self)
        self._jobs.done.connect(self._take)
        self._jobs.failed.connect(self._give_up)

    @Slot(object)
    def want(self, photo_id: PhotoId | None) -> None:
        """Work out a photo's mist, and tell; or nothing any more."""
        self._wanted = photo_id
        if photo_id is None:
            return
        if not self._session.can_show_attention:
            self.missing.emit(photo_id, self.tr("Train with Thorough to see where it looks"))
        elif self._session.is_blind(photo_id):
            words = self.tr("Of the exam: where it looks is told once you have graded this photo")
            self.missing.emit(photo_id, words)
        elif photo_id in self._kept:
            self.ready.emit(photo_id, self._kept[photo_id])
        else:
            self._jobs.want(lambda: self._job(photo_id))

    @Slot()
    def forget(self) -> None:
        """Forget what was seen: another training looks elsewhere."""
        self._kept.clear()
        self.want(self._wanted)

    def stop(self) -> None:
        """End what runs; may be called twice."""
        self._jobs.stop()

    def _job(self, photo_id: PhotoId) -> Job[tuple[PhotoId, QImage | None]]:
        """Make the job here, of the photo as it is now: the table is for this thread alone."""
        look = self._session.attention(photo_id)

        def misted() -> Job[tuple[PhotoId, QImage | None]]:
            found = yield from look
            return photo_id, None if found is None else mist(found)

        return misted()

    @Slot(object)
    def _take(self, made: tuple[PhotoId, QImage | None]) -> None:
        photo_id, image = made
        if image is None:
            self.missing.emit(photo_id, self.tr("Train with Thorough to see where it looks"))
            return
        self._kept[photo_id] = image
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        self.ready.emit(photo_id, image)

    @Slot(str)
    def _give_up(self, message: str) -> None:
        if self._wanted is not None:
            self.missing.emit(self._wanted, message)


def mist(attention: Attention) -> QImage:
    """Return how thick mist lies on a photo, 0 (none, where it looks most) to 255.

    For any thread. Where it looks everywhere alike there is none; a spot that weighs a quarter of
    the heaviest lies in half the thickest mist.
    """
    share = np.sqrt(attention.weights / attention.weights.max())
    rows, columns = share.shape
    small = Image.fromarray(share.astype(np.float32))
    fine = small.resize((columns * FINE, rows * FINE), Image.Resampling.BICUBIC)
    return _opacities(1 - np.clip(np.asarray(fine), 0, 1))


def _opacities(thickness: NDArray[np.floating]) -> QImage:
    pixels = np.ascontiguousarray(np.round(255 * thickness), np.uint8)
    height, width = pixels.shape
    return QImage(pixels.tobytes(), width, height, width, QImage.Format.Format_Alpha8).copy()
