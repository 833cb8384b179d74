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
    examined_of,
    graded_among,
    require_two_grades,
)
from tinyclf.session.learning import movable
from tinyclf.session.refit_views import RefitViewCache, RefitViews
from tinyclf.session.trained import cross_validated, require_classifier, save_trained
from tinyclf.training.config import TrainingConfig
from tinyclf.training.metrics import judge
from tinyclf.training.quick_config import quick_config, refit_config
from tinyclf.training.quick_fit import QuickBag, QuickHeads, quick_bag
from tinyclf.trust.exam import EXAM_PHOTOS

CORRECTIONS = 10
"""After so many a refit is due: fewer is sooner better, and the machine more often busy.
`tinyclf simulate` tells what it costs."""

LEAST_NEWS = 0.01
"""Nothing is learnt anew from fewer corrections than this share of what was said before."""


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
class RefitRequest:
    """What a refit is to do.

    Attributes:
        table: The collection as it is at the call.
        sound: Leaves out what of graded photos, of that table, nothing is to be learnt from.
        in_sight: Photos whose proposals stay as they are; asked right before they are written.
        seed: Of the folds.
    """

    table: PhotoTable
    sound: Callable[[GradedPhotos, PhotoTable], Job[GradedPhotos]]
    in_sight: Callable[[], Collection[PhotoId]]
    seed: int


def refit(
    store: CollectionStore, reader: FeatureReader, cache: RefitViewCache, request: RefitRequest
) -> Job[RefitResult]:
    """Fit quick heads in place of the latest training; save them, and what they propose.

    Args:
        store: The collection's file.
        reader: Of the photos' vectors; none is computed.
        cache: Of the photos as they were projected before.
        request: What to do.

    Raises:
        TrainingError: there is no training yet, or too little to learn from.
    """
    latest = require_classifier(store.latest_training())
    config = refit_config(
        TrainingConfig.from_mapping(dict(latest.config)), gated=latest.gate is not None
    )
    table = request.table
    photo_ids = table.ids[: len(table)]
    photos = yield from cache.photos(reader, photo_ids, quick_config(config).features)
    if photos is None:
        raise TrainingError("No photo has been looked at yet: train first.")
    bag, learnt = yield from _fitted(photos, request, config)
    yield Progress("Learning", 0, 0)
    trained = cross_validated(bag, learnt, reader)
    yield Progress("Learning", 0, 0)
    refitted = _Refitted(photos, bag.heads, trained.classifier.temperature)
    quality = refitted.on_exam(examined_of(table)) or trained.validated
    ungraded = _Ungraded.known_to(photos, table)
    probabilities = refitted.opinions(ungraded.photo_ids)
    model = save_trained(
        store, trained, preset=latest.preset, quality=quality, gate=latest.gate, is_quick=True
    )
    proposed, changed = _propose(store, model, ungraded, probabilities, request.in_sight)
    return RefitResult(model.number, len(learnt), bag.seconds, quality, proposed, changed)


def _fitted(
    photos: RefitViews, request: RefitRequest, config: TrainingConfig
) -> Job[tuple[QuickBag, GradedPhotos]]:
    """Return the bag of those sound graded photos that are projected, and these."""
    table = request.table
    graded = graded_among(table, learnable(table, bad_too=True))
    learnt = yield from request.sound(graded.only(photos.known(graded.ids)), table)
    require_two_grades(learnt.classes)
    bag = yield from quick_bag(
        photos.views,
        photos.of(learnt.ids),
        learnt.classes,
        request.seed,
        config=config,
        groups=learnt.units,
    )
    return bag, learnt


@dataclass(frozen=True, eq=False)
class _Refitted:
    """Calibrated heads and the photos they see."""

    photos: RefitViews
    heads: QuickHeads
    temperature: float

    def opinions(self, photo_ids: Sequence[PhotoId]) -> NDArray[np.float64]:
        """Return the probabilities (n, classes) of some of the photos."""
        return self.heads.opinions(self.photos.of(photo_ids), self.temperature)

    def on_exam(self, exam: GradedPhotos) -> Quality | None:
        """Return how good they are on the exam; nothing while too little of it can be seen."""
        told = exam.only(self.photos.known(exam.ids))
        if len(told) < EXAM_PHOTOS:
            return None
        return judge(told.classes, self.opinions(told.ids), JudgedOn.EXAM, groups=told.units)


@dataclass(frozen=True, eq=False)
class _Ungraded:
    """Photos to propose for.

    Attributes:
        photo_ids: The photos, n of them.
        proposed: What is proposed for each, int (n,); 0 where nothing is.
    """

    photo_ids: Sequence[PhotoId]
    proposed: NDArray[np.integer]

    @classmethod
    def known_to(cls, photos: RefitViews, table: PhotoTable) -> _Ungraded:
        """Return those of a collection that are projected; those of the exam stay blind."""
        rows = np.flatnonzero(table.ungraded & ~table.exam)
        ids = [table.ids[row] for row in rows.tolist()]
        return cls(ids, table.proposed[rows]).only(photos.known(ids))

    def only(self, wanted: NDArray[np.bool_]) -> _Ungraded:
        """Return some of them."""
        ids = [one for one, it in zip(self.photo_ids, wanted, strict=True) if it]
        return _Ungraded(ids, self.proposed[wanted])


def _propose(
    store: CollectionStore,
    model: StoredModel,
    ungraded: _Ungraded,
    probabilities: NDArray[np.float64],
    in_sight: Callable[[], Collection[PhotoId]],
) -> tuple[int, int]:
    """Save proposals (n, classes) for what may move; return of how many, and of those changed."""
    moving = movable(ungraded.photo_ids, ungraded.proposed == 0, in_sight)
    told, probabilities = ungraded.only(moving), probabilities[moving]
    store.save_proposals(model.number, told.photo_ids, probabilities)
    changed = (told.proposed > 0) & (probabilities.argmax(axis=1) + 1 != told.proposed)
    return len(told.photo_ids), int(np.count_nonzero(changed))
