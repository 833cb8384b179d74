"""Second looks: what a person says when shown a photo again without the first verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tinyclf.domain import Grade, Mark, PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project.acts import SECOND_LOOK, append_act
from tinyclf.project.database import Database, rows
from tinyclf.project.present import present


@dataclass(frozen=True, slots=True)
class SecondLook:
    """One photo judged twice.

    Attributes:
        act: The act of the second look.
        when: When, in UTC.
        photo_id: The photo.
        first: The verdict that stood, and stands.
        second: What was said now.
    """

    act: int
    when: datetime
    photo_id: PhotoId
    first: Grade | Mark
    second: Grade | Mark


_SECOND_LOOKS = """
SELECT s.act, a.at, p.photo_id, s.first, s.second
FROM second_looks s JOIN acts a ON a.number = s.act JOIN photos p ON p.row = s.photo
ORDER BY s.act
"""


class SecondLookRows(Database):
    """A record that only grows: no grade follows from it, and undo leaves it alone."""

    def record_second_look(self, photo_id: PhotoId, second: Grade | Mark) -> None:
        """Write down what a person says of a photo shown again; its verdict stays as it is.

        Raises:
            CollectionError: the photo is not in this collection, or has no verdict yet.
        """
        with self._writing() as connection:
            number, first = present(connection, photo_id)
            if not first:
                raise CollectionError(
                    f"The photo {photo_id} has no verdict to compare with. Grade it first."
                )
            act = append_act(connection, "person", SECOND_LOOK)
            connection.execute(
                "INSERT INTO second_looks (act, photo, first, second) VALUES (?, ?, ?, ?)",
                (act, number, first, int(second)),
            )

    def second_looks(self) -> list[SecondLook]:
        """Return all of them, oldest first."""
        with self._reading() as connection:
            return [
                SecondLook(act, datetime.fromisoformat(at), photo, _said(first), _said(second))
                for act, at, photo, first, second in rows(connection, _SECOND_LOOKS)
            ]


def _said(code: int) -> Grade | Mark:
    return Grade(code) if code > 0 else Mark(code)
