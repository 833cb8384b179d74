"""What was done so far, newest first: a person's acts, and the trainings between them."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import apsw

from tinyclf.domain import NO_VERDICT, ActKind, PhotoId, Verdict, verdict_of
from tinyclf.project.acts import APART, as_sql
from tinyclf.project.database import Database, rows
from tinyclf.project.step_kinds import STEP_KINDS, union, union_all


@dataclass(frozen=True, slots=True)
class PastAct:
    """One act of a person, without its photos: there may be very many.

    Attributes:
        number: Its place in the journal.
        kind: What was done; never an undo or a redo.
        when: When, in UTC.
        photos: How many photos it was about.
        photo_id: The photo, where it was about just one.
        verdict: The verdict given, where all photos got the same one, else ``None``.
    """

    number: int
    kind: ActKind
    when: datetime
    photos: int
    photo_id: PhotoId | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class PastTraining:
    """One training of the machine's: it is never taken back.

    Attributes:
        number: The place of its act.
        when: When, in UTC.
        grades: On how many grades it was trained; ``None`` where that is unknown.
    """

    number: int
    when: datetime
    grades: int | None


Past: TypeAlias = PastAct | PastTraining

_ACTS = f"""
SELECT number, kind, at FROM acts
WHERE actor = 'person' AND kind NOT IN {as_sql(APART | {ActKind.UNDO, ActKind.REDO})}
    AND number < :before AND number > :after
ORDER BY number DESC LIMIT :limit
"""  # noqa: S608 (the kinds are this program's own words)

_CHANGES = union_all("""
SELECT s.act, count(*), min({said}), max({said}), min(s.photo) FROM {table} s
WHERE s.act BETWEEN :first AND :last GROUP BY s.act
""")

_TRAININGS = """
SELECT a.number, a.at, m.grades FROM models m JOIN acts a ON a.number = m.act
WHERE NOT m.is_quick AND a.number BETWEEN :first AND :last ORDER BY a.number DESC
"""

_PHOTO = "SELECT photo_id FROM photos WHERE row = ?"

_PHOTOS = union("""
SELECT p.photo_id FROM {table} s JOIN photos p ON p.row = s.photo WHERE s.act = :act
""")

_ASKED = "WITH asked AS (SELECT p.row FROM json_each(?) JOIN photos p ON p.photo_id = value)\n"

_ABOUT = _ASKED + union(
    "SELECT s.act FROM {table} s WHERE s.photo IN asked",
    [kind for kind in STEP_KINDS if kind.gives_verdicts],
)


class PastRows(Database):
    """Reads what was done, a page at a time."""

    def past(self, limit: int, *, before: int | None = None, after: int = 0) -> list[Past]:
        """Return acts of a person and the trainings between them, newest first.

        Args:
            limit: At most so many acts of a person; trainings come besides.
            before: Only what is older than the act of this number, if given.
            after: Only what is newer than the act of this number.
        """
        newest = 2**62 if before is None else before - 1
        with self._reading() as connection:
            bounds = {"before": newest + 1, "after": after, "limit": limit}
            acts = rows(connection, _ACTS, bounds)
            oldest = acts[-1][0] if len(acts) == limit else after + 1
            span = {"first": oldest, "last": newest}
            trainings = [_training(found) for found in rows(connection, _TRAININGS, span)]
            told: list[Past] = [*_past_acts(connection, acts), *trainings]
        return sorted(told, key=lambda past: past.number, reverse=True)

    def photos_of(self, act: int) -> list[PhotoId]:
        """Return the photos that an act was about, in no order."""
        with self._reading() as connection:
            return [photo_id for (photo_id,) in rows(connection, _PHOTOS, {"act": act})]

    def acts_about(self, photo_ids: Collection[PhotoId]) -> frozenset[int]:
        """Return the acts that gave any of these photos a verdict, or a second one."""
        with self._reading() as connection:
            found = rows(connection, _ABOUT, (json.dumps(list(photo_ids)),))
        return frozenset(act for (act,) in found)


def _past_acts(connection: apsw.Connection, acts: list[tuple[Any, ...]]) -> list[PastAct]:
    if not acts:
        return []
    span = {"first": acts[-1][0], "last": acts[0][0]}
    changes = {act: told for act, *told in rows(connection, _CHANGES, span)}
    return [
        _past_act(connection, act, *changes.get(act[0], (0, NO_VERDICT, NO_VERDICT, 0)))
        for act in acts
    ]


def _past_act(
    connection: apsw.Connection,
    act: tuple[Any, ...],
    photos: int,
    least: int,
    greatest: int,
    photo: int,
) -> PastAct:
    number, kind, at = act
    only = rows(connection, _PHOTO, (photo,))[0][0] if photos == 1 else None
    code = least if least == greatest else NO_VERDICT
    return PastAct(
        number, ActKind(kind), datetime.fromisoformat(at), photos, only, verdict_of(code)
    )


def _training(found: tuple[Any, ...]) -> PastTraining:
    number, at, grades = found
    return PastTraining(number, datetime.fromisoformat(at), grades)
