"""What can be made again of a collection's photos, opened together: on disk, else in memory."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

from tinyclf.data.cache_file import IN_MEMORY
from tinyclf.data.caches import cache_folder
from tinyclf.data.pose_cache import PoseCache
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.errors import StorageError
from tinyclf.session.features import FeatureReader
from tinyclf.session.photo_gate import PhotoGate


@dataclass(frozen=True)
class Caches:
    """All caches of one session.

    Attributes:
        reader: Vectors.
        thumbnails: Small pictures.
        poses: Hashes by which near-duplicates are told.
        gate: What is wrong with photos.
        problem: Why they are in memory, and what that means; ``None`` where they are on disk.
    """

    reader: FeatureReader
    thumbnails: ThumbnailCache
    poses: PoseCache
    gate: PhotoGate
    problem: str | None = None


def open_caches(override: Path | None, opened: ExitStack) -> Caches:
    """Return the caches; in memory where the disk is full, read-only or gone.

    Args:
        override: As for `cache_folder`.
        opened: Closes them.
    """
    try:
        with ExitStack() as on_disk:
            caches = _open_in(cache_folder(override), on_disk)
            opened.enter_context(on_disk.pop_all())
            return caches
    except StorageError as error:
        problem = f"Small pictures are forgotten when this collection is closed. {error}"
    return replace(_open_in(IN_MEMORY, opened), problem=problem)


def _open_in(folder: Path, opened: ExitStack) -> Caches:
    reader = opened.enter_context(closing(FeatureReader(folder)))
    thumbnails = opened.enter_context(ThumbnailCache(folder))
    poses = opened.enter_context(PoseCache(folder))
    gate = opened.enter_context(closing(PhotoGate(folder, thumbnails)))
    return Caches(reader, thumbnails, poses, gate)
