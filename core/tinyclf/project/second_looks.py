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
        blind: Whether the first was hidden meanwhile: only then the two can be compared.
    """

    act: int
    when: datetime
    photo_id: PhotoId
    first: Grade | Mark
    second: Grade | Mark
    blind: bool


_SECOND_LOOKS = """
SELECT s.act, a.at, p.photo_id, s.first, s.second, s.blind
FROM second_looks s JOIN acts a ON a.number = s.act JOIN photos p ON p.row = s.photo
ORDER BY s.act
"""


class SecondLookRows(Database):
    """A record that only grows: no grade follows from it, and undo leaves it alone."""

    def record_second_look(
        self, photo_id: PhotoId, second: Grade | Mark, *, blind: bool = True
    ) -> None:
        """Write down what a person says of a photo shown again; its verdict stays as it is.

        Args:
            photo_id: The photo.
            second: What is said now.
            blind: Whether the first verdict was hidden meanwhile.

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
                "INSERT INTO second_looks (act, photo, first, second, blind) "
                "VALUES (?, ?, ?, ?, ?)",
                (act, number, first, int(second), blind),
            )

    def second_looks(self) -> list[SecondLook]:
        """Return all of them, oldest first."""
        with self._reading() as connection:
            return [
                SecondLook(
                    act, datetime.fromisoformat(at), photo, _said(first), _said(second), bool(blind)
                )
                for act, at, photo, first, second, blind in rows(connection, _SECOND_LOOKS)
            ]


def _said(code: int) -> Grade | Mark:
    return Grade(code) if code > 0 else Mark(code)
