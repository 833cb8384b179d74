"""How verdicts were given: by which act, how fast, and whether in bulk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import apsw

from tinyclf.domain import ActKind, PhotoId, Stroke
from tinyclf.project.database import Database, row, rows
from tinyclf.project.second_look_rows import STANDING

_GIVEN_BY = """
SELECT p.photo_id, max(j.act) FROM journal j JOIN photos p ON p.row = j.photo
WHERE j.act > ? GROUP BY j.photo
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

_EVER_IN_BULK = "SELECT 1 FROM acts WHERE kind = 'accept-rest' LIMIT 1"

_THESE = (
    "photo IN (SELECT p.row FROM json_each(:these) asked JOIN photos p ON p.photo_id = asked.value)"
)

_VERIFIED = """
SELECT j.photo, j.act, a.kind
FROM (SELECT photo, verified, max(act) AS act FROM journal WHERE {which} GROUP BY photo) j
    JOIN acts a ON a.number = j.act
WHERE j.verified = 1
"""

_ENTRIES = """
SELECT j.photo, j.act, a.kind, a.undoes FROM json_each(?) asked
    JOIN journal j ON j.photo = asked.value JOIN acts a ON a.number = j.act
ORDER BY asked.key, j.act
"""

_NAMES = """
SELECT p.photo_id FROM json_each(?) asked JOIN photos p ON p.row = asked.value ORDER BY asked.key
"""

_BACK_AND_FORTH = (ActKind.UNDO, ActKind.REDO)

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

    def given_by(self, since: int = 0) -> dict[PhotoId, int]:
        """Return the act by which each photo's verdict came; of a cleared one, which cleared it.

        Args:
            since: Only of the photos that an act after this one said something of.
        """
        with self._reading() as connection:
            return dict(rows(connection, _GIVEN_BY, (since,)))

    def strokes(self, most: int) -> list[Stroke]:
        """Return a person's last strokes, oldest first."""
        with self._reading() as connection:
            found = rows(connection, _STROKES, (most,))
            return [
                Stroke(kind, datetime.fromisoformat(at), photos)
                for kind, at, photos in reversed(found)
            ]

    def accepted_in_bulk(self, photo_ids: Sequence[PhotoId] | None = None) -> list[PhotoId]:
        """Return the photos whose proposal was signed with the rest of a wall, and never since.

        A second look that says the same takes a photo off this list: now it was looked at singly.

        Args:
            photo_ids: Those that are asked for; all without.
        """
        which, these = "true", {}
        if photo_ids is not None:
            which, these = _THESE, {"these": json.dumps(photo_ids)}
        with self._reading() as connection:
            if row(connection, _EVER_IN_BULK) is None:
                return []
            confirmed = dict(rows(connection, STANDING + _CONFIRMED))
            verified = rows(connection, _VERIFIED.format(which=which), these)
            in_bulk = [
                photo
                for photo, (signed, how) in _came_by(connection, verified)
                if how == ActKind.ACCEPT_REST and confirmed.get(photo, 0) < signed
            ]
            names = rows(connection, _NAMES, (json.dumps(in_bulk),))
        return [name for (name,) in names]


def _came_by(
    connection: apsw.Connection, last: Sequence[tuple[int, int, str]]
) -> list[tuple[int, tuple[int, str]]]:
    """Return of each photo by which act the verdict came that its last entry let stand, its kind.

    Args:
        connection: Reads the file.
        last: Photo, act of its last entry and kind of that, a photo each.
    """
    told = [(photo, (act, kind)) for photo, act, kind in last if kind not in _BACK_AND_FORTH]
    others = [photo for photo, _, kind in last if kind in _BACK_AND_FORTH]
    entries = connection.execute(_ENTRIES, (json.dumps(others),))  # one by one: they may be many
    for photo, of_one in groupby(entries, key=itemgetter(0)):
        told.append((photo, standing_act(entry[1:] for entry in of_one)))
    return sorted(told)


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
