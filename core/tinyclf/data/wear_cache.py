"""How worn photos look, kept by what the photo is and which encoder says so."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from tinyclf.data.cache_file import CacheFile
from tinyclf.domain import PhotoId

_VERSION = 1
_SCHEMA = """
    CREATE TABLE wear (
        encoder TEXT, photo TEXT, score REAL NOT NULL, PRIMARY KEY (encoder, photo)
    ) WITHOUT ROWID
"""


class WearCache(CacheFile):
    """Scores by encoder and photo in one file; every method may be called from any thread.

    They are the last numbers of vectors, but are found here without a page of these being read.
    100,000 photos take 11 MB.
    """

    def __init__(self, folder: Path) -> None:
        """Open the cache in a folder, or begin it; see ``caches.cache_folder``.

        Raises:
            StorageError: it can be neither read nor written.
        """
        super().__init__(wear_file(folder), _VERSION, _SCHEMA)

    def get_many(self, encoder_key: str, photo_ids: Sequence[PhotoId]) -> dict[PhotoId, float]:
        """Return the scores that are here, of the photos asked for; what is no number is not."""
        select = "SELECT photo, score FROM wear WHERE encoder = ? AND photo IN ({keys})"
        own = dict(zip(photo_ids, photo_ids, strict=True))  # who keeps them keeps no second copy
        return {
            own[photo_id]: score
            for photo_id, score in self.rows_of(select, photo_ids, (encoder_key,))
            if isinstance(score, float) and math.isfinite(score)
        }

    def put_many(self, encoder_key: str, scores: Mapping[PhotoId, float]) -> None:
        """Keep scores, all or none of them.

        Raises:
            StorageError: the disk is full, read-only or gone.
        """
        rows = [(encoder_key, *one) for one in sorted(scores.items())]  # page by page
        self.execute_many("INSERT OR REPLACE INTO wear VALUES (?, ?, ?)", rows)


def wear_file(folder: Path) -> Path:
    """Return where a cache folder keeps scores."""
    return folder / "photo-wear.sqlite"
