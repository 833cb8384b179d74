"""What the classifier thinks of graded photos by networks that did not learn from them.

Whoever is asked of what was learnt by heart agrees: so of photos learnt from counts what was
thought of them out of fold, and of the others what is proposed for them now.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Grade, JudgedOn, PhotoId
from tinyclf.project import CollectionStore, PhotoTable, StoredModel
from tinyclf.session.features import FeatureReader
from tinyclf.session.graded_photos import GradedPhotos
from tinyclf.session.remembered import Remembered, by_row, fitted
from tinyclf.training.classifier import Classifier

Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]


def honest_opinions(store: CollectionStore, table: PhotoTable, remembered: Remembered) -> Codes:
    """Return the grade the classifier would give each photo had it not learnt from it, int8 (n,).

    0 where it has none to tell: before any training, and of the exam's photos.
    """
    model = store.latest_model()
    if model is None:
        return table.proposed
    known = remembered.get("held out", model.number, lambda: _held_out(store, table))
    held_out = fitted(known, table)
    return np.where(held_out > 0, held_out, table.proposed)


def disagreements(store: CollectionStore, table: PhotoTable, remembered: Remembered) -> Flags:
    """Return the photos whose grade is another than the classifier's, bool (n,).

    But for those where a person looked again and stood by it.
    """
    opinions, codes = honest_opinions(store, table, remembered), table.codes
    told = table.human & np.greater(opinions, 0)
    stands = stood_by(store, table, remembered)
    return told & np.not_equal(opinions, codes) & np.not_equal(stands, codes)


def stood_by(store: CollectionStore, table: PhotoTable, remembered: Remembered) -> Codes:
    """Return the verdict that a person gave twice to a photo, int8 (n,); 0 where none was."""

    def looked_up() -> Codes:
        looks = {look.photo_id: look for look in store.second_looks()}  # of several, the last
        twice = [one.first if one.first == one.second else 0 for one in looks.values()]
        return by_row(table, looks, twice, np.int8)

    return fitted(remembered.get("stood by", store.last_second_look, looked_up), table)


def _held_out(store: CollectionStore, table: PhotoTable) -> Codes:
    """Return what was thought out of fold of the photos learnt from, int8; else 0."""
    opinions = store.out_of_fold()
    if opinions is None:
        return by_row(table, (), (), np.int8)
    best = opinions.probabilities.argmax(axis=1) + 1
    return by_row(table, opinions.photo_ids, best, np.int8)


@dataclass(frozen=True, eq=False)
class Judged:
    """The photos on which a model was judged.

    Attributes:
        photo_ids: The n photos.
        grades: What a person said, int (n,).
        proposed: What the model thinks, not having learnt from them, int (n,).
    """

    photo_ids: list[PhotoId]
    grades: NDArray[np.intp]
    proposed: NDArray[np.intp]

    def cell(self, truth: Grade, proposed: Grade) -> list[PhotoId]:
        """Return the photos counted in one cell of the table of confusion."""
        rows = np.flatnonzero((self.grades == truth) & (self.proposed == proposed))
        return [self.photo_ids[row] for row in rows.tolist()]


def judged(store: CollectionStore, reader: FeatureReader, exam: GradedPhotos) -> Judged | None:
    """Return the photos that the latest model's quality was counted on; ``None`` without any.

    Args:
        store: The collection's file.
        reader: Of the photos' vectors; none is computed, and no encoder loaded.
        exam: The photos of the exam that are graded.
    """
    model = store.latest_model()
    if model is None or model.quality is None:
        return None
    if model.quality.judged_on is JudgedOn.EXAM:
        return _on_exam(store, reader, model, exam.only(countable(store, model, exam)))
    opinions = store.out_of_fold()
    if opinions is None:
        return None
    proposed = opinions.probabilities.argmax(axis=1) + 1
    return Judged(list(opinions.photo_ids), opinions.grades, proposed)


def _on_exam(
    store: CollectionStore, reader: FeatureReader, model: StoredModel, exam: GradedPhotos
) -> Judged | None:
    blob = store.model_blob(model.number)
    if blob is None:
        return None
    classifier, features = Classifier.from_bytes(blob), str(model.config["features"])
    found, x = reader.kept(exam.ids, features, model.extractor_key, classifier.dimension)
    if not found:
        return None
    known = set(found)
    told = exam.only(np.array([one in known for one in exam.ids], np.bool_))
    proposed = classifier.probabilities(x).argmax(axis=1) + 1
    return Judged(told.ids, told.classes + 1, proposed)


def countable(store: CollectionStore, model: StoredModel, exam: GradedPhotos) -> NDArray[np.bool_]:
    """Return which photos of the exam a model may be judged on, (n,).

    Those that were set aside before it was trained, but none of a unit it has since turned out to
    have learnt from.
    """
    opinions = store.out_of_fold()
    learnt = set() if opinions is None else set(opinions.photo_ids)
    before = set(store.exam(before=model.act))
    groups = store.groups()
    seen = {groups[one] for one in learnt if one in groups}
    counts = [
        photo.photo_id in before and groups.get(photo.photo_id) not in seen for photo in exam.photos
    ]
    return np.array(counts, np.bool_)
