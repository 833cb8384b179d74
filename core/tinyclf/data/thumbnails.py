"""Small pictures for the grid, kept by what the photo is, not where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image

from tinyclf.data.ahead import map_ahead
from tinyclf.data.bounded_cache import BoundedCache, Shelf
from tinyclf.data.decode import decode_file
from tinyclf.data.identity import open_imported
from tinyclf.domain import Job, Photo, PhotoId, Progress
from tinyclf.errors import PhotoError, StorageError

THUMBNAIL_SIDE = 320
"""The longer side in pixels; the side is part of the cache's file name."""

_QUALITY = 88
_JPEG = b"\xff\xd8"
_GLIMPSE = THUMBNAIL_SIDE // 8
"""The smallest scale at which a JPEG can be decoded: enough to see that it is whole."""

THUMBNAILS_LIMIT = 4 * 10**9
"""Bytes kept unless a person sets another limit: thumbnails of some 200,000 photos."""

_FULL = 0.9
"""Of the limit: from here on none is made that nobody asked for."""
_BETWEEN_LOOKS = 64
"""Thumbnails made between two looks at the room there is."""

_VERSION = 1
_SHELF = Shelf("thumbnails", ("photo",), "jpeg")


class ThumbnailCache(BoundedCache):
    """JPEG thumbnails by photo id in one file; every method may be called from any thread."""

    def __init__(self, folder: Path) -> None:
        """Open the cache in a folder, or begin it; see ``caches.cache_folder``.

        Raises:
            StorageError: it can be neither read nor written.
        """
        super().__init__(thumbnails_file(folder), _VERSION, _SHELF, THUMBNAILS_LIMIT)

    def get(self, photo_id: PhotoId) -> bytes | None:
        """Return a photo's thumbnail as JPEG, if it is here."""
        rows = self.execute("SELECT jpeg FROM thumbnails WHERE photo = ?", (photo_id,))
        if not rows or not isinstance(rows[0][0], bytes):
            return None
        self.note_use([(photo_id,)])
        return rows[0][0]

    def known(self, photo_ids: Sequence[PhotoId]) -> set[PhotoId]:
        """Return the photos, of those asked for, whose thumbnail is here; none is read."""
        select = "SELECT photo FROM thumbnails WHERE photo IN ({keys})"
        return {photo_id for (photo_id,) in self.rows_of(select, photo_ids)}

    @property
    def has_room(self) -> bool:
        """Whether more can be kept without giving others up.

        Raises:
            StorageError: it cannot be read.
        """
        return self.used() < _FULL * self.limit

    def put(self, photo_id: PhotoId, jpeg: bytes) -> None:
        """Keep a photo's thumbnail.

        Raises:
            StorageError: the disk is full, read-only or gone.
        """
        self.keep([((photo_id,), jpeg)])


def thumbnails_file(folder: Path) -> Path:
    """Return where a cache folder keeps thumbnails."""
    return folder / f"thumbnails-{THUMBNAIL_SIDE}.sqlite"


def encode_thumbnail(image: Image.Image) -> bytes:
    """Return a picture of at most ``THUMBNAIL_SIDE`` pixels as JPEG."""
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


def thumbnail(photo: Photo, cache: ThumbnailCache) -> bytes:
    """Return a photo's thumbnail as JPEG from the cache, else made now and kept there.

    One that is kept but damaged is made anew. One that cannot be kept, on a full disk say, is
    returned all the same.

    Raises:
        PhotoChangedError: it has to be made, but the file is gone or another one than imported.
        PhotoError: it has to be made, but the file cannot be read.
        StorageError: the cache cannot be read.
    """
    kept = cache.get(photo.photo_id)
    if kept is not None and _is_whole(kept):
        return kept
    with open_imported(photo) as file:
        jpeg = encode_thumbnail(decode_file(file, long_side=THUMBNAIL_SIDE).image)
    with suppress(StorageError):
        cache.put(photo.photo_id, jpeg)
    return jpeg


def keep_thumbnails(
    photos: Sequence[Photo],
    ids: Sequence[PhotoId],
    cache: ThumbnailCache,
    *,
    workers: int = 2,
) -> Job[None]:
    """Make the thumbnails that are missing, in idle time, as long as there is room for them.

    Photos that cannot be read are passed over: whoever looks at them is told.

    Args:
        photos: The photos, n of them; one is asked for only where its thumbnail is missing.
        ids: Their identities, n of them.
        cache: Where thumbnails are kept.
        workers: How many threads decode.

    Raises:
        StorageError: the cache cannot be read.
    """
    what = "Making small pictures"
    yield Progress(what, 0, len(ids))
    known = cache.known(ids)
    missing = [row for row, photo_id in enumerate(ids) if photo_id not in known]
    for start in range(0, len(missing), _BETWEEN_LOOKS):
        if not cache.has_room:
            return
        some = (photos[row] for row in missing[start : start + _BETWEEN_LOOKS])
        with closing(map_ahead(partial(_try, cache=cache), some, workers)) as made:
            for done, _ in enumerate(made, len(known) + start + 1):
                yield Progress(what, done, len(ids))


def _try(photo: Photo, cache: ThumbnailCache) -> None:
    with suppress(PhotoError):
        thumbnail(photo, cache)


def _is_whole(jpeg: bytes) -> bool:
    if not jpeg.startswith(_JPEG):
        return False
    try:
        decode_file(BytesIO(jpeg), long_side=_GLIMPSE)
    except PhotoError:
        return False
    return True
