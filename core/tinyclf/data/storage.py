"""What a cache folder holds, how large it is, and how it is cleaned while others use it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tinyclf.data.bounded_cache import BoundedCache
from tinyclf.data.cache_file import CacheFile
from tinyclf.data.features import FEATURES_LIMIT, FeatureCache, features_file
from tinyclf.data.photo_faults.measure_cache import MeasureCache, measures_file
from tinyclf.data.pose_cache import PoseCache, poses_file
from tinyclf.data.thumbnails import THUMBNAILS_LIMIT, ThumbnailCache, thumbnails_file
from tinyclf.data.wear_cache import WearCache, wear_file
from tinyclf.domain import Job, Progress
from tinyclf.errors import ConfigError, StorageError

THUMBNAILS, FEATURES, MEASURES = "thumbnails", "features", "measures"
ENCODER, BENCHMARK = "encoder", "benchmark"
SMALLEST_LIMIT = 50 * 10**6
"""Bytes; a cache of less would be busy making anew what it has just thrown away."""
_GRAPHS = (".onnx", ".sha256", ".json")
_DRAWN = "benchmark-photos"


@dataclass(frozen=True)
class Kept:
    """One kind of thing that can be made again.

    Attributes:
        key: Its name, one of `KEYS`.
        size: Bytes on disk.
        limit: How many it may take; ``None`` where it stays small.
    """

    key: str
    size: int
    limit: int | None = None


@dataclass(frozen=True)
class _Bounded:
    """A cache with a limit: its file, how to open it, and what it may take usually."""

    file: Callable[[Path], Path]
    open: Callable[[Path], BoundedCache]
    usual_limit: int


_BOUNDED = {
    THUMBNAILS: _Bounded(thumbnails_file, ThumbnailCache, THUMBNAILS_LIMIT),
    FEATURES: _Bounded(features_file, FeatureCache, FEATURES_LIMIT),
}
_MEASURED: tuple[tuple[Callable[[Path], Path], Callable[[Path], CacheFile]], ...] = (
    (measures_file, MeasureCache),
    (wear_file, WearCache),
    (poses_file, PoseCache),
)
"""What is wrong with photos, how worn they look, and by what near-duplicates are told: each cache's
file and how to open it. All of 100,000 photos takes 36 MB."""

KEYS = (THUMBNAILS, FEATURES, MEASURES, ENCODER, BENCHMARK)
BOUNDED = tuple(_BOUNDED)
"""Those that have a limit."""


def kept_in(folder: Path) -> tuple[Kept, ...]:
    """Return what a cache folder holds, of each kind.

    Raises:
        StorageError: a cache cannot be read.
    """
    return (
        *(_bounded_in(folder, key) for key in BOUNDED),
        _measured_in(folder),
        Kept(ENCODER, _total(_graphs(folder))),
        Kept(BENCHMARK, _total((folder / _DRAWN).rglob("*"))),
    )


def clean(folder: Path, keys: Iterable[str] = KEYS) -> Job[int]:
    """Throw away what can be made again; return the bytes freed.

    Programs that use it meanwhile, this one too, make anew what they need.

    Args:
        folder: The caches', see ``caches.cache_folder``.
        keys: Which kinds.

    Raises:
        StorageError: something cannot be removed.
    """
    freed = 0
    for key in keys:
        yield Progress("Cleaning", 0, 0)
        if key in _BOUNDED:
            freed += yield from _cleaned(folder, _BOUNDED[key].file, _BOUNDED[key].open)
        elif key == MEASURES:
            for file, open_file in _MEASURED:
                freed += yield from _cleaned(folder, file, open_file)
        elif key == ENCODER:
            freed += _remove(_graphs(folder))
        else:
            freed += _remove([folder / _DRAWN])
    return freed


def _cleaned(
    folder: Path, file: Callable[[Path], Path], open_file: Callable[[Path], CacheFile]
) -> Job[int]:
    if not file(folder).exists():
        return 0
    with closing(open_file(folder)) as cache:
        return (yield from cache.clean())


def set_limit(folder: Path, key: str, limit: int) -> Job[int]:
    """Set how many bytes a cache may take, for all programs, and trim it; return the bytes freed.

    Raises:
        ConfigError: at once: it has no limit, or that is too small.
        StorageError: the cache cannot be written.
    """
    if key not in _BOUNDED:
        raise ConfigError(f"{key} has no limit. Choose among {', '.join(_BOUNDED)}.")
    if limit < SMALLEST_LIMIT:
        raise ConfigError(
            f"A limit of {limit:,} bytes is too small for {key}: "
            f"choose {SMALLEST_LIMIT / 1e9:g} GB or more."
        )
    return _trimmed(folder, key, limit)


def _trimmed(folder: Path, key: str, limit: int) -> Job[int]:
    with closing(_BOUNDED[key].open(folder)) as cache:
        cache.set_limit(limit)
        return (yield from cache.trim())


def _bounded_in(folder: Path, key: str) -> Kept:
    bounded = _BOUNDED[key]
    if not bounded.file(folder).exists():
        return Kept(key, 0, bounded.usual_limit)
    with closing(bounded.open(folder)) as cache:
        return Kept(key, cache.size(), cache.limit)


def _measured_in(folder: Path) -> Kept:
    size = 0
    for file, open_file in _MEASURED:
        if file(folder).exists():
            with closing(open_file(folder)) as cache:
                size += cache.size()
    return Kept(MEASURES, size)


def _graphs(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix in _GRAPHS and path.is_file()]


def _total(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())


def _remove(paths: Iterable[Path]) -> int:
    freed = 0
    for path in paths:
        inside = path.rglob("*") if path.is_dir() else [path]
        size = _total(inside)
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(
                f"{path} cannot be removed ({error.strerror}). Remove it by hand."
            ) from error
        freed += size
    return freed
