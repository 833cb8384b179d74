"""Photos → their measures, each taken once in a lifetime, from the thumbnail."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from functools import partial
from io import BytesIO

from tinyclf.data.ahead import map_ahead
from tinyclf.data.decode import decode_file
from tinyclf.data.photo_faults.measure_cache import MeasureCache
from tinyclf.data.photo_faults.measures import Measures, measure
from tinyclf.data.thumbnails import ThumbnailCache, thumbnail
from tinyclf.domain import Photo, PhotoId
from tinyclf.errors import PhotoError

_FRESH = 64
"""Measures taken between two writes: what a killed program loses at most."""


def read_measures(
    photos: Sequence[Photo],
    thumbnails: ThumbnailCache,
    cache: MeasureCache,
    *,
    workers: int = 2,
) -> Generator[dict[PhotoId, Measures], None, None]:
    """Yield the photos' measures, some at a time: first those that are known, then the others.

    Of a photo that cannot be read there are none. What was taken is kept also when it is closed.

    Raises:
        StorageError: a cache cannot be used.
    """
    known = cache.get_many([photo.photo_id for photo in photos])
    yield known
    missing = (photo for photo in photos if photo.photo_id not in known)
    found = map_ahead(partial(_measured, thumbnails=thumbnails), missing, workers)
    try:
        yield from _kept(found, cache)
    finally:
        found.close()


def _kept(
    found: Iterator[tuple[PhotoId, Measures | None]], cache: MeasureCache
) -> Generator[dict[PhotoId, Measures], None, None]:
    fresh: dict[PhotoId, Measures] = {}
    try:
        for photo_id, measures in found:
            if measures is not None:
                fresh[photo_id] = measures
            if len(fresh) == _FRESH:
                cache.put_many(fresh)
                told, fresh = fresh, {}
                yield told
            else:
                yield {}
    finally:
        cache.put_many(fresh)
    yield fresh


def _measured(photo: Photo, thumbnails: ThumbnailCache) -> tuple[PhotoId, Measures | None]:
    try:
        image = decode_file(BytesIO(thumbnail(photo, thumbnails))).image
    except PhotoError:
        return photo.photo_id, None
    return photo.photo_id, measure(image)
