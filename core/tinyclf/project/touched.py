"""Files that were written to since the import, as a copy is: which are the same photos still."""

from __future__ import annotations

from tinyclf.data.files import open_regular
from tinyclf.data.identity import identify
from tinyclf.domain import Photo, PhotoId
from tinyclf.errors import PhotoError


class TouchedFiles:
    """What was found out about files with another time than at import; each is read once."""

    def __init__(self) -> None:
        self._same: dict[tuple[PhotoId, int], bool] = {}
        self._news: dict[PhotoId, int] = {}

    def is_same(self, photo: Photo, modified_ns: int) -> bool:
        """Tell whether a file of a photo's size, changed at this time, holds its bytes."""
        known = self._same.get((photo.photo_id, modified_ns))
        if known is not None:
            return known
        try:
            with open_regular(photo.path) as file:
                same = identify(file) == photo.photo_id
        except PhotoError:
            return True  # it is in its place; whoever looks at it is told why it cannot be read
        self._same[photo.photo_id, modified_ns] = same
        if same:
            self._news[photo.photo_id] = modified_ns
        return same

    def news(self) -> dict[PhotoId, int]:
        """Return, once, when files that are the same still were last changed, in nanoseconds."""
        news, self._news = self._news, {}
        return news
