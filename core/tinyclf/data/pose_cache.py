"""The hashes by which near-duplicates are told, kept by what the photo is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from tinyclf.data.cache_file import CacheFile
from tinyclf.data.difference_hash import Hashes
from tinyclf.domain import PhotoId

VERSION = 1
"""Of the hashes: whoever changes how they are taken, or of what picture, counts up."""

_SCHEMA = "CREATE TABLE poses (photo TEXT PRIMARY KEY, hashes BLOB NOT NULL) WITHOUT ROWID"
_STORED = np.dtype("<u8")
_COLUMNS = 3
_BYTES = _COLUMNS * _STORED.itemsize


class PoseCache(CacheFile):
    """Hashes of poses by photo id in one file; every method may be called from any thread.

    100,000 photos, of some five poses each, take 19 MB.
    """

    def __init__(self, folder: Path) -> None:
        """Open the cache in a folder, or begin it; see ``caches.cache_folder``.

        Raises:
            StorageError: it can be neither read nor written.
        """
        super().__init__(poses_file(folder), VERSION, _SCHEMA)

    def get_many(self, photo_ids: Sequence[PhotoId]) -> dict[PhotoId, Hashes | None]:
        """Return what is here, of the photos asked for; ``None`` of a plain picture."""
        select = "SELECT photo, hashes FROM poses WHERE photo IN ({keys})"
        own = dict(zip(photo_ids, photo_ids, strict=True))  # who keeps them keeps no second copy
        return {
            own[photo_id]: _hashes(blob) if blob else None
            for photo_id, blob in self.rows_of(select, photo_ids)
            if isinstance(blob, bytes) and len(blob) % _BYTES == 0
        }

    def put_many(self, poses: Mapping[PhotoId, Hashes | None]) -> None:
        """Keep hashes, uint64 ``(k, 3)`` or ``None`` of each photo, all or none of them.

        Raises:
            StorageError: the disk is full, read-only or gone.
        """
        rows = [
            (photo_id, b"" if one is None else one.astype(_STORED).tobytes())
            for photo_id, one in poses.items()
        ]
        self.execute_many("INSERT OR REPLACE INTO poses VALUES (?, ?)", sorted(rows))


def poses_file(folder: Path) -> Path:
    """Return where a cache folder keeps hashes of poses."""
    return folder / "photo-poses.sqlite"


def _hashes(blob: bytes) -> Hashes:
    return np.frombuffer(blob, _STORED).reshape(-1, _COLUMNS).astype(np.uint64, copy=False)
