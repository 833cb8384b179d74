"""The exam: photos set aside to be graded blind and never trained on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import apsw

from tinyclf.domain import PhotoId
from tinyclf.project.acts import EXAM, append_act
from tinyclf.project.database import Database, rows
from tinyclf.project.present import present, unspoken

_EXAM = """
SELECT p.photo_id FROM exam e JOIN photos p ON p.row = e.photo
WHERE e.act < ? ORDER BY e.act, e.photo
"""

_EVER = 2**62
"""Later than any act."""


class ExamRows(Database):
    """Which photos are set aside; what a person says of them stands in the journal as ever.

    A photo never leaves the exam: what was measured on it would be of another exam.
    """

    def reserve_exam(self, photo_ids: Iterable[PhotoId], most: int | None = None) -> list[PhotoId]:
        """Set photos aside, by the machine's act; those set aside already are passed over.

        Args:
            photo_ids: The photos.
            most: Take the first so many on which no verdict stands, as a person may be grading
                meanwhile; all of them if not given.

        Returns:
            Those that were set aside now, in the order given.

        Raises:
            CollectionError: a photo is not in this collection, or a person has judged it and
                ``most`` is not given; nothing was written.
        """
        with self._writing() as connection:
            reserved = {photo_id for (photo_id,) in rows(connection, _EXAM, (_EVER,))}
            free = [one for one in dict.fromkeys(photo_ids) if one not in reserved]
            if most is None:
                wanted = {one: unspoken(connection, one) for one in free}
            else:
                wanted = _unspoken_of(connection, free, most)
            if wanted:
                act = append_act(connection, "machine", EXAM)
                connection.executemany(
                    "INSERT INTO exam (photo, act) VALUES (?, ?)",
                    ((number, act) for number in wanted.values()),
                )
            return list(wanted)

    def exam(self, before: int = _EVER) -> list[PhotoId]:
        """Return the photos set aside, by acts before this one; those chosen first in front."""
        with self._reading() as connection:
            return [photo_id for (photo_id,) in rows(connection, _EXAM, (before,))]


def _unspoken_of(
    connection: apsw.Connection, photo_ids: Iterable[PhotoId], most: int
) -> dict[PhotoId, int]:
    """Return the row numbers of the first so many photos on which no verdict stands."""
    ids = list(photo_ids)
    stand = zip(ids, present(connection, ids), strict=True)
    found = ((photo_id, number) for photo_id, (number, code) in stand if not code)
    return dict(islice(found, most))
