"""Training, judging, proposing and comparing, as jobs over the store and the photos' vectors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.encoder.layout import PLAIN_DIMENSION
from tinyclf.data.extractors import FeatureExtractor
from tinyclf.domain import GRADES, Job, JudgedOn, Photo, PhotoId, Problem, Quality
from tinyclf.errors import ModelError, TrainingError
from tinyclf.nn.backend import Backend
from tinyclf.project import CollectionStore, StoredModel
from tinyclf.session.features import FeatureReader
from tinyclf.session.newcomers import Newcomers, look_at_newcomers
from tinyclf.training.bag import train_classifier
from tinyclf.training.classifier import Classifier
from tinyclf.training.comparison import ComparisonRow, compare
from tinyclf.training.config import TrainingConfig
from tinyclf.training.gate import WHOLE, Gate, let_in
from tinyclf.training.metrics import judge
from tinyclf.trust.calibration import calibrated, honest_probabilities
from tinyclf.trust.suggestions import EXAM_PHOTOS


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


@dataclass(frozen=True)
class ProposalResult:
    """What proposing brought.

    Attributes:
        proposed: How many photos got a proposal.
        left_out: Photos that could not be read, and why.
        newcomers: What those proposed for the first time look like; ``None`` without any, or where
            too few photos were trained on to tell.
    """

    proposed: int
    left_out: tuple[Problem, ...]
    newcomers: Newcomers | None = None


@dataclass(frozen=True)
class GradedPhotos:
    """Photos with a person's grade: what a classifier learns from, or is judged on.

    Attributes:
        photos: The photos.
        classes: Their grades less one, int (n,).
        units: Codes (n,) that are equal where photos belong together.
    """

    photos: Sequence[Photo]
    classes: NDArray[np.intp]
    units: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.photos)

    @property
    def ids(self) -> list[PhotoId]:
        """The photos' identities."""
        return [photo.photo_id for photo in self.photos]

    def only(self, wanted: NDArray[np.bool_]) -> GradedPhotos:
        """Return some of them."""
        photos = [photo for photo, it in zip(self.photos, wanted, strict=True) if it]
        return GradedPhotos(photos, self.classes[wanted], self.units[wanted])


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
    x, learnt = features.matrix[features.ok], graded.only(features.ok)
    y = learnt.classes
    require_two_grades(y, features.problems)
    x, config, gate = yield from let_in(x, y, config, seed, groups=learnt.units)
    bag = yield from train_classifier(x, y, config, seed, groups=learnt.units, backend=backend)
    honest = honest_probabilities(bag, y)
    validated = judge(y, honest, JudgedOn.CROSS_VALIDATION, groups=learnt.units)
    extractor_key = reader.extractor(config.features).key
    classifier = calibrated(bag, y, extractor_key)
    quality = (yield from judged_on_exam(reader, classifier, config.features, exam)) or validated
    model = store.save_model(
        classifier.to_bytes(),
        preset=preset,
        config=config.to_mapping(),
        quality=quality,
        extractor_key=extractor_key,
        seconds=bag.seconds,
        cross_validated=validated.exact.value,
        gate=gate,
        opinions=([photo.photo_id for photo in learnt.photos], y + 1, honest),
    )
    return TrainingResult(
        model=model.number,
        preset=preset,
        config=config,
        grades=len(y),
        seconds=bag.seconds,
        quality=quality,
        left_out=features.problems,
        cross_validated=validated,
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
    probabilities = classifier.probabilities(read.matrix[read.ok])
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
    opinions = store.out_of_fold()
    learnt = set() if opinions is None else set(opinions.photo_ids)
    before = set(store.exam(before=model.act))
    groups = store.groups()
    seen = {groups[one] for one in learnt if one in groups}
    counts = [
        photo.photo_id in before and groups.get(photo.photo_id) not in seen for photo in exam.photos
    ]
    quality = yield from judged_on_exam(
        reader, classifier, str(model.config["features"]), exam.only(np.array(counts, np.bool_))
    )
    if quality is not None:
        store.judge_model(model.number, quality)
    return quality


def propose(
    store: CollectionStore,
    reader: FeatureReader,
    photos: Sequence[Photo],
    unseen: NDArray[np.bool_],
    backend: Backend | None = None,
    in_sight: Callable[[], Collection[PhotoId]] = frozenset,
) -> Job[ProposalResult]:
    """Save the latest model's proposals for the photos; look at those that never had one.

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
    features = yield from reader.read(photos, str(model.config["features"]))
    extractor_of(reader, model)
    probabilities = yield from classifier.propose(features.matrix[features.ok], backend)
    ids = [photo.photo_id for photo, ok in zip(photos, features.ok, strict=True) if ok]
    looked_at = frozenset(in_sight())
    moving = np.array([one not in looked_at for one in ids], np.bool_) | unseen[features.ok]
    told = [one for one, moves in zip(ids, moving, strict=True) if moves]
    store.save_proposals(model.number, told, probabilities[moving])
    fresh = unseen & features.ok
    new = tuple(photo.photo_id for photo, is_new in zip(photos, fresh, strict=True) if is_new)
    newcomers = yield from look_at_newcomers(store, reader, model, new, features.matrix[fresh])
    return ProposalResult(len(told), features.problems, newcomers)


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
        parts={WHOLE: PLAIN_DIMENSION},
        honest=honest_probabilities,
        backend=backend,
    )
    reading = {name: reader.milliseconds(judged.photos, name) for name in matrices}
    return tuple(
        replace(row, ms_per_photo=row.ms_per_photo + reading[configs[row.name].features])
        for row in rows
    )


def _latest(store: CollectionStore) -> tuple[StoredModel, Classifier]:
    model = store.latest_model()
    blob = store.model_blob(model.number) if model else None
    if model is None or blob is None:
        raise TrainingError("No classifier yet. Grade some photos and train first.")
    return model, Classifier.from_bytes(blob)


def extractor_of(reader: FeatureReader, model: StoredModel) -> FeatureExtractor:
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
