"""Photos → the matrix a classifier learns from, each vector computed once in a lifetime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.ahead import map_ahead
from tinyclf.data.bounded_cache import BoundedCache, Shelf
from tinyclf.data.decode import decode_file
from tinyclf.data.extractors import FeatureExtractor
from tinyclf.data.identity import open_imported
from tinyclf.domain import Job, Photo, PhotoId, Problem, Progress
from tinyclf.errors import PhotoError

FEATURES_LIMIT = 8 * 10**9
"""Bytes kept unless a person sets another limit: all vectors of some 200,000 photos."""

_VERSION = 1
_SHELF = Shelf("vectors", ("extractor", "photo"), "vector")
_STORED = np.dtype("<f2")
_LARGEST = float(np.finfo(_STORED).max)
_AT_ONCE = 500
"""Photos a query asks for: SQLite binds only so many values."""

_FRESH = 64
"""Vectors computed between two writes: what a killed program loses at most."""

_WHAT = "Looking at photos"


class FeatureCache(BoundedCache):
    """Vectors by extractor and photo, two bytes a number; any thread may call any method."""

    def __init__(self, folder: Path) -> None:
        """Open the cache in a folder, or begin it; see ``caches.cache_folder``.

        Raises:
            StorageError: it can be neither read nor written.
        """
        super().__init__(features_file(folder), _VERSION, _SHELF, FEATURES_LIMIT)

    def get_many(
        self, extractor_key: str, photo_ids: Sequence[PhotoId]
    ) -> dict[PhotoId, NDArray[np.float16]]:
        """Return the vectors that are here, of those asked for, f2 (dimension,) each.

        What is no vector of finite numbers counts as not here.
        """
        select = "SELECT photo, vector FROM vectors WHERE extractor = ? AND photo IN ({keys})"
        rows = self.rows_of(select, photo_ids, (extractor_key,))
        vectors = ((PhotoId(photo_id), _numbers(blob)) for photo_id, blob in rows)
        found = {photo_id: vector for photo_id, vector in vectors if vector is not None}
        self.note_use([(extractor_key, one) for one in found])
        return found

    def known(self, extractor_key: str, photo_ids: Sequence[PhotoId]) -> set[PhotoId]:
        """Return the photos, of those asked for, of which a vector is here.

        The index of names alone tells: of the vectors, 880 MB for 100,000 photos, no page is
        touched. So one that is damaged counts too; `read_features` computes it anew.
        """
        select = "SELECT photo FROM vectors WHERE extractor = ? AND photo IN ({keys})"
        return {photo_id for (photo_id,) in self.rows_of(select, photo_ids, (extractor_key,))}

    def last_numbers(
        self, extractor_key: str, dimension: int, photo_ids: Sequence[PhotoId]
    ) -> dict[PhotoId, float]:
        """Return the last number of each vector that is here and so long; the rest is not read.

        One that is not finite counts as not here.
        """
        select = (
            "SELECT photo, substr(vector, ?) FROM vectors "
            "WHERE extractor = ? AND length(vector) = ? AND photo IN ({keys})"
        )
        size = _STORED.itemsize
        rows = self.rows_of(select, photo_ids, (-size, extractor_key, dimension * size))
        numbers = ((photo_id, _numbers(blob)) for photo_id, blob in rows)
        return {photo_id: float(one[0]) for photo_id, one in numbers if one is not None}

    def put_many(self, extractor_key: str, vectors: Mapping[PhotoId, NDArray[np.floating]]) -> None:
        """Keep vectors, all or none of them.

        Raises:
            StorageError: the disk is full, read-only or gone.
        """
        self.keep(
            [((extractor_key, key), stored(vector).tobytes()) for key, vector in vectors.items()]
        )


def features_file(folder: Path) -> Path:
    """Return where a cache folder keeps vectors."""
    return folder / "features.sqlite"


def _numbers(blob: object) -> NDArray[np.float16] | None:
    if not isinstance(blob, bytes) or len(blob) % _STORED.itemsize:
        return None
    numbers: NDArray[np.float16] = np.frombuffer(blob, _STORED)
    return numbers if np.isfinite(numbers).all() else None


@dataclass(frozen=True)
class Features:
    """What a classifier sees of some photos.

    Attributes:
        photo_ids: The photos, in the order they were asked for.
        matrix: Their vectors, f4, shape (photos, dimension); zero where there is none.
        ok: Which photos have a vector, shape (photos,).
        problems: Why the others have none.
    """

    photo_ids: tuple[PhotoId, ...]
    matrix: NDArray[np.float32]
    ok: NDArray[np.bool_]
    problems: tuple[Problem, ...]

    @property
    def known(self) -> NDArray[np.float32]:
        """The vectors of the photos that have one; no copy where all have."""
        return self.matrix if self.ok.all() else self.matrix[self.ok]


@dataclass(frozen=True)
class FeatureProgress(Progress):
    """How far reading features is.

    Attributes:
        cached: How many of those done were computed before.
        problems: How many of those done cannot be read.
    """

    cached: int = 0
    problems: int = 0


def stored(vector: NDArray[np.floating]) -> NDArray[np.float16]:
    """Return a vector as the cache keeps it."""
    rounded: NDArray[np.float16] = np.clip(vector, -_LARGEST, _LARGEST).astype(_STORED)
    return rounded


def read_features(
    photos: Sequence[Photo],
    extractor: FeatureExtractor,
    cache: FeatureCache,
    *,
    workers: int = 2,
) -> Job[Features]:
    """Return the photos' vectors, from the cache where they are known.

    A vector is rounded as the cache rounds it even when it is fresh, so that a second run gives
    the same numbers. A photo whose vector is known need not exist any more; one that is gone or
    changed and not known is a problem. What was computed is kept also when the job is stopped.

    Raises:
        ModelError: the extractor fails.
        StorageError: the cache cannot be used.
    """
    ids = tuple(photo.photo_id for photo in photos)
    matrix = np.zeros((len(photos), extractor.dimension), np.float32)
    ok = _fill_from_cache(matrix, ids, extractor, cache)
    cached, problems = int(ok.sum()), list[Problem]()
    missing = np.flatnonzero(~ok).tolist()
    fresh: dict[PhotoId, NDArray[np.float16]] = {}
    vectors = map_ahead(
        partial(_vector, extractor=extractor), (photos[row] for row in missing), workers
    )
    yield FeatureProgress(_WHAT, cached, len(photos), cached)
    try:
        for done, (row, vector) in enumerate(zip(missing, vectors, strict=True), cached + 1):
            if isinstance(vector, Problem):
                problems.append(vector)
            else:
                matrix[row], ok[row], fresh[ids[row]] = vector, True, vector
            if len(fresh) == _FRESH:
                cache.put_many(extractor.key, fresh)
                fresh.clear()
            yield FeatureProgress(_WHAT, done, len(photos), cached, len(problems))
    finally:
        vectors.close()
        cache.put_many(extractor.key, fresh)
    return Features(ids, matrix, ok, tuple(problems))


def _fill_from_cache(
    matrix: NDArray[np.float32],
    ids: Sequence[PhotoId],
    extractor: FeatureExtractor,
    cache: FeatureCache,
) -> NDArray[np.bool_]:
    ok = np.zeros(len(ids), np.bool_)
    for start in range(0, len(ids), _AT_ONCE):
        known = cache.get_many(extractor.key, ids[start : start + _AT_ONCE])
        for row in range(start, min(start + _AT_ONCE, len(ids))):
            vector = known.get(ids[row])
            if vector is not None and len(vector) == extractor.dimension:
                matrix[row], ok[row] = vector, True
    return ok


def _vector(photo: Photo, extractor: FeatureExtractor) -> NDArray[np.float16] | Problem:
    try:
        with open_imported(photo) as file:
            image = decode_file(file, long_side=extractor.long_side).image
    except PhotoError as error:
        return Problem(photo.path, str(error))
    return stored(extractor.extract(image))
