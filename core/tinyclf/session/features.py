"""The vectors of a collection's photos: which extractor, from which cache."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.decode import decode
from tinyclf.data.encoder.attention_map import map_encoder
from tinyclf.data.encoder.builtin import BUILTIN_KEY, SMALL_SIDE, builtin_encoder, plain_encoder
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION, MAP_NUMBERS, PLAIN_DIMENSION
from tinyclf.data.encoder.onnx_encoder import load_encoder
from tinyclf.data.extractors import FeatureExtractor
from tinyclf.data.features import FeatureCache, Features, read_features
from tinyclf.data.pixels import PixelExtractor
from tinyclf.data.wear_cache import WearCache
from tinyclf.domain import Job, Photo, PhotoId, Progress
from tinyclf.errors import StorageError
from tinyclf.project.photo_sequence import PhotoSequence
from tinyclf.training import feature_names
from tinyclf.training.feature_names import ATTENTION_MAP, EMBEDDING, PLAIN_EMBEDDING
from tinyclf.training.relay import relayed

TIMED_PHOTOS = 5
PART = 1_024
"""Photos whose vectors are in memory at a time: 18 MB of the built-in encoder's."""
READ_AT_ONCE = 500
"""The same, while they are brought to fewer numbers, which takes as much again."""
ASKED = 128
"""Photos a cache is asked about between two reports: milliseconds, also of a disk that is cold."""
FRESH = 2_048
"""Scores taken from vectors between two writes: of fewer, each write would touch every page."""

_WHAT = "Looking at photos"


class FeatureReader:
    """Turns photos into vectors by the name a configuration gives the features; for any thread.

    Attributes:
        folder: Where vectors are kept.
    """

    def __init__(self, caches: Path) -> None:
        self.folder = caches
        self._cache = FeatureCache(caches)
        self._scores = WearCache(caches)
        self._extractors: dict[str, FeatureExtractor] = {}
        self._loading = threading.Lock()

    def close(self) -> None:
        """Let go of the caches; safe to call twice."""
        self._cache.close()
        self._scores.close()

    def extractor(self, features: str) -> FeatureExtractor:
        """Return the extractor that a configuration names; the first call loads it.

        Args:
            features: One of `feature_names`, or the path of an ONNX encoder.

        Raises:
            ModelError: the encoder's file is missing or damaged.
        """
        with self._loading:
            if features not in self._extractors:
                self._extractors[features] = self._load(features)
            return self._extractors[features]

    def _load(self, features: str) -> FeatureExtractor:
        match features:
            case feature_names.EMBEDDING:
                return builtin_encoder(self.folder)
            case feature_names.PLAIN_EMBEDDING:
                return plain_encoder(self.folder)
            case feature_names.SMALL_EMBEDDING:
                return plain_encoder(self.folder, SMALL_SIDE)
            case feature_names.ATTENTION_MAP:
                return map_encoder(self.folder)
            case feature_names.PIXELS:
                return PixelExtractor()
            case _:
                return load_encoder(Path(features))

    def keep_embeddings(self, photos: PhotoSequence) -> Job[None]:
        """Compute the embeddings that are not cached yet, however many; few are in memory at once.

        The encoder, which takes 150 MB, is not woken where none is missing.

        Args:
            photos: Which; one is made only where its vector is missing.
        """
        missing = yield from self._missing(photos.ids, BUILTIN_KEY)
        known = len(photos) - len(missing)
        for start in range(0, len(missing), PART):
            part = [photos[row] for row in missing[start : start + PART]]
            yield from relayed(self.read(part, EMBEDDING), counted_on(known + start, len(photos)))

    def _missing(self, ids: Sequence[PhotoId], key: str) -> Job[list[int]]:
        """Return the rows of the photos that have no vector."""
        missing: list[int] = []
        for start in range(0, len(ids), ASKED):
            some = ids[start : start + ASKED]
            known = self._cache.known(key, some)
            missing += [row for row, one in enumerate(some, start) if one not in known]
            yield Progress(_WHAT, 0, 0)
        return missing

    def in_parts(self, photos: Sequence[Photo], features: str) -> Iterator[Job[Features]]:
        """Return jobs that read the vectors of all photos, few in memory at a time; walk each."""
        for start in range(0, len(photos), PART):
            reading = self.read(photos[start : start + PART], features)
            yield relayed(reading, counted_on(start, len(photos)))

    def wear(self, photos: PhotoSequence) -> Job[dict[PhotoId, float]]:
        """Return the condition encoder's scores of the photos whose embedding is, or was, cached.

        A score is taken from its vector once in a lifetime. One that cannot be kept, on a full disk
        say, is returned all the same.
        """
        scores, fresh = dict[PhotoId, float](), dict[PhotoId, float]()
        try:
            for start in range(0, len(photos), ASKED):
                part = photos[start : start + ASKED]
                scores |= self._scores.get_many(BUILTIN_KEY, part.ids)
                missing = [row for row, one in enumerate(part.ids) if one not in scores]
                if missing:
                    taking = self._take_scores([part[row] for row in missing])
                    fresh |= yield from relayed(taking, counted_on(start, len(photos)))
                if len(fresh) >= FRESH:
                    scores |= fresh
                    self._keep_scores(fresh)
                    fresh = {}
                yield Progress(_WHAT, start + len(part), len(photos))
        finally:
            self._keep_scores(fresh)
        return scores | fresh

    def _take_scores(self, photos: Sequence[Photo]) -> Job[dict[PhotoId, float]]:
        """Return the scores of the photos that have a vector; a damaged one is computed anew."""
        ids = [photo.photo_id for photo in photos]
        scores = self._cache.last_numbers(BUILTIN_KEY, BUILTIN_DIMENSION, ids)
        if len(scores) < len(ids):
            damaged = self._cache.known(BUILTIN_KEY, ids) - scores.keys()
            if damaged:
                yield from self.read([one for one in photos if one.photo_id in damaged], EMBEDDING)
                scores |= self._cache.last_numbers(BUILTIN_KEY, BUILTIN_DIMENSION, list(damaged))
        return scores

    def _keep_scores(self, scores: dict[PhotoId, float]) -> None:
        if scores:
            with suppress(StorageError):
                self._scores.put_many(BUILTIN_KEY, scores)

    def read(self, photos: Sequence[Photo], features: str) -> Job[Features]:
        """Compute the vectors that are not cached yet; return all."""
        if features not in self._extractors:
            yield Progress("Waking the encoder", 0, 0)
        if features == PLAIN_EMBEDDING:  # a part of what is there, or soon wanted, anyway
            both = yield from self.read(photos, EMBEDDING)
            return replace(both, matrix=both.matrix[:, :PLAIN_DIMENSION])
        found = yield from read_features(photos, self.extractor(features), self._cache)
        if features == ATTENTION_MAP:
            self._keep_embeddings(found)
        return found

    def _keep_embeddings(self, maps: Features) -> None:
        """Keep the first parts of vectors with a map: they are the embeddings, to the last bit."""
        before = maps.matrix.shape[1] - MAP_NUMBERS
        known = set(self._kept(BUILTIN_KEY, before, maps.photo_ids)[0])
        rows = zip(maps.photo_ids, maps.matrix, maps.ok, strict=True)
        missing = {one: row[:before] for one, row, ok in rows if ok and one not in known}
        self._cache.put_many(BUILTIN_KEY, missing)

    def milliseconds(self, photos: Sequence[Photo], features: str) -> float:
        """Return how long a photo takes from file to vector: the median of a few, 0 of none."""
        extractor, times = self.extractor(features), []
        for photo in photos[:TIMED_PHOTOS]:
            start = time.perf_counter()
            extractor.extract(decode(photo.path, long_side=extractor.long_side))
            times.append(1000 * (time.perf_counter() - start))
        return statistics.median(times) if times else 0.0

    def cached(
        self, photo_ids: Sequence[PhotoId], features: str
    ) -> tuple[list[PhotoId], NDArray[np.float32]]:
        """Return the photos whose vectors are cached, and these, float32 (n, d).

        Args:
            photo_ids: Which to look for.
            features: As for `extractor`, which is loaded; see `kept`.
        """
        whole = self.extractor(EMBEDDING if features == PLAIN_EMBEDDING else features)
        ids, matrix = self._kept(whole.key, whole.dimension, photo_ids)
        return ids, matrix[:, :PLAIN_DIMENSION] if features == PLAIN_EMBEDDING else matrix

    def kept(
        self, photo_ids: Sequence[PhotoId], features: str, key: str, dimension: int
    ) -> tuple[list[PhotoId], NDArray[np.float32]]:
        """Return the photos whose vectors an extractor has computed, and these; none is loaded.

        Args:
            photo_ids: Which to look for.
            features: As for `extractor`.
            key: The extractor's.
            dimension: How long its vectors are.
        """
        if features == PLAIN_EMBEDDING:  # a part of what is there
            ids, matrix = self.known(photo_ids)
            return ids, matrix[:, :PLAIN_DIMENSION]
        return self._kept(key, dimension, photo_ids)

    def known(self, photo_ids: Sequence[PhotoId]) -> tuple[list[PhotoId], NDArray[np.float32]]:
        """Return the photos whose embedding is cached, and the embeddings, float32 (n, d)."""
        return self._kept(BUILTIN_KEY, BUILTIN_DIMENSION, photo_ids)

    def _kept(
        self, key: str, dimension: int, photo_ids: Sequence[PhotoId]
    ) -> tuple[list[PhotoId], NDArray[np.float32]]:
        kept = self._cache.get_many(key, photo_ids)
        ids = [one for one in photo_ids if one in kept and len(kept[one]) == dimension]
        if not ids:
            return ids, np.empty((0, 0), np.float32)
        matrix = np.empty((len(ids), dimension), np.float32)
        for row, photo_id in zip(matrix, ids, strict=True):
            row[:] = kept[photo_id]
        return ids, matrix


def counted_on(before: int, total: int) -> Callable[[Progress], Progress]:
    """Return how a part of a job tells its reports: as those of the whole.

    Args:
        before: How much was done before it.
        total: How much there is of the whole.
    """
    return lambda report: replace(report, done=before + report.done, total=total)
