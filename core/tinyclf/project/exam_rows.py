"""The exam: photos set aside to be graded blind and never trained on."""

from __future__ import annotations

from collections.abc import Iterable

from tinyclf.domain import PhotoId
from tinyclf.project.acts import EXAM, append_act
from tinyclf.project.database import Database, rows
from tinyclf.project.present import unspoken

_EXAM = "SELECT p.photo_id FROM exam e JOIN photos p ON p.row = e.photo ORDER BY e.act, e.photo"


class ExamRows(Database):
    """Which photos are set aside; what a person says of them stands in the journal as ever.

    A photo never leaves the exam: what was measured on it would be of another exam.
    """

    def reserve_exam(self, photo_ids: Iterable[PhotoId]) -> None:
        """Set photos aside, by the machine's act; those set aside already are passed over.

        Raises:
            CollectionError: a photo is not in this collection, or a person has judged it;
                nothing was written.
        """
        with self._writing() as connection:
            reserved = {photo_id for (photo_id,) in rows(connection, _EXAM)}
            wanted = [
                unspoken(connection, photo_id)
                for photo_id in dict.fromkeys(photo_ids)
                if photo_id not in reserved
            ]
            if wanted:
                act = append_act(connection, "machine", EXAM)
                connection.executemany(
                    "INSERT INTO exam (photo, act) VALUES (?, ?)",
                    ((number, act) for number in wanted),
                )

    def exam(self) -> list[PhotoId]:
        """Return the photos set aside, those chosen first in front."""
        with self._reading() as connection:
            return [photo_id for (photo_id,) in rows(connection, _EXAM)]
