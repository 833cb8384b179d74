"""Second looks: what a person says when shown photos again, without the first verdict or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tinyclf.domain import Act, ActKind, Grade, Mark, PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project.acts import append_act
from tinyclf.project.database import rows
from tinyclf.project.journal import Journal
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
FROM standing_looks s JOIN acts a ON a.number = s.act JOIN photos p ON p.row = s.photo
ORDER BY s.act, s.photo
"""

STANDING = """
WITH standing_looks AS (
    SELECT * FROM second_looks s WHERE coalesce(
        (SELECT kind FROM acts WHERE undoes = s.act ORDER BY number DESC LIMIT 1), '') <> 'undo')
"""
"""Begins a query with the table of the looks that were not taken back."""


class SecondLookRows(Journal):
    """A record that only grows, and a step of the undo history; no grade follows from it."""

    def record_second_looks(
        self, verdicts: Iterable[tuple[PhotoId, Grade | Mark]], *, blind: bool = True
    ) -> Act | None:
        """Write down what a person says of photos shown again, as one act; their verdicts stay.

        Args:
            verdicts: The photos, and what is said now; of two of the same photo the later counts.
            blind: Whether the first verdicts were hidden meanwhile.

        Returns:
            The act, or ``None`` where no photo was named.

        Raises:
            CollectionError: a photo is not in this collection, or has no verdict yet; nothing was
                written.
        """
        said = dict(verdicts)
        if not said:
            return None
        kind = ActKind.LOOK_AGAIN if blind else ActKind.KEEP
        with self._lock:
            with self._writing() as connection:
                first = dict(zip(said, present(connection, list(said)), strict=True))
                for photo_id, (_, code) in first.items():
                    if not code:
                        raise CollectionError(
                            f"The photo {photo_id} has no verdict to compare with. Grade it first."
                        )
                act = append_act(connection, "person", kind)
                connection.executemany(
                    "INSERT INTO second_looks (act, photo, first, second, blind) "
                    "VALUES (?, ?, ?, ?, ?)",
                    (
                        (act, *first[photo_id], int(second), blind)
                        for photo_id, second in said.items()
                    ),
                )
            return self._done(act)

    def second_looks(self) -> list[SecondLook]:
        """Return those that were not taken back, oldest first."""
        with self._reading() as connection:
            return [
                SecondLook(
                    act, datetime.fromisoformat(at), photo, _said(first), _said(second), bool(blind)
                )
                for act, at, photo, first, second, blind in rows(
                    connection, STANDING + _SECOND_LOOKS
                )
            ]


def _said(code: int) -> Grade | Mark:
    return Grade(code) if code > 0 else Mark(code)
