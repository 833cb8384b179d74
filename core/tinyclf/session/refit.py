"""Learning from corrections while a person makes them: quick heads instead of the whole bag."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job, JudgedOn, PhotoId, Progress, Quality
from tinyclf.errors import TrainingError
from tinyclf.project import CollectionStore, PhotoTable, StoredModel
from tinyclf.session.exams import learnable
from tinyclf.session.features import FeatureReader
from tinyclf.session.graded_photos import (
    GradedPhotos,
    examined,
    graded_among,
    require_two_grades,
)
from tinyclf.session.learning import movable
from tinyclf.session.projected_photos import ProjectedPhotos, ProjectionCache
from tinyclf.session.trained import cross_validated, require_classifier, save_trained
from tinyclf.training.config import TrainingConfig
from tinyclf.training.metrics import judge
from tinyclf.training.quick_config import quick_config, refit_config
from tinyclf.training.quick_fit import QuickBag, QuickHeads, quick_bag
from tinyclf.training.trained_bag import CLASSES
from tinyclf.trust.exam import EXAM_PHOTOS

CORRECTIONS = 10
"""After so many a refit is due: fewer is sooner better, and the machine more often busy.
`tinyclf simulate` tells what it costs."""

LEAST_NEWS = 0.01
"""Nothing is learnt anew from fewer corrections than this share of what was said before."""

TOLD_AT_ONCE = 4_096
"""Photos of which a copy is in memory while they are proposed for: 4 MB, and 8 as doubles."""


def due_after(said: int, corrections: int = CORRECTIONS) -> float:
    """Return after how many corrections a refit is due, when so many photos have a grade."""
    return max(corrections, LEAST_NEWS * said)


@dataclass(frozen=True)
class RefitResult:
    """What a refit brought.

    Attributes:
        model: The number of the saved model.
        grades: On how many grades.
        seconds: How long the fit took.
        quality: How good it is on photos it has not seen.
        proposed: How many photos got a proposal.
        changed: Of how many the proposed grade is another now.
    """

    model: int
    grades: int
    seconds: float
    quality: Quality
    proposed: int
    changed: int


@dataclass(frozen=True, eq=False)
class Ungraded:
    """Photos to propose for, as they are at the call.

    Attributes:
        photo_ids: The photos, n of them.
        proposed: What is proposed for each, int (n,); 0 where nothing is.
    """

    photo_ids: Sequence[PhotoId]
    proposed: NDArray[np.integer]

    def only(self, wanted: NDArray[np.bool_]) -> Ungraded:
        """Return some of them."""
        ids = [one for one, it in zip(self.photo_ids, wanted, strict=True) if it]
        return Ungraded(ids, self.proposed[wanted])


@dataclass(frozen=True, eq=False)
class RefitOrder:
    """What a refit is to do, as the collection is at the call.

    Attributes:
        photo_ids: All photos of the collection.
        graded: What to learn from; photos whose vectors are not there yet are left out.
        exam: The exam's graded photos.
        ungraded: What to propose for.
        in_sight: Photos whose proposals stay as they are; asked right before they are written.
        seed: Of the folds.
    """

    photo_ids: Sequence[PhotoId]
    graded: GradedPhotos
    exam: GradedPhotos
    ungraded: Ungraded
    in_sight: Callable[[], Collection[PhotoId]]
    seed: int


def order_for(
    table: PhotoTable, in_sight: Callable[[], Collection[PhotoId]], seed: int
) -> RefitOrder:
    """Return the order to learn from all that a table has to teach, and propose for the rest."""
    rows = np.flatnonzero(table.ungraded & ~table.exam)
    return RefitOrder(
        photo_ids=tuple(table.ids[: len(table)]),
        graded=graded_among(table, learnable(table)),
        exam=examined(table),
        ungraded=Ungraded([table.ids[row] for row in rows.tolist()], table.proposed[rows]),
        in_sight=in_sight,
        seed=seed,
    )


def refit(
    store: CollectionStore, reader: FeatureReader, cache: ProjectionCache, order: RefitOrder
) -> Job[RefitResult]:
    """Fit quick heads in place of the latest training; save them, and what they propose.

    Args:
        store: The collection's file.
        reader: Of the photos' vectors; none is computed.
        cache: Of the photos as they were projected before.
        order: What to do.

    Raises:
        TrainingError: there is no training yet, or too little to learn from.
    """
    latest = require_classifier(store.latest_training())
    config = refit_config(
        TrainingConfig.from_mapping(dict(latest.config)), gated=latest.gate is not None
    )
    photos = yield from cache.photos(reader, order.photo_ids, quick_config(config).features)
    if photos is None:
        raise TrainingError("No photo has been looked at yet: train first.")
    bag, learnt = yield from _fitted(photos, order, config)
    yield Progress("Learning", 0, 0)
    trained = cross_validated(bag, learnt, reader)
    yield Progress("Learning", 0, 0)
    refitted = _Refitted(photos, bag.heads, trained.classifier.temperature)
    quality = refitted.on_exam(order.exam) or trained.validated
    there = order.ungraded.only(photos.known(order.ungraded.photo_ids))
    probabilities = refitted.opinions(there.photo_ids)
    model = save_trained(
        store, trained, preset=latest.preset, quality=quality, gate=latest.gate, is_quick=True
    )
    proposed, changed = _propose(store, model, there, probabilities, order.in_sight)
    return RefitResult(model.number, len(learnt), bag.seconds, quality, proposed, changed)


def _fitted(
    photos: ProjectedPhotos, order: RefitOrder, config: TrainingConfig
) -> Job[tuple[QuickBag, GradedPhotos]]:
    """Return the bag of those graded photos that are projected, and these."""
    learnt = order.graded.only(photos.known(order.graded.ids))
    require_two_grades(learnt.classes)
    bag = yield from quick_bag(
        photos.views,
        photos.of(learnt.ids),
        learnt.classes,
        order.seed,
        config=config,
        groups=learnt.units,
    )
    return bag, learnt


@dataclass(frozen=True, eq=False)
class _Refitted:
    """Calibrated heads and the photos they see."""

    photos: ProjectedPhotos
    heads: QuickHeads
    temperature: float

    def opinions(self, photo_ids: Sequence[PhotoId]) -> NDArray[np.float64]:
        """Return the probabilities (n, classes) of some of the photos, told part by part."""
        told = np.empty((len(photo_ids), CLASSES))
        for start in range(0, len(photo_ids), TOLD_AT_ONCE):
            part = slice(start, start + TOLD_AT_ONCE)
            told[part] = self.heads.opinions(self.photos.of(photo_ids[part]), self.temperature)
        return told

    def on_exam(self, exam: GradedPhotos) -> Quality | None:
        """Return how good they are on the exam; nothing while too little of it can be seen."""
        told = exam.only(self.photos.known(exam.ids))
        if len(told) < EXAM_PHOTOS:
            return None
        return judge(told.classes, self.opinions(told.ids), JudgedOn.EXAM, groups=told.units)


def _propose(
    store: CollectionStore,
    model: StoredModel,
    ungraded: Ungraded,
    probabilities: NDArray[np.float64],
    in_sight: Callable[[], Collection[PhotoId]],
) -> tuple[int, int]:
    """Save proposals (n, classes) for what may move; return of how many, and of those changed."""
    moving = movable(ungraded.photo_ids, ungraded.proposed == 0, in_sight)
    told, probabilities = ungraded.only(moving), probabilities[moving]
    store.save_proposals(model.number, told.photo_ids, probabilities)
    changed = (told.proposed > 0) & (probabilities.argmax(axis=1) + 1 != told.proposed)
    return len(told.photo_ids), int(np.count_nonzero(changed))
