"""Exemplars: the photos that a person holds up as examples of a grade.

A photo is pinned for the grade that the person has given it. It stands as an example only while
that is still its grade: graded otherwise or cleared it stands for nothing, and once the grade is
back, as after an undo, so is the example. Pinning is no act: it changes no verdict, so it is no
step of the undo history.
"""

from __future__ import annotations

from collections.abc import Iterable

from tinyclf.domain import NO_VERDICT, Grade, PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project.database import Database, rows
from tinyclf.project.present import present

MOST_EXEMPLARS = 4
"""Examples of a grade: of more, none would be looked at. The one pinned first gives way."""

_STANDING = """
SELECT e.photo, e.grade, e.place,
    row_number() OVER (PARTITION BY e.grade ORDER BY e.place DESC) AS youth
FROM exemplars e
WHERE e.grade = (SELECT new FROM journal WHERE photo = e.photo ORDER BY act DESC LIMIT 1)
"""

_EXEMPLARS = f"""
SELECT p.photo_id, s.grade FROM ({_STANDING}) s JOIN photos p ON p.row = s.photo
WHERE s.youth <= ? ORDER BY s.place
"""  # noqa: S608

_GIVE_WAY = f"""
DELETE FROM exemplars WHERE photo IN (SELECT photo FROM ({_STANDING}) WHERE youth > ?)
"""  # noqa: S608

_PIN = """
INSERT OR REPLACE INTO exemplars (photo, grade, place)
VALUES (?, ?, (SELECT coalesce(max(place), 0) + 1 FROM exemplars))
"""

_UNPIN = "DELETE FROM exemplars WHERE photo = (SELECT row FROM photos WHERE photo_id = ?)"


class ExemplarRows(Database):
    """A few photos of each grade."""

    def pin(self, photo_ids: Iterable[PhotoId]) -> None:
        """Hold photos up as examples of the grades that stand on them now, the last as the newest.

        Raises:
            CollectionError: a photo is not in this collection, or has no grade; nothing was
                written.
        """
        named = list(dict.fromkeys(photo_ids))
        with self._writing() as connection:
            for photo_id, (photo, code) in zip(named, present(connection, named), strict=True):
                if code <= NO_VERDICT:
                    raise CollectionError(
                        f"The photo {photo_id} has no grade to be an example of. Grade it first."
                    )
                connection.execute(_PIN, (photo, code))
            connection.execute(_GIVE_WAY, (MOST_EXEMPLARS,))

    def unpin(self, photo_ids: Iterable[PhotoId]) -> None:
        """Hold photos up no longer; those that are no examples stay as they are."""
        with self._writing() as connection:
            connection.executemany(_UNPIN, ((photo_id,) for photo_id in photo_ids))

    def exemplars(self) -> list[tuple[PhotoId, Grade]]:
        """Return the examples that stand, each with its grade, in the order they were pinned."""
        with self._reading() as connection:
            found = rows(connection, _EXEMPLARS, (MOST_EXEMPLARS,))
        return [(photo_id, Grade(grade)) for photo_id, grade in found]
