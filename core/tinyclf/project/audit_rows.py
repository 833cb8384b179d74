"""Audits: random samples of one wall, drawn after its proposals were frozen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import apsw

from tinyclf.domain import NO_VERDICT, ActKind, Grade, PhotoId, Verdict, verdict_of
from tinyclf.errors import CollectionError
from tinyclf.project.acts import AUDIT, append_act
from tinyclf.project.database import Database, row, rows
from tinyclf.project.how_given_rows import standing_act
from tinyclf.project.present import unspoken


@dataclass(frozen=True)
class Audit:
    """A sample as it was drawn; what a person said of it since, `audit_answers` tells.

    Attributes:
        number: Its number in this collection, from 1.
        act: The act that drew it: what is said later answers it.
        when: When, in UTC.
        grade: Whose wall was sampled.
        model: Whose proposals hung there.
        population: How many proposals the sample was drawn from.
        photo_ids: The photos, in the order drawn: the first ``k`` of them are a sample, too.
        sizes: After how many answers one may look, ascending, fixed before the first answer.
    """

    number: int
    act: int
    when: datetime
    grade: Grade
    model: int
    population: int
    photo_ids: tuple[PhotoId, ...]
    sizes: tuple[int, ...]


_AUDITS = """
SELECT d.audit, d.act, a.at, d.grade, d.model, d.population, d.sizes
FROM audits d JOIN acts a ON a.number = d.act
"""

_DRAWN = """
SELECT p.photo_id FROM audit_photos a JOIN photos p ON p.row = a.photo
WHERE a.audit = ? ORDER BY a.place
"""

_SAID = """
SELECT s.place, j.act, j.new, a.kind, a.undoes
FROM audit_photos s JOIN journal j ON j.photo = s.photo JOIN acts a ON a.number = j.act
WHERE s.audit = ? ORDER BY s.place, j.act
"""

_JUDGED_BEFORE = """
SELECT p.photo_id
FROM (SELECT photo, old, min(act) FROM journal WHERE act > ? GROUP BY photo) j
    JOIN photos p ON p.row = j.photo
WHERE j.old <> 0
"""


class AuditRows(Database):
    """The samples, and what a person answered."""

    def save_audit(
        self,
        grade: Grade,
        model: int,
        population: int,
        photo_ids: Sequence[PhotoId],
        sizes: Sequence[int],
    ) -> Audit:
        """Write down a sample before anyone has looked at it, by the machine's act.

        Args:
            grade: Whose wall it was drawn from.
            model: The number of the model whose proposals hang there.
            population: How many photos it was drawn from.
            photo_ids: The photos, in the order drawn.
            sizes: After how many answers one may look, ascending.

        Raises:
            ValueError: the numbers do not fit together.
            CollectionError: there is no such model; a photo is not in this collection, or a
                person has judged it. Nothing was written.
        """
        _require_fit(population, photo_ids, sizes)
        with self._writing() as connection:
            if row(connection, "SELECT 1 FROM models WHERE number = ?", (model,)) is None:
                raise CollectionError(f"There is no model {model} in this collection. Train first.")
            drawn = [unspoken(connection, photo_id) for photo_id in photo_ids]
            act = append_act(connection, "machine", AUDIT)
            connection.execute(
                "INSERT INTO audits (act, grade, model, population, sizes) VALUES (?, ?, ?, ?, ?)",
                (act, int(grade), model, population, json.dumps(list(sizes))),
            )
            number = connection.last_insert_rowid()
            connection.executemany(
                "INSERT INTO audit_photos (audit, place, photo) VALUES (?, ?, ?)",
                ((number, place, photo) for place, photo in enumerate(drawn)),
            )
            [found] = rows(connection, f"{_AUDITS} WHERE d.audit = ?", (number,))
            return _audit(connection, found)

    def audits(self) -> list[Audit]:
        """Return all audits, oldest first."""
        with self._reading() as connection:
            found = rows(connection, f"{_AUDITS} ORDER BY d.audit")
            return [_audit(connection, audit) for audit in found]

    def audit_answers(self, audit: Audit) -> tuple[Verdict, ...]:
        """Return what a person has said of each drawn photo since, and stands by; else ``None``.

        Accepting the rest of a wall in bulk is no look at a photo, hence no answer; what was
        undone is none either.
        """
        answers = [NO_VERDICT] * len(audit.photo_ids)
        with self._reading() as connection:
            said: dict[int, list[tuple[Any, ...]]] = {}
            for place, *entry in rows(connection, _SAID, (audit.number,)):
                said.setdefault(place, []).append(tuple(entry))
        for place, entries in said.items():
            answers[place] = _answer(entries, audit.act)
        return tuple(verdict_of(code) for code in answers)

    def judged_before(self, audit: Audit) -> list[PhotoId]:
        """Return the photos that had a verdict when the sample was drawn, and lost it since.

        Also those that have another one by now. So none of them was among what it was drawn from.
        """
        with self._reading() as connection:
            return [photo_id for (photo_id,) in rows(connection, _JUDGED_BEFORE, (audit.act,))]


def _require_fit(population: int, photo_ids: Sequence[PhotoId], sizes: Sequence[int]) -> None:
    drawn = len(photo_ids)
    if len(set(photo_ids)) != drawn:
        raise ValueError("a photo was drawn twice")
    if not 0 < drawn <= population:
        raise ValueError(f"{drawn} photos drawn from {population}")
    if not sizes or any(b <= a for a, b in pairwise((0, *sizes))) or sizes[-1] > drawn:
        raise ValueError(f"looks after {list(sizes)} answers of {drawn} photos")


def _audit(connection: apsw.Connection, found: tuple[Any, ...]) -> Audit:
    number, act, at, grade, model, population, sizes = found
    return Audit(
        number=number,
        act=act,
        when=datetime.fromisoformat(at),
        grade=Grade(grade),
        model=model,
        population=population,
        photo_ids=tuple(photo_id for (photo_id,) in rows(connection, _DRAWN, (number,))),
        sizes=tuple(int(size) for size in json.loads(sizes)),
    )


def _answer(entries: list[tuple[Any, ...]], since: int) -> int:
    """Return the code that stands by the entries of one photo, if it answers.

    Args:
        entries: (act, code, kind of act, act it takes back or does again), oldest first.
        since: Only a code that came to stand after this act answers.
    """
    _, kind = standing_act((act, kind, undoes) for act, _, kind, undoes in entries)
    act, code, *_ = entries[-1]
    return code if act > since and kind != ActKind.ACCEPT_REST else NO_VERDICT
