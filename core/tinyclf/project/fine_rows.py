"""Photos that look bad, and of which a person says that they are fine."""

from __future__ import annotations

from collections.abc import Iterable

from tinyclf.domain import Act, ActKind, PhotoId
from tinyclf.project.acts import append_act
from tinyclf.project.database import rows
from tinyclf.project.journal import Journal
from tinyclf.project.present import present

FINE_PHOTOS = """
SELECT photo FROM (SELECT photo, fine, max(act) FROM fine_photos GROUP BY photo)
WHERE fine = 1 ORDER BY photo
"""
"""Finds the row numbers of the photos that a person says are fine, ascending."""

_APPEND = "INSERT INTO fine_photos (act, photo, fine) VALUES (?, ?, ?)"


class FineRows(Journal):
    """A person's word on the photos themselves: a step of the undo history, but no verdict."""

    def set_fine(self, photo_ids: Iterable[PhotoId], is_fine: bool = True) -> Act | None:
        """Write down that photos are fine, or no longer, as one act; on disk when this returns.

        Returns:
            The act, with the photos of which something else stands now; ``None`` without any.

        Raises:
            CollectionError: a photo is not in this collection; nothing was written.
            StorageError: the disk is full or gone; nothing was written.
        """
        asked = list(dict.fromkeys(photo_ids))
        with self._lock:
            with self._writing() as connection:
                numbers = [number for number, _ in present(connection, asked)]
                fine = {photo for (photo,) in rows(connection, FINE_PHOTOS)}
                others = [number for number in numbers if (number in fine) != is_fine]
                if not others:
                    return None
                act = append_act(connection, "person", _KINDS[is_fine])
                connection.executemany(_APPEND, ((act, photo, is_fine) for photo in others))
            return self._done(act)


_KINDS = {True: ActKind.FINE, False: ActKind.NOT_FINE}
