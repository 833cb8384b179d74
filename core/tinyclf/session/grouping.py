"""Near-duplicates, found when photos come in: they are never on both sides of a split."""

from __future__ import annotations

from tinyclf.data.difference_hash import Hashes
from tinyclf.data.duplicates import find_duplicates
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.domain import Job, PhotoId
from tinyclf.project import CollectionStore


def group_duplicates(
    store: CollectionStore, thumbnails: ThumbnailCache, known: dict[PhotoId, Hashes | None]
) -> Job[None]:
    """Compare all photos with each other, unless that was done since the last one came in.

    Args:
        store: The collection's file, which keeps the groups.
        thumbnails: What they are compared by.
        known: What was found of each photo before; what is found now is added.
    """
    photos = store.photos()
    if store.compared() >= len(photos):
        return
    found = yield from find_duplicates(photos, thumbnails, known=known)
    store.set_groups("duplicate", found.groups)
    store.note_compared(len(photos))
