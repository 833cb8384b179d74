"""Photos into vectors, as the app does it before it can train or propose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, ValidationInfo, field_validator

from tinyclf.benchmark.kinds.limits import Limit
from tinyclf.benchmark.kinds.photos import APP_THREADS, decoding_bytes, photos_of
from tinyclf.benchmark.settings import (
    CaseSettings,
    Folder,
    Name,
    Whole,
    WithoutCard,
    seen_from_its_folder,
)
from tinyclf.benchmark.work import Work, Workload, checksum_of
from tinyclf.errors import FailureError
from tinyclf.training import feature_names
from tinyclf.training.feature_names import EMBEDDING, ENCODER_SUFFIX, PIXELS, SMALL_EMBEDDING

if TYPE_CHECKING:
    from tinyclf.data.extractors import FeatureExtractor

NAMED = (EMBEDDING, SMALL_EMBEDDING, PIXELS)
"""The extractors that come along and take a time of their own."""

LONGEST_VECTOR = 8192
"""Numbers of four bytes that a photo becomes, at most of the extractors that come along."""

ENCODER_BYTES = 300_000_000
"""What an encoder of the usual size takes, with what it computes in."""

THREAD_BYTES = 128_000_000
"""What each thread takes besides, to compute in."""


class Features(CaseSettings):
    """So many photos decoded and put through an extractor; nothing is taken from a cache.

    Attributes:
        name: What the benchmark is called; may be empty.
        photos: How many are looked at in a pass.
        extractor: ``"embedding"``, ``"small-embedding"``, ``"pixels"``, or the path of an ONNX
            encoder.
        folder: Where the photos are; None for stamps that are drawn. Where there are fewer than are
            looked at, some are looked at more than once.
        performance: Threads are photos at a time; None for as many as the app takes.
    """

    kind: Literal["features"] = "features"
    name: Name = ""
    photos: Whole = Field(default=24, ge=1, le=100_000)
    extractor: str = Field(default=EMBEDDING, max_length=4096)
    folder: Folder | None = None
    performance: WithoutCard = WithoutCard()

    @field_validator("extractor")
    @classmethod
    def _is_known(cls, extractor: str, validation: ValidationInfo) -> str:
        if extractor in NAMED:
            return extractor
        if not extractor.endswith(ENCODER_SUFFIX):
            raise ValueError(
                f"it must be {', '.join(NAMED)}, or the path of an encoder, "
                f"which ends in {ENCODER_SUFFIX}"
            )
        return seen_from_its_folder(extractor, validation)

    def words(self) -> str:
        """Return what is measured, in a line."""
        return f"features of {self.photos:,} photos, {self.extractor}"

    def work(self) -> Work:
        """Return the work of a pass."""
        vectors = self.photos * LONGEST_VECTOR * 4
        threads = decoding_bytes(self.folder, self._threads) + self._threads * THREAD_BYTES
        return Work(self.photos, "photo", needed_bytes=ENCODER_BYTES + vectors + threads)

    def limits(self) -> tuple[Limit, ...]:
        """Return nothing: no figure of the machine bounds it."""
        return ()

    def prepare(self) -> Workload:
        """Wake the extractor and find the photos, in the process that measures.

        Raises:
            InputError: there are no photos, or there is no such encoder.
            StorageError: the app's caches cannot be written.
        """
        from tinyclf.data.features import FeatureCache, read_features
        from tinyclf.training.relay import drained

        class Forgetful(FeatureCache):
            """A cache that keeps nothing."""

            def __init__(self) -> None:
                """Open no file."""

            def get_many(self, extractor_key: str, photo_ids: Sequence[Any]) -> dict[Any, Any]:
                return {}

            def put_many(self, extractor_key: str, vectors: Mapping[Any, Any]) -> None:
                pass

        photos, extractor = photos_of(self.folder, self.photos), self._extractor()

        def run() -> Any:
            job = read_features(photos, extractor, Forgetful(), workers=self._threads)
            features = drained(job)
            for problem in features.problems:
                raise FailureError(f"{problem.path} cannot be read any more: {problem.reason}.")
            return features.matrix

        return Workload(run, checksum_of)

    @property
    def _threads(self) -> int:
        return self.performance.threads or APP_THREADS

    def _extractor(self) -> FeatureExtractor:
        from tinyclf.data.caches import cache_folder
        from tinyclf.data.encoder.builtin import SMALL_SIDE, builtin_encoder, plain_encoder
        from tinyclf.data.encoder.onnx_encoder import load_encoder
        from tinyclf.data.pixels import PixelExtractor

        match self.extractor:
            case feature_names.EMBEDDING:
                return builtin_encoder(cache_folder())
            case feature_names.SMALL_EMBEDDING:
                return plain_encoder(cache_folder(), SMALL_SIDE)
            case feature_names.PIXELS:
                return PixelExtractor()
            case path:
                return load_encoder(Path(path))
