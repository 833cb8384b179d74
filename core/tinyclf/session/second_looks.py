"""Looking twice: how alike a person grades, and what was accepted without a look of its own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import PhotoId, verdict_code
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.session.remembered import Remembered, by_row, fitted
from tinyclf.trust.consistency import Consistency, consistency, show_again
from tinyclf.trust.misses import first_to_come_back


def agreement(store: CollectionStore) -> Consistency | None:
    """Return how often a blind second look said the same; nothing before the first."""
    blind = [look for look in store.second_looks() if look.blind]
    return consistency(
        [verdict_code(look.first) for look in blind], [verdict_code(look.second) for look in blind]
    )


def due_again(
    store: CollectionStore, table: PhotoTable, remembered: Remembered, seed: int
) -> list[PhotoId]:
    """Return the photos due for a blind second look; accepted proposals never are."""
    acts = fitted(remembered.get_on("given by", store.last_act, _given_by(store, table)), table)
    seen = table.rows([look.photo_id for look in store.second_looks() if look.blind])
    codes = np.where(table.verified, 0, table.codes)
    return [table.ids[row] for row in show_again(codes, acts, seen, seed=seed).tolist()]


def _given_by(
    store: CollectionStore, table: PhotoTable
) -> Callable[[tuple[int, NDArray[np.int64]] | None], NDArray[np.int64]]:
    """Return what looks up the act by which each photo's verdict came, after the acts since."""

    def looked_up(former: tuple[int, NDArray[np.int64]] | None) -> NDArray[np.int64]:
        since, known = former or (0, np.zeros(0, np.int64))
        given_by = store.given_by(since)
        acts = by_row(table, (), values=0, dtype=np.int64)
        acts[: len(known)] = known
        acts[table.rows(given_by)] = list(given_by.values())
        return acts

    return looked_up


def in_bulk(store: CollectionStore, table: PhotoTable, remembered: Remembered) -> NDArray[np.bool_]:
    """Return which photos were accepted with the rest of a wall, and not looked at since, (n,).

    Looked up after the acts alone that can put a photo among them, and then of the photos alone
    that were touched since; any other act can only take one out, and then it is no accepted
    proposal any more.
    """

    def looked_up(former: tuple[int, NDArray[np.bool_]] | None) -> NDArray[np.bool_]:
        if former is None:
            return by_row(table, store.accepted_in_bulk(), values=True, dtype=np.bool_)
        since, known = former
        touched = store.changed_since(since)
        answer = by_row(table, (), values=True, dtype=np.bool_)
        answer[: len(known)] = known
        answer[table.rows(touched)] = False
        answer[table.rows(store.accepted_in_bulk(touched))] = True
        return answer

    known = remembered.get_on("in bulk", store.last_acceptance, looked_up)
    return fitted(known, table) & table.verified


def back_first(table: PhotoTable, bulk: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the rows of all accepted photos: those in bulk first, then by doubt."""
    rows = np.flatnonzero(table.verified)
    signed = table.probabilities[rows, table.codes[rows] - 1]
    return rows[first_to_come_back(1 - signed, bulk[rows])]
