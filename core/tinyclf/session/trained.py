"""What comes of any training, be it a quick refit: judged, calibrated and saved in one way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import JudgedOn, Quality
from tinyclf.errors import TrainingError
from tinyclf.project import CollectionStore, StoredModel
from tinyclf.session.features import FeatureReader
from tinyclf.session.graded_photos import GradedPhotos
from tinyclf.training.classifier import Classifier
from tinyclf.training.gate import Gate
from tinyclf.training.metrics import judge
from tinyclf.training.trained_bag import TrainedBag
from tinyclf.trust.calibration import calibrated, honest_probabilities

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Trained:
    """A bag, and what it is worth on the photos it learnt from, each held out.

    Attributes:
        bag: The bag.
        learnt: What it learnt from, n photos.
        classifier: It, calibrated.
        honest: Its calibrated opinions (n, classes) of the photos, none of which had a say in its
            own.
        validated: How good it is by these.
    """

    bag: TrainedBag
    learnt: GradedPhotos
    classifier: Classifier
    honest: NDArray[np.float64]
    validated: Quality


def cross_validated(bag: TrainedBag, learnt: GradedPhotos, reader: FeatureReader) -> Trained:
    """Calibrate a bag, and judge it by cross-validation.

    Args:
        bag: Trained on vectors of the extractor that its configuration names.
        learnt: The photos it was trained on.
        reader: Knows the extractor.
    """
    y = learnt.classes
    honest = honest_probabilities(bag, y)
    validated = judge(y, honest, JudgedOn.CROSS_VALIDATION, groups=learnt.units)
    classifier = calibrated(bag, y, reader.extractor(bag.config.features).key)
    return Trained(bag, learnt, classifier, honest, validated)


def save_trained(
    store: CollectionStore,
    trained: Trained,
    *,
    preset: str,
    quality: Quality,
    gate: Gate | None,
    is_quick: bool = False,
) -> StoredModel:
    """Save it as the latest model.

    Args:
        store: The collection's file.
        trained: What to save.
        preset: The name of the preset it came from.
        quality: How good it is on photos it has not seen.
        gate: What the gate said, if it was asked.
        is_quick: Whether it is but a quick refit.
    """
    learnt = trained.learnt
    return store.save_model(
        trained.classifier.to_bytes(),
        preset=preset,
        config=trained.bag.config.to_mapping(),
        quality=quality,
        extractor_key=trained.classifier.extractor_key,
        seconds=trained.bag.seconds,
        cross_validated=trained.validated.exact.value,
        is_quick=is_quick,
        gate=gate,
        opinions=(learnt.ids, learnt.classes + 1, trained.honest),
    )


def require_classifier(found: T | None) -> T:
    """Return what was found of a classifier.

    Raises:
        TrainingError: nothing was.
    """
    if found is None:
        raise TrainingError("No classifier yet. Grade some photos and train first.")
    return found
