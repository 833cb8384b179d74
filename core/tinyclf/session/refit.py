"""Learning from corrections while a person makes them: quick heads instead of the whole bag."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job, JudgedOn, PhotoId, Progress, Quality
from tinyclf.errors import TrainingError
from tinyclf.project import CollectionStore, StoredModel
from tinyclf.session.features import FeatureReader
from tinyclf.session.learning import GradedPhotos, require_two_grades
from tinyclf.session.sight import Memory, Sight
from tinyclf.training.config import TrainingConfig
from tinyclf.training.metrics import judge
from tinyclf.training.presets import BALANCED
from tinyclf.training.quick_fit import QuickHeads, quick_bag, settled
from tinyclf.trust.calibration import calibrated, honest_probabilities
from tinyclf.trust.suggestions import EXAM_PHOTOS

CORRECTIONS = 10
"""After so many a refit is due. In `tinyclf simulate` the effort to 95 % is half a point more
after 25 on cards, and a point and a half on stamps; after 5, no less."""

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


def refit(
    store: CollectionStore,
    reader: FeatureReader,
    memory: Memory,
    photo_ids: Sequence[PhotoId],
    graded: GradedPhotos,
    exam: GradedPhotos,
    ungraded: Ungraded,
    in_sight: Callable[[], Collection[PhotoId]],
    seed: int,
) -> Job[RefitResult]:
    """Fit quick heads in place of the latest training; save them, and what they propose.

    They learn from what `train` would, but for photos whose vectors are not there yet.

    Args:
        store: The collection's file.
        reader: Of the photos' vectors; none is computed.
        memory: Of what was seen before.
        photo_ids: All photos of the collection.
        graded: What to learn from.
        exam: The exam's graded photos.
        ungraded: What to propose for.
        in_sight: Photos whose proposals stay as they are; asked right before they are written.
        seed: Of the folds.

    Raises:
        TrainingError: there is no training yet, or too little to learn from.
    """
    latest = store.latest_training()
    if latest is None:
        raise TrainingError("No classifier yet. Grade some photos and train first.")
    config = in_place_of(latest)
    own = settled(config)
    sight = yield from memory.sight(reader, photo_ids, own.features)
    if sight is None:
        raise TrainingError("No photo has been looked at yet: train first.")
    learnt = graded.only(_known(sight, graded.ids))
    require_two_grades(learnt.classes)
    y = learnt.classes
    bag = yield from quick_bag(
        sight.views, sight.of(learnt.ids), y, seed, config=config, groups=learnt.units
    )
    yield Progress("Learning", 0, 0)
    honest = honest_probabilities(bag, y)
    extractor_key = reader.extractor(own.features).key
    classifier = calibrated(bag, y, extractor_key)
    validated = judge(y, honest, JudgedOn.CROSS_VALIDATION, groups=learnt.units)
    yield Progress("Learning", 0, 0)
    temperature = classifier.temperature
    quality = _on_exam(sight, bag.heads, temperature, exam) or validated
    there = ungraded.only(_known(sight, ungraded.photo_ids))
    probabilities = bag.heads.opinions(sight.of(there.photo_ids), temperature)
    model = store.save_model(
        classifier.to_bytes(),
        preset=latest.preset,
        config=own.to_mapping(),
        quality=quality,
        extractor_key=extractor_key,
        seconds=bag.seconds,
        cross_validated=validated.exact.value,
        is_quick=True,
        gate=latest.gate,
        opinions=(learnt.ids, y + 1, honest),
    )
    looked_at = frozenset(in_sight())
    moving = np.array(
        [
            one not in looked_at or not was
            for one, was in zip(there.photo_ids, there.proposed, strict=True)
        ],
        np.bool_,
    )
    told = there.only(moving)
    probabilities = probabilities[moving]
    store.save_proposals(model.number, told.photo_ids, probabilities)
    changed = (told.proposed > 0) & (probabilities.argmax(axis=1) + 1 != told.proposed)
    return RefitResult(
        model=model.number,
        grades=len(y),
        seconds=bag.seconds,
        quality=quality,
        proposed=len(told.photo_ids),
        changed=int(np.count_nonzero(changed)),
    )


def in_place_of(latest: StoredModel) -> TrainingConfig:
    """Return the configuration of what stands in for a training; it sees what that was offered.

    The gate has no say: two heads, with the condition encoder and without it, agree on the mean,
    which on real cards took 1.4 points less of the effort to 95 % than asking the gate, and as much
    on stamps.
    """
    config = TrainingConfig.from_mapping(dict(latest.config))
    return config if latest.gate is None else replace(config, features=BALANCED.features)


def _on_exam(
    sight: Sight, heads: QuickHeads, temperature: float, exam: GradedPhotos
) -> Quality | None:
    """Return how good heads are on the exam; nothing while too little of it can be seen."""
    told = exam.only(_known(sight, exam.ids))
    if len(told) < EXAM_PHOTOS:
        return None
    opinions = heads.opinions(sight.of(told.ids), temperature)
    return judge(told.classes, opinions, JudgedOn.EXAM, groups=told.units)


def _known(sight: Sight, photo_ids: Sequence[PhotoId]) -> NDArray[np.bool_]:
    return np.array([one in sight.row_of for one in photo_ids], np.bool_)
