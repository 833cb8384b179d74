"""Files that were written to since the import, as a copy is: which are the same photos still."""

from __future__ import annotations

from tinyclf.data.in_place import InPlace, look_for
from tinyclf.domain import FileStamp, Photo, PhotoId


class TouchedFiles:
    """What was found out about files with another time than at import; each is read once."""

    def __init__(self) -> None:
        self._same: dict[tuple[PhotoId, FileStamp], bool] = {}
        self._news: dict[PhotoId, int] = {}

    def keeps_its_place(self, photo: Photo, stamp: FileStamp) -> bool:
        """Tell whether the file in the place of a photo, of this stamp, still is that photo.

        One that cannot be read is taken for it: whoever looks at it is told why that cannot be.
        """
        known = self._same.get((photo.photo_id, stamp))
        if known is not None:
            return known
        look = look_for(photo)
        if look.found is not InPlace.UNREADABLE:
            self._same[photo.photo_id, stamp] = look.keeps_its_place
        if look.stamp is not None:
            self._news[photo.photo_id] = look.stamp.modified_ns
        return look.keeps_its_place

    def news(self) -> dict[PhotoId, int]:
        """Return, once, when files that are the same still were last changed, in nanoseconds."""
        news, self._news = self._news, {}
        return news
