"""Which photos to grade next: first spread ones and a few at random, later the doubtful ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tinyclf.domain import Job, PhotoId, Progress
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.session.exams import exam_candidates, to_grade
from tinyclf.session.features import FeatureReader
from tinyclf.trust.exam import exam_photos_among
from tinyclf.trust.review_order import most_doubtful_first
from tinyclf.trust.suggestions import spread

SPREAD_OVER = 4_000
"""Photos, graded or not, that suggestions are spread over: the vectors of so many take 70 MB."""


@dataclass(frozen=True)
class Beginning:
    """What the first suggestions are chosen from, as it was when they were asked for.

    Attributes:
        ungraded: Photos nothing was said of, those of the exam aside.
        graded: Photos a person has judged.
        waiting: Photos of the exam without a verdict, those chosen first in front.
        candidates: Photos that can be set aside for the exam, in random order.
        blind: How many of the suggestions are to be of the exam.
    """

    ungraded: Sequence[PhotoId]
    graded: Sequence[PhotoId]
    waiting: Sequence[PhotoId]
    candidates: Sequence[PhotoId]
    blind: int


def suggest(
    store: CollectionStore, reader: FeatureReader, table: PhotoTable, count: int, seed: int
) -> Job[list[PhotoId]]:
    """Return the photos most worth grading next; what they are chosen from is as of the call."""
    rows = np.flatnonzero(table.ungraded & table.has_proposal & ~table.bad)
    if rows.size:
        order = most_doubtful_first(table.probabilities[rows])
        return _as_chosen([table.ids[row] for row in rows[order[: max(count, 0)]].tolist()])
    answered = int(np.count_nonzero(table.exam & ~table.ungraded))
    wanted = exam_photos_among(count, photos=len(table), answered=answered)
    wanted = 0 if store.latest_model() else wanted
    free = np.flatnonzero(table.ungraded & ~table.exam & ~table.bad)
    beginning = Beginning(
        ungraded=[table.ids[row] for row in free.tolist()],
        graded=[table.ids[row] for row in np.flatnonzero(~table.ungraded).tolist()],
        waiting=to_grade(store, table)[:wanted],
        candidates=exam_candidates(table, seed) if wanted else [],
        blind=wanted,
    )
    return _first(store, reader, beginning, count, seed)


def _as_chosen(photo_ids: list[PhotoId]) -> Job[list[PhotoId]]:
    yield Progress("Choosing photos", 0, 0)
    return photo_ids


def _first(
    store: CollectionStore, reader: FeatureReader, begin: Beginning, count: int, seed: int
) -> Job[list[PhotoId]]:
    """Mix photos of the exam, set aside now if need be, among ones spread over the collection.

    They come in random order: who grades shall not know which are which.
    """
    yield Progress("Choosing photos", 0, 0)
    blind = list(begin.waiting)
    if len(blind) < begin.blind:
        blind += store.reserve_exam(begin.candidates, most=begin.blind - len(blind))
    ungraded = [one for one in begin.ungraded if one not in set(blind)]
    varied = _spread(reader, ungraded, begin.graded, count - len(blind), seed)
    if not blind:
        return varied
    both = [*blind, *varied]
    return [both[place] for place in np.random.default_rng(seed).permutation(len(both)).tolist()]


def _spread(
    reader: FeatureReader,
    ungraded: Sequence[PhotoId],
    graded: Sequence[PhotoId],
    count: int,
    seed: int,
) -> list[PhotoId]:
    """Spread over the photos whose embedding is known, away from the graded ones.

    Of many photos, some at random stand for all. While no embedding is known, the first photos are
    returned.
    """
    rng = np.random.default_rng(seed)
    graded_ids, graded_x = reader.known(_some(graded, rng))
    ids, x = reader.known(_some(ungraded, rng))
    if not ids:
        return list(ungraded[:count])
    together = np.concatenate([graded_x, x]) if graded_ids else x
    already = np.arange(len(graded_ids))
    rows = spread(together, count, already=already, seed=seed) - len(graded_ids)
    return [ids[row] for row in rows.tolist()]


def _some(photo_ids: Sequence[PhotoId], rng: np.random.Generator) -> list[PhotoId]:
    if len(photo_ids) <= SPREAD_OVER:
        return list(photo_ids)
    drawn = np.sort(rng.permutation(len(photo_ids))[:SPREAD_OVER])
    return [photo_ids[row] for row in drawn.tolist()]
