"""Near-duplicates, found when photos come in: they are never on both sides of a split."""

from __future__ import annotations

from tinyclf.data.duplicates import find_duplicates
from tinyclf.data.pose_cache import PoseCache
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.domain import Job
from tinyclf.project import CollectionStore


def group_duplicates(
    store: CollectionStore, thumbnails: ThumbnailCache, poses: PoseCache
) -> Job[None]:
    """Compare all photos with each other, unless that was done since the last one came in.

    Args:
        store: The collection's file, which keeps the groups.
        thumbnails: What they are compared by.
        poses: The hashes of those compared before; those of the others are added.
    """
    photos = store.photos()
    if store.compared() >= len(photos):
        return
    found = yield from find_duplicates(photos, thumbnails, poses)
    store.set_groups("duplicate", found.groups)
    store.note_compared(len(photos))
