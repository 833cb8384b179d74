"""What photos measured, kept by what the photo is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from tinyclf.data.cache_file import CacheFile
from tinyclf.data.photo_faults.measures import UNTOLD, Measures
from tinyclf.domain import PhotoId

VERSION = 1
"""Of the measures: whoever changes how they are taken counts up. Limits may change without."""

_SCHEMA = "CREATE TABLE measures (photo TEXT PRIMARY KEY, numbers BLOB NOT NULL) WITHOUT ROWID"
_STORED = np.dtype("<f4")
_BYTES = len(UNTOLD.numbers) * _STORED.itemsize


class MeasureCache(CacheFile):
    """Measures by photo id in one file; every method may be called from any thread.

    100,000 photos take 6 MB.
    """

    def __init__(self, folder: Path) -> None:
        """Open the cache in a folder, or begin it; see ``caches.cache_folder``.

        Raises:
            StorageError: it can be neither read nor written.
        """
        super().__init__(measures_file(folder), VERSION, _SCHEMA)

    def get_many(self, photo_ids: Sequence[PhotoId]) -> dict[PhotoId, Measures]:
        """Return what is here, of the photos asked for."""
        select = "SELECT photo, numbers FROM measures WHERE photo IN ({keys})"
        own = dict(zip(photo_ids, photo_ids, strict=True))  # who keeps them keeps no second copy
        return {
            own[photo_id]: Measures(*np.frombuffer(blob, _STORED).tolist())
            for photo_id, blob in self.rows_of(select, photo_ids)
            if isinstance(blob, bytes) and len(blob) == _BYTES
        }

    def put_many(self, measures: Mapping[PhotoId, Measures]) -> None:
        """Keep measures, all or none of them.

        Raises:
            StorageError: the disk is full, read-only or gone.
        """
        rows = [(key, np.array(one.numbers, _STORED).tobytes()) for key, one in measures.items()]
        self.execute_many("INSERT OR REPLACE INTO measures VALUES (?, ?)", rows)


def measures_file(folder: Path) -> Path:
    """Return where a cache folder keeps measures."""
    return folder / "photo-measures.sqlite"
