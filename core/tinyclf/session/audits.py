"""Audits of walls: drawn when proposals are frozen, answered by the journal, void by change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Grade, PhotoId
from tinyclf.errors import InputError
from tinyclf.project import Audit, CollectionStore, PhotoTable
from tinyclf.trust.audit import drawn
from tinyclf.trust.certificate import Certificate, certify
from tinyclf.trust.wall_certificates import looks_of


@dataclass(frozen=True)
class AuditStanding:
    """How far an audit is, and what it proves.

    Attributes:
        audit: The sample as it was drawn.
        certificate: What the answers up to now prove.
        photos: The photos to look at until the next proof, in the order drawn.
        stands: Whether all that hangs there is of the proposals it was drawn from; else it proves
            nothing.
    """

    audit: Audit
    certificate: Certificate
    photos: tuple[PhotoId, ...]
    stands: bool


def begin_audit(
    store: CollectionStore, table: PhotoTable, grade: Grade, seed: int | None
) -> AuditStanding:
    """Freeze a wall's proposals and draw from them, before anyone looks at one.

    Args:
        store: The collection's file.
        table: Its photos.
        grade: Whose wall.
        seed: Of the draw; another one for each audit if not given.

    Raises:
        InputError: nothing is proposed there, or an audit of it stands: to draw until the sample
            pleases would prove nothing.
    """
    rows = proposed_on(table, grade)
    if not len(rows):
        raise InputError(
            f"No proposal hangs on the wall of grade {grade:d}, so there is nothing to audit. "
            "Train and propose first, or choose another wall."
        )
    before = store.audits()
    if any(_stands(store, table, one) for one in before if one.grade == grade):
        raise InputError(
            f"An audit of the wall of grade {grade:d} is under way. Go on with it: drawing again "
            "until the sample pleases would prove nothing."
        )
    sizes = _sizes(len(rows))
    order = drawn(len(rows), sizes[-1], len(before) if seed is None else seed)
    audit = store.save_audit(
        grade,
        model=int(table.proposed_by[rows].max()),
        population=len(rows),
        photo_ids=[table.ids[row] for row in rows[order].tolist()],
        sizes=sizes,
    )
    return _standing(store, table, audit)


def latest_audits(store: CollectionStore, table: PhotoTable) -> dict[Grade, AuditStanding]:
    """Return the newest audit of each wall that has one."""
    newest = {audit.grade: audit for audit in store.audits()}
    return {grade: _standing(store, table, audit) for grade, audit in newest.items()}


def being_audited(audits: Iterable[AuditStanding]) -> list[PhotoId]:
    """Return the photos drawn for audits that stand."""
    return [one for standing in audits if standing.stands for one in standing.audit.photo_ids]


def proposed_on(table: PhotoTable, grade: Grade) -> NDArray[np.intp]:
    """Return the rows that hang on a wall as merely proposed."""
    return np.flatnonzero(table.ungraded & table.has_proposal & (table.proposed == grade))


def _standing(store: CollectionStore, table: PhotoTable, audit: Audit) -> AuditStanding:
    answers = store.audit_answers(audit)
    looked_at = next((k for k, answer in enumerate(answers) if answer is None), len(answers))
    wrong = np.array([answer != audit.grade for answer in answers[:looked_at]], np.bool_)
    certificate = _certified(audit.population, wrong.tobytes())
    ahead = audit.photo_ids[looked_at : certificate.next_size or looked_at]
    codes = table.codes_of(ahead).tolist()
    photos = tuple(one for one, code in zip(ahead, codes, strict=True) if code == 0)
    return AuditStanding(audit, certificate, photos, _stands(store, table, audit))


@lru_cache(maxsize=64)
def _certified(population: int, wrong: bytes) -> Certificate:
    """Return `certify`, remembered: the same is asked after every grade."""
    return certify(population, np.frombuffer(wrong, np.bool_))


def _stands(store: CollectionStore, table: PhotoTable, audit: Audit) -> bool:
    """Tell whether nothing was proposed anew, and nothing hangs there that was not there then.

    As nothing was proposed since, only a photo that had a verdict then can have come to it.
    """
    if store.last_proposing >= audit.act or audit.sizes != _sizes(audit.population):
        return False
    strangers = table.rows(store.judged_before(audit))
    return not np.isin(proposed_on(table, audit.grade), strangers).any()


def _sizes(population: int) -> tuple[int, ...]:
    return tuple(look.size for look in looks_of(population))
