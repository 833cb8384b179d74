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
_AT_ONCE = 500
"""Photos a query asks for: SQLite binds only so many values."""


class MeasureCache(CacheFile):
    """Measures by photo id in one file; every method may be called from any thread."""

    def __init__(self, folder: Path) -> None:
        """Open the cache in a folder, or begin it; see ``caches.cache_folder``.

        Raises:
            StorageError: it can be neither read nor written.
        """
        super().__init__(folder / "photo-measures.sqlite", VERSION, _SCHEMA)

    def get_many(self, photo_ids: Sequence[PhotoId]) -> dict[PhotoId, Measures]:
        """Return what is here, of the photos asked for."""
        found: dict[PhotoId, Measures] = {}
        for start in range(0, len(photo_ids), _AT_ONCE):
            some = photo_ids[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            select = f"SELECT photo, numbers FROM measures WHERE photo IN ({marks})"  # noqa: S608
            own = dict(zip(some, some, strict=True))  # who keeps them keeps no second copy
            for photo_id, blob in self.execute(select, some):
                if isinstance(blob, bytes) and len(blob) == _BYTES:
                    found[own[photo_id]] = Measures(*np.frombuffer(blob, _STORED).tolist())
        return found

    def put_many(self, measures: Mapping[PhotoId, Measures]) -> None:
        """Keep measures, all or none of them.

        Raises:
            StorageError: the disk is full, read-only or gone.
        """
        rows = [(key, np.array(one.numbers, _STORED).tobytes()) for key, one in measures.items()]
        self.execute_many("INSERT OR REPLACE INTO measures VALUES (?, ?)", rows)
