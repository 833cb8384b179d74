"""Training, proposing and comparing, as jobs over a collection's store and its photos' vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.extractors import FeatureExtractor
from tinyclf.domain import GRADES, Job, JudgedOn, Photo, PhotoId, Problem, Progress, Quality
from tinyclf.errors import ModelError, TrainingError
from tinyclf.nn.backend import Backend
from tinyclf.project import CollectionStore, StoredModel
from tinyclf.session.features import FeatureReader
from tinyclf.training.bag import train_classifier
from tinyclf.training.classifier import Classifier
from tinyclf.training.comparison import ComparisonRow, compare
from tinyclf.training.config import TrainingConfig
from tinyclf.training.metrics import judge
from tinyclf.trust.calibration import calibrated, honest_probabilities
from tinyclf.trust.suggestions import doubtful, spread


@dataclass(frozen=True)
class TrainingResult:
    """What a training brought.

    Attributes:
        model: The number of the saved model.
        preset: The name of the preset, or of the user's own configuration.
        config: What it was trained with.
        grades: On how many human grades.
        seconds: How long training took, features aside.
        quality: How good it is on photos it has not seen.
        left_out: Graded photos it could not learn from, and why.
    """

    model: int
    preset: str
    config: TrainingConfig
    grades: int
    seconds: float
    quality: Quality
    left_out: tuple[Problem, ...]


@dataclass(frozen=True)
class ProposalResult:
    """What proposing brought.

    Attributes:
        proposed: How many photos got a proposal.
        left_out: Photos that could not be read, and why.
    """

    proposed: int
    left_out: tuple[Problem, ...]


@dataclass(frozen=True)
class GradedPhotos:
    """Photos with a person's grade: what a classifier learns from.

    Attributes:
        photos: The photos.
        classes: Their grades less one, int (n,).
    """

    photos: Sequence[Photo]
    classes: NDArray[np.intp]


def train(
    store: CollectionStore,
    reader: FeatureReader,
    graded: GradedPhotos,
    config: TrainingConfig,
    preset: str,
    seed: int,
    backend: Backend | None = None,
) -> Job[TrainingResult]:
    """Train on the graded photos, judge, calibrate, and save as the latest model."""
    require_two_grades(graded.classes)
    features = yield from reader.read(graded.photos, config.features)
    x, y = features.matrix[features.ok], graded.classes[features.ok]
    require_two_grades(y, features.problems)
    bag = yield from train_classifier(x, y, config, seed, backend=backend)
    quality = judge(y, honest_probabilities(bag, y), JudgedOn.CROSS_VALIDATION)
    extractor_key = reader.extractor(config.features).key
    model = store.save_model(
        calibrated(bag, y, extractor_key).to_bytes(),
        preset=preset,
        config=config.to_mapping(),
        quality=quality,
        extractor_key=extractor_key,
        seconds=bag.seconds,
    )
    return TrainingResult(
        model.number, preset, config, len(y), bag.seconds, quality, features.problems
    )


def propose(
    store: CollectionStore,
    reader: FeatureReader,
    photos: Sequence[Photo],
    backend: Backend | None = None,
) -> Job[ProposalResult]:
    """Save the latest model's proposals for the photos."""
    model, classifier = _latest(store)
    features = yield from reader.read(photos, str(model.config["features"]))
    _extractor(reader, model)
    probabilities = yield from classifier.propose(features.matrix[features.ok], backend)
    ids = [photo.photo_id for photo, ok in zip(photos, features.ok, strict=True) if ok]
    store.save_proposals(model.number, ids, probabilities)
    return ProposalResult(len(ids), features.problems)


def onnx_of(store: CollectionStore, reader: FeatureReader) -> bytes:
    """Return the latest classifier behind its features' extractor, as one ONNX file.

    Raises:
        TrainingError: there is no classifier yet.
        ModelError: the extractor is missing, another one by now, or cannot be exported.
    """
    model, classifier = _latest(store)
    return _extractor(reader, model).in_front_of(classifier.to_onnx())


def compare_configs(
    reader: FeatureReader,
    graded: GradedPhotos,
    configs: dict[str, TrainingConfig],
    seed: int,
    backend: Backend | None = None,
) -> Job[tuple[ComparisonRow, ...]]:
    """Judge configurations on the same folds of the graded photos; times are from file to grade."""
    require_two_grades(graded.classes)
    matrices: dict[str, NDArray[Any]] = {}
    ok = np.ones(len(graded.photos), dtype=bool)
    problems: tuple[Problem, ...] = ()
    for name in sorted({config.features for config in configs.values()}):
        features = yield from reader.read(graded.photos, name)
        matrices[name] = features.matrix
        ok &= features.ok
        problems = max(problems, features.problems, key=len)
    y = graded.classes[ok]
    require_two_grades(y, problems)
    readable = {name: matrix[ok] for name, matrix in matrices.items()}
    rows = yield from compare(
        readable, y, configs, seed, honest=honest_probabilities, backend=backend
    )
    photos = [photo for photo, there in zip(graded.photos, ok, strict=True) if there]
    reading = {name: reader.milliseconds(photos, name) for name in matrices}
    return tuple(
        replace(row, ms_per_photo=row.ms_per_photo + reading[configs[row.name].features])
        for row in rows
    )


def suggest_varied(
    reader: FeatureReader,
    ungraded: Sequence[PhotoId],
    graded: Sequence[PhotoId],
    count: int,
    seed: int,
) -> Job[list[PhotoId]]:
    """Spread over the photos whose embedding is known, away from the graded ones.

    While no embedding is known, the first photos are returned.
    """
    yield Progress("Choosing photos", 0, 0)
    graded_ids, graded_x = reader.known(graded)
    ids, x = reader.known(ungraded)
    if not ids:
        return list(ungraded[:count])
    together = np.concatenate([graded_x, x]) if graded_ids else x
    already = np.arange(len(graded_ids))
    rows = spread(together, count, already=already, seed=seed) - len(graded_ids)
    return [ids[row] for row in rows.tolist()]


def suggest_doubtful(
    proposed: Sequence[PhotoId], probabilities: NDArray[np.float32], count: int
) -> Job[list[PhotoId]]:
    """Take the most doubtful proposals."""
    yield Progress("Choosing photos", 0, 0)
    return [proposed[row] for row in doubtful(probabilities, count).tolist()]


def _latest(store: CollectionStore) -> tuple[StoredModel, Classifier]:
    model = store.latest_model()
    blob = store.model_blob(model.number) if model else None
    if model is None or blob is None:
        raise TrainingError("No classifier yet. Grade some photos and train first.")
    return model, Classifier.from_bytes(blob)


def _extractor(reader: FeatureReader, model: StoredModel) -> FeatureExtractor:
    """Return the extractor of the features that a model was trained on."""
    source = str(model.config["features"])
    extractor = reader.extractor(source)
    if extractor.key != model.extractor_key:
        raise ModelError(f"The encoder {source} is another than the one trained with: train again.")
    return extractor


def require_two_grades(classes: NDArray[np.intp], left_out: Sequence[Problem] = ()) -> None:
    """Raise a TrainingError unless at least two different grades are present."""
    if len(np.unique(classes)) >= 2:
        return
    unread = ""
    if left_out:
        first = left_out[0]
        unread = f" {len(left_out)} more could not be read ({first.path.name}: {first.reason})."
    raise TrainingError(
        f"{_what_is_graded(classes)}{unread} Grade photos of at least two different grades, "
        "better 20 of each, then train."
    )


def _what_is_graded(classes: NDArray[np.intp]) -> str:
    if not len(classes):
        return "No photo is graded yet."
    only = GRADES[classes[0]]
    if len(classes) == 1:
        return f"Only one photo is graded, with a {only}."
    return f"All {len(classes)} graded photos have the grade {only}."
