"""Near-duplicates, found before any split is made: they are never on both sides of one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from threading import Lock

from tinyclf.data.duplicates import find_duplicates
from tinyclf.data.pose_cache import PoseCache
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.domain import Job, Photo, PhotoId, Progress
from tinyclf.project import CollectionStore
from tinyclf.project.group_rows import merged_groups

PATIENCE_S = 0.1
"""So often a job that waits for another to compare the photos reports."""


class DuplicateGroups:
    """Which photos of a collection are one picture; jobs may ask on any thread, at the same time.

    An import compares the photos last: one that was stopped, or is still running, leaves some that
    nobody compared. So whoever makes a split has that done first.
    """

    def __init__(
        self, store: CollectionStore, thumbnails: ThumbnailCache, poses: PoseCache
    ) -> None:
        self._store, self._thumbnails, self._poses = store, thumbnails, poses
        self._turn = Lock()
        self._tried = 0

    @property
    def is_due(self) -> bool:
        """Whether photos came in since they were last compared; two numbers tell."""
        return max(self._store.compared(), self._tried) < self._store.count_photos()

    def retry(self) -> None:
        """Have photos compared again that could not be read: their files may be there by now."""
        self._tried = 0

    def compare(self) -> Job[None]:
        """Compare all photos with each other, unless that was done since the last one came in.

        Those that cannot be read are compared when that is due after the next `retry`, or after the
        collection was opened anew; the others stay together with them if they were before.
        """
        while self.is_due:
            if not self._turn.acquire(timeout=PATIENCE_S):
                yield Progress("Looking for near-duplicates", 0, 0)
                continue
            try:
                if self.is_due:
                    yield from self._compare()
            finally:
                self._turn.release()
            return

    def _compare(self) -> Job[None]:
        photos = self._store.photo_sequence()
        found = yield from find_duplicates(
            photos,
            photos.ids,
            self._thumbnails,
            self._poses,
            compared=self._store.compared(),
        )
        if found.is_news:
            groups = found.groups
            if found.problems:
                unread = {problem.path for problem in found.problems}
                failed = {photo.photo_id for photo in photos if photo.path in unread}
                groups = kept(photos, groups, self._store.groups("duplicate"), failed)
            self._store.set_groups("duplicate", groups)
            self._store.note_compared(len(photos) - len(found.problems))
        self._tried = len(photos)


def kept(
    photos: Sequence[Photo],
    found: Mapping[PhotoId, str],
    before: Mapping[PhotoId, str],
    failed: Collection[PhotoId],
) -> dict[PhotoId, str]:
    """Return the groups found, and those found before of photos that cannot be read now.

    Groups that share a photo are one; each is named after its first photo.
    """
    unsure = {before[one] for one in failed if one in before}
    members = []
    for row, photo in enumerate(photos):
        if photo.photo_id in found:
            members.append((row, "found", found[photo.photo_id]))
        if (name := before.get(photo.photo_id)) in unsure:
            members.append((row, "before", str(name)))
    first: dict[tuple[str, str], str] = {}
    return {
        photos[row].photo_id: first.setdefault(group, str(photos[row].photo_id))
        for row, group in merged_groups(members).items()
    }
