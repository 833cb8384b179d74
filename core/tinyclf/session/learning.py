"""Training, judging, proposing and comparing, as jobs over the store and the photos' vectors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.extractors import FeatureExtractor
from tinyclf.domain import Job, JudgedOn, PhotoId, Problem, Quality
from tinyclf.errors import ModelError
from tinyclf.nn.backend import Backend
from tinyclf.project import CollectionStore, StoredModel
from tinyclf.project.photo_sequence import PhotoSequence
from tinyclf.session.features import FeatureReader, counted_on
from tinyclf.session.graded_photos import GradedPhotos, require_two_grades
from tinyclf.session.newcomers import Newcomers, look_at_newcomers
from tinyclf.session.opinions import countable
from tinyclf.session.trained import cross_validated, require_classifier, save_trained
from tinyclf.spare_memory import give_back
from tinyclf.training.bag import train_classifier
from tinyclf.training.classifier import Classifier
from tinyclf.training.comparison import ComparisonRow, compare
from tinyclf.training.config import TrainingConfig
from tinyclf.training.gate import Gate, let_in
from tinyclf.training.metrics import judge
from tinyclf.training.relay import relayed
from tinyclf.trust.calibration import honest_probabilities
from tinyclf.trust.exam import EXAM_PHOTOS

SAME = 1e-5
"""Probabilities so close are the same: how many photos are computed together moves them by less."""


@dataclass(frozen=True)
class TrainingResult:
    """What a training brought.

    Attributes:
        model: The number of the saved model.
        preset: The name of the preset, or of the user's own configuration.
        config: What it was trained with.
        grades: On how many human grades.
        seconds: How long training took, features aside.
        quality: How good it is on photos it has not seen: those of the exam, if enough are graded.
        left_out: Graded photos it could not learn from, and why.
        cross_validated: How good it is by cross-validation; `quality` itself without an exam.
        gate: Whether the condition encoder was let in; ``None`` where that was not asked.
        bad: Graded photos it did not learn from, as the photos themselves are bad.
    """

    model: int
    preset: str
    config: TrainingConfig
    grades: int
    seconds: float
    quality: Quality
    left_out: tuple[Problem, ...]
    cross_validated: Quality
    gate: Gate | None = None
    bad: int = 0


@dataclass(frozen=True)
class ProposalResult:
    """What proposing brought.

    Attributes:
        proposed: How many photos got a proposal; 0 where each has it already, and none was written.
        left_out: Photos that could not be read, and why.
        newcomers: What those proposed for the first time look like; ``None`` without any, or where
            too few photos were trained on to tell.
    """

    proposed: int
    left_out: tuple[Problem, ...]
    newcomers: Newcomers | None = None


def train(
    store: CollectionStore,
    reader: FeatureReader,
    graded: GradedPhotos,
    exam: GradedPhotos,
    config: TrainingConfig,
    preset: str,
    seed: int,
    backend: Backend | None = None,
) -> Job[TrainingResult]:
    """Train on the graded photos, judge, calibrate, and save as the latest model.

    The condition encoder is let in if cross-validation says that it helps with these grades. It is
    judged on the exam if enough of it is graded, else by cross-validation; no photo of a unit
    is ever on both sides.
    """
    require_two_grades(graded.classes)
    features = yield from reader.read(graded.photos, config.features)
    x, learnt = features.known, graded.only(features.ok)
    y = learnt.classes
    require_two_grades(y, features.problems)
    x, config, gate = yield from let_in(x, y, config, seed, groups=learnt.units)
    give_back()  # here already: the bag takes memory of other sizes
    bag = yield from train_classifier(x, y, config, seed, groups=learnt.units, backend=backend)
    trained = cross_validated(bag, learnt, reader)
    on_exam = yield from judged_on_exam(reader, trained.classifier, config.features, exam)
    quality = on_exam or trained.validated
    model = save_trained(store, trained, preset=preset, quality=quality, gate=gate)
    return TrainingResult(
        model=model.number,
        preset=preset,
        config=config,
        grades=len(y),
        seconds=bag.seconds,
        quality=quality,
        left_out=features.problems,
        cross_validated=trained.validated,
        gate=gate,
    )


def judged_on_exam(
    reader: FeatureReader, classifier: Classifier, features: str, exam: GradedPhotos
) -> Job[Quality | None]:
    """Return how good a classifier is on the exam; nothing if too little of it can be read.

    Args:
        reader: Of the photos' vectors.
        classifier: It must not have seen any photo of their units.
        features: What the classifier sees of a photo, as its configuration has it.
        exam: The photos of the exam that are graded.
    """
    if len(exam) < EXAM_PHOTOS:
        return None
    read = yield from reader.read(exam.photos, features)
    if np.count_nonzero(read.ok) < EXAM_PHOTOS:
        return None
    told = exam.only(read.ok)
    probabilities = classifier.probabilities(read.known)
    return judge(told.classes, probabilities, JudgedOn.EXAM, groups=told.units)


def judge_again(
    store: CollectionStore, reader: FeatureReader, exam: GradedPhotos
) -> Job[Quality | None]:
    """Judge the latest model on what of the exam was graded since it was trained, and keep that.

    Only photos count that were set aside before it was trained; those of a unit it has since turned
    out to have learnt from do not.

    Returns:
        How good it is; nothing while too few photos count.
    """
    model, classifier = _latest(store)
    told = exam.only(countable(store, model, exam))
    quality = yield from judged_on_exam(reader, classifier, str(model.config["features"]), told)
    if quality is not None:
        store.judge_model(model.number, quality)
    return quality


def propose(
    store: CollectionStore,
    reader: FeatureReader,
    photos: PhotoSequence,
    unseen: NDArray[np.bool_],
    backend: Backend | None = None,
    in_sight: Callable[[], Collection[PhotoId]] = frozenset,
) -> Job[ProposalResult]:
    """Save the latest model's proposals for the photos; look at those that never had one.

    Where it proposed the same before, nothing is written: an audit of these proposals stands.

    Args:
        store: The collection's file.
        reader: Of the photos' vectors.
        photos: For which to propose, n of them.
        unseen: Which of them never had a proposal, (n,).
        backend: Where the arithmetic happens; NumPy if not given.
        in_sight: Photos whose proposals, if they have one, stay as they are; asked right before
            they are written, in the job's thread.
    """
    model, classifier = _latest(store)
    extractor_of(reader, model)
    opinions = yield from _opinions(reader, model, classifier, photos, backend)
    ids = [photo_id for photo_id, ok in zip(photos.ids, opinions.ok, strict=True) if ok]
    moving = movable(ids, unseen[opinions.ok], in_sight)
    told = [one for one, moves in zip(ids, moving, strict=True) if moves]
    probabilities = opinions.probabilities[opinions.ok][moving]
    if _are_proposed(store, model, told, probabilities):
        return ProposalResult(0, opinions.problems)
    store.save_proposals(model.number, told, probabilities)
    fresh = np.flatnonzero(unseen & opinions.ok).tolist()
    new = tuple(photos.ids[row] for row in fresh)
    newcomers = yield from look_at_newcomers(store, reader, model, new)
    return ProposalResult(len(told), opinions.problems, newcomers)


@dataclass(frozen=True, eq=False)
class _Opinions:
    """What a classifier thinks of ``n`` photos.

    Attributes:
        probabilities: Float32 (n, classes); zeros where a photo cannot be read.
        ok: Which can be read, (n,).
        problems: Why the others cannot.
    """

    probabilities: NDArray[np.float32]
    ok: NDArray[np.bool_]
    problems: tuple[Problem, ...]


def _opinions(
    reader: FeatureReader,
    model: StoredModel,
    classifier: Classifier,
    photos: PhotoSequence,
    backend: Backend | None,
) -> Job[_Opinions]:
    """Look at photos, however many: a part of their vectors is in memory at a time."""
    probabilities = np.zeros((len(photos), len(classifier.class_names)), np.float32)
    ok = np.zeros(len(photos), np.bool_)
    problems: list[Problem] = []
    start = 0
    for reading in reader.in_parts(photos, str(model.config["features"])):
        features = yield from reading
        rows = start + np.flatnonzero(features.ok)
        told = classifier.propose(features.known, backend)
        probabilities[rows] = yield from relayed(told, counted_on(start, len(photos)))
        ok[rows] = True
        problems += features.problems
        start += len(features.ok)
    return _Opinions(probabilities, ok, tuple(problems))


def _are_proposed(
    store: CollectionStore,
    model: StoredModel,
    photo_ids: Sequence[PhotoId],
    probabilities: NDArray[Any],
) -> bool:
    """Tell whether a model has proposed just this, (n, classes), for all of the photos before."""
    place = {photo_id: k for k, photo_id in enumerate(photo_ids)}
    known = np.full(probabilities.shape, np.nan, np.float32)
    for photo_id, opinion in store.proposals_of(model.number):
        if photo_id in place:
            known[place[photo_id]] = opinion
    is_same = known.argmax(axis=1) == probabilities.argmax(axis=1)
    return bool(is_same.all() and np.allclose(known, probabilities, rtol=0, atol=SAME))


def movable(
    photo_ids: Sequence[PhotoId],
    never_had: NDArray[np.bool_],
    in_sight: Callable[[], Collection[PhotoId]],
) -> NDArray[np.bool_]:
    """Tell which photos may be given other proposals now, (n,): those in sight keep theirs.

    Args:
        photo_ids: The photos.
        never_had: Which of them never had a proposal, (n,): there is none to keep.
        in_sight: Photos that a person looks at; asked once, so call this right before writing.
    """
    looked_at = frozenset(in_sight())
    return np.array([one not in looked_at for one in photo_ids], np.bool_) | never_had


def onnx_of(store: CollectionStore, reader: FeatureReader) -> bytes:
    """Return the latest classifier behind its features' extractor, as one ONNX file.

    Raises:
        TrainingError: there is no classifier yet.
        ModelError: the extractor is missing, another one by now, or cannot be exported.
    """
    model, classifier = _latest(store)
    return extractor_of(reader, model).in_front_of(classifier.to_onnx())


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
    judged = graded.only(ok)
    y = judged.classes
    require_two_grades(y, problems)
    readable = {name: matrix[ok] for name, matrix in matrices.items()}
    rows = yield from compare(
        readable,
        y,
        configs,
        seed,
        groups=judged.units,
        honest=honest_probabilities,
        backend=backend,
    )
    reading = {name: reader.milliseconds(judged.photos, name) for name in matrices}
    return tuple(
        replace(row, ms_per_photo=row.ms_per_photo + reading[configs[row.name].features])
        for row in rows
    )


def unreadable(reader: FeatureReader, configs: Mapping[str, TrainingConfig]) -> dict[str, str]:
    """Return the configurations whose encoder is missing or damaged, and what it says."""
    found = {}
    for name, config in configs.items():
        try:
            reader.extractor(config.features)
        except ModelError as error:
            found[name] = str(error)
    return found


def _latest(store: CollectionStore) -> tuple[StoredModel, Classifier]:
    model = require_classifier(store.latest_model())
    blob = require_classifier(store.model_blob(model.number))
    return model, Classifier.from_bytes(blob)


def extractor_of(reader: FeatureReader, model: StoredModel) -> FeatureExtractor:
    """Return the extractor of the features that a model was trained on."""
    source = str(model.config["features"])
    extractor = reader.extractor(source)
    if extractor.key != model.extractor_key:
        raise ModelError(f"The encoder {source} is another than the one trained with: train again.")
    return extractor
