"""Where the pages of a collection get their pictures from."""

from __future__ import annotations

from dataclasses import dataclass

from PIL.Image import Image
from PySide6.QtCore import QObject

from tinyclf.data.decode import decode_file
from tinyclf.data.identity import open_imported
from tinyclf.data.thumbnails import thumbnail
from tinyclf.domain import PhotoId
from tinyclf.errors import PhotoError
from tinyclf.session import Session
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool


@dataclass(frozen=True)
class Pictures:
    """Where the pages get their pictures from, off the GUI thread."""

    thumbnails: ThumbnailPool
    photos: PhotoLoader

    def stop(self) -> None:
        """End the threads."""
        self.thumbnails.stop()
        self.photos.stop()


def make_pictures(session: Session, parent: QObject) -> Pictures:
    """Return the sources of a collection's pictures."""

    def small(photo_id: PhotoId) -> bytes:
        return thumbnail(table.photo(table.row_of[photo_id]), session.thumbnails)

    def large(photo_id: PhotoId, long_side: int | None) -> Image:
        photo = table.photo(table.row_of[photo_id])
        try:
            with open_imported(photo) as file:
                return decode_file(file, long_side=long_side).image
        except PhotoError as error:
            raise PhotoError(f"{photo.path}\n{error}") from error

    def measure(photo_id: PhotoId) -> tuple[int, int] | None:
        row = table.row_of.get(photo_id)
        return None if row is None else (int(table.width[row]), int(table.height[row]))

    table = session.table
    return Pictures(
        ThumbnailPool(small, parent),
        PhotoLoader(large, parent, measure=measure),
    )
