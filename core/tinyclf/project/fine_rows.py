"""Photos that look bad, and of which a person says that they are fine."""

from __future__ import annotations

from collections.abc import Iterable

from tinyclf.domain import PhotoId
from tinyclf.project.acts import FINE, append_act
from tinyclf.project.database import Database, rows
from tinyclf.project.present import present

_FINE = """
SELECT p.photo_id FROM fine_photos f JOIN photos p ON p.row = f.photo ORDER BY f.photo
"""


class FineRows(Database):
    """A person's word on the photos themselves; it says nothing of what they are worth."""

    def set_fine(self, photo_ids: Iterable[PhotoId], is_fine: bool = True) -> list[PhotoId]:
        """Write down that photos are fine, or no longer; on disk when this returns.

        It is a person's act, but no step of the undo history: the same with the other word takes
        it back.

        Returns:
            The photos of which something else stands now.

        Raises:
            CollectionError: a photo is not in this collection; nothing was written.
            StorageError: the disk is full or gone; nothing was written.
        """
        asked = list(dict.fromkeys(photo_ids))
        with self._writing() as connection:
            found = present(connection, asked)
            numbers = {one: row for one, (row, _) in zip(asked, found, strict=True)}
            fine = {photo for (photo,) in rows(connection, "SELECT photo FROM fine_photos")}
            others = {one: row for one, row in numbers.items() if (row in fine) != is_fine}
            if others:
                append_act(connection, "person", FINE)
                connection.executemany(
                    "INSERT INTO fine_photos (photo) VALUES (?)"
                    if is_fine
                    else "DELETE FROM fine_photos WHERE photo = ?",
                    ((row,) for row in others.values()),
                )
            return list(others)

    def fine_photos(self) -> list[PhotoId]:
        """Return the photos a person said are fine, in the order they came in."""
        with self._reading() as connection:
            return [photo_id for (photo_id,) in rows(connection, _FINE)]
