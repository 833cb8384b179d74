"""Where each wall stands: how full it is, and what is known of the mistakes on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Grade, Wall
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.session.audits import latest_audits
from tinyclf.session.news import codes_after
from tinyclf.session.remembered import Remembered
from tinyclf.trust.wall_certificates import WallCertificate, wall_certificates
from tinyclf.trust.wall_doubts import wall_doubts
from tinyclf.trust.walls import walls_of


@dataclass(frozen=True, eq=False)
class WallStanding:
    """The walls, one per grade, worst first.

    Attributes:
        walls: How full each is, and how much of it is expected to be wrong.
        certificates: What is known of the mistakes on each.
        doubts: The chance that each photo is wrong that is merely proposed, or was accepted unseen,
            (n,); else 0.
    """

    walls: tuple[Wall, ...]
    certificates: tuple[WallCertificate, ...]
    doubts: NDArray[np.float64]


def wall_standing(
    store: CollectionStore,
    table: PhotoTable,
    in_bulk: NDArray[np.bool_],
    missing: tuple[Grade, ...],
    remembered: Remembered,
) -> WallStanding:
    """Return the walls, and what is known of the mistakes on each.

    Args:
        store: The collection's file.
        table: Its n photos.
        in_bulk: Which were accepted with the rest of a wall, not looked at singly, (n,).
        missing: Grades never learnt from.
        remembered: What was worked out before.
    """
    audits = latest_audits(store, table)
    proofs = {grade: audit.certificate for grade, audit in audits.items() if audit.stands}
    walls = walls_of(table.current, table.human, table.verified, table.probabilities, proofs)
    proposed = table.ungraded & table.has_proposal
    earlier = np.zeros(len(table), np.bool_)
    for grade in proofs if in_bulk.any() else ():
        here = in_bulk & (table.current == grade)
        earlier |= here & ~_open_at(store, table, audits[grade].audit.act, remembered)
    probabilities = table.probabilities
    doubts = wall_doubts(table.current, proposed, in_bulk, probabilities, proofs, earlier)
    known = wall_certificates(table.current, proposed, in_bulk, doubts, proofs, missing)
    return WallStanding(walls, known, doubts)


def _open_at(
    store: CollectionStore, table: PhotoTable, act: int, remembered: Remembered
) -> NDArray[np.bool_]:
    """Return which photos that were accepted since had no verdict right after an act, (n,)."""
    known = remembered.get(
        f"open at {act}",
        (store.last_acceptance, len(table)),
        lambda: codes_after(store, table, act) == 0,
    )
    flags = np.zeros(len(table), np.bool_)
    flags[: len(known)] = known
    return flags
