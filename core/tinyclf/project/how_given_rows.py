"""How verdicts were given: by which act, how fast, and whether in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import apsw

from tinyclf.domain import ActKind, PhotoId, Stroke
from tinyclf.project.database import Database, row, rows
from tinyclf.project.second_look_rows import STANDING

_GIVEN_BY = """
SELECT p.photo_id, max(j.act) FROM journal j JOIN photos p ON p.row = j.photo GROUP BY j.photo
"""

_STROKES = """
SELECT a.kind, a.at, (SELECT count(*) FROM journal WHERE act = a.number) FROM acts a
WHERE a.actor = 'person' ORDER BY a.number DESC LIMIT ?
"""

_LAST = "SELECT number FROM acts WHERE actor = 'person' ORDER BY number DESC LIMIT 1"

_LAST_ACCEPTANCE = """
SELECT number FROM acts
WHERE kind IN ('accept', 'accept-rest', 'undo', 'redo', 'second-look', 'keep')
ORDER BY number DESC LIMIT 1
"""

_LAST_SECOND_LOOK = """
SELECT number FROM acts WHERE kind IN ('undo', 'redo', 'second-look', 'keep')
ORDER BY number DESC LIMIT 1
"""

_VERIFIED = """
SELECT j.photo, j.act, a.kind, a.undoes
FROM (SELECT photo, verified, max(act) AS act FROM journal GROUP BY photo) j
    JOIN acts a ON a.number = j.act
WHERE j.verified = 1
"""

_ENTRIES = """
SELECT j.act, a.kind, a.undoes FROM journal j JOIN acts a ON a.number = j.act
WHERE j.photo = ? ORDER BY j.act
"""

_CONFIRMED = "SELECT photo, act FROM standing_looks WHERE second = first ORDER BY act"


class HowGivenRows(Database):
    """Reads what the journal tells beside the verdicts."""

    @property
    def last_stroke(self) -> int:
        """The number of a person's newest act; 0 where there is none."""
        with self._reading() as connection:
            found = row(connection, _LAST)
        return int(found[0]) if found else 0

    @property
    def last_acceptance(self) -> int:
        """The newest act after which other photos may count as accepted in bulk; 0 for none."""
        with self._reading() as connection:
            found = row(connection, _LAST_ACCEPTANCE)
        return int(found[0]) if found else 0

    @property
    def last_second_look(self) -> int:
        """The newest act after which other second looks may stand; 0 for none."""
        with self._reading() as connection:
            found = row(connection, _LAST_SECOND_LOOK)
        return int(found[0]) if found else 0

    def given_by(self) -> dict[PhotoId, int]:
        """Return the act by which each photo's verdict came; of a cleared one, which cleared it."""
        with self._reading() as connection:
            return dict(rows(connection, _GIVEN_BY))

    def strokes(self, most: int) -> list[Stroke]:
        """Return a person's last strokes, oldest first."""
        with self._reading() as connection:
            found = rows(connection, _STROKES, (most,))
            return [
                Stroke(kind, datetime.fromisoformat(at), photos)
                for kind, at, photos in reversed(found)
            ]

    def accepted_in_bulk(self) -> list[PhotoId]:
        """Return the photos whose proposal was signed with the rest of a wall, and never since.

        A second look that says the same takes a photo off this list: now it was looked at singly.
        """
        with self._reading() as connection:
            confirmed = dict(rows(connection, STANDING + _CONFIRMED))
            in_bulk = []
            for photo, act, kind, undoes in rows(connection, _VERIFIED):
                signed, how = _came_by(connection, photo, act, kind, undoes)
                if how == ActKind.ACCEPT_REST and confirmed.get(photo, 0) < signed:
                    in_bulk.append(photo)
            names = dict(rows(connection, "SELECT row, photo_id FROM photos")) if in_bulk else {}
        return [names[photo] for photo in in_bulk]


def _came_by(
    connection: apsw.Connection, photo: int, act: int, kind: str, undoes: int | None
) -> tuple[int, str]:
    """Return by which act the verdict came that the photo's last entry let stand, and its kind."""
    if kind not in (ActKind.UNDO, ActKind.REDO):
        return act, kind
    return standing_act(rows(connection, _ENTRIES, (photo,)))


def standing_act(entries: Iterable[tuple[Any, ...]]) -> tuple[int, str]:
    """Return by which act the verdict came that one photo's last entry let stand, and its kind.

    Args:
        entries: (act, kind of act, act it takes back or does again), oldest first, at least one.

    Returns:
        The act that gave it, never an undo or a redo; (0, "") where none stands.
    """
    given: dict[int, tuple[int, str]] = {}
    for act, kind, undoes in entries:
        if kind == ActKind.REDO:
            given[act] = given[undoes]
        elif kind == ActKind.UNDO:
            given[act] = next((given[n] for n in reversed(given) if n < undoes), (0, ""))
        else:
            given[act] = (act, kind)
    return given[act]
