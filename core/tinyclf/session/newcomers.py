"""Whether photos that are new to a classifier look like those it was trained on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job, PhotoId, Progress
from tinyclf.project import CollectionStore, StoredModel, StoredNovelty
from tinyclf.session.features import FeatureReader
from tinyclf.trust.novelty import novelty

COMPARED = 400
"""Photos of each side that are compared; of more a random part is enough."""


@dataclass(frozen=True)
class Newcomers:
    """Photos that were proposed for the first time.

    Attributes:
        standing: What they look like; kept in the collection.
        strangest: Those that look unlike any trained on, of the part that was compared.
    """

    standing: StoredNovelty
    strangest: tuple[PhotoId, ...]


def look_at_newcomers(
    store: CollectionStore,
    reader: FeatureReader,
    model: StoredModel,
    photo_ids: tuple[PhotoId, ...],
) -> Job[Newcomers | None]:
    """Compare photos with those a model was trained on, and keep what was found.

    A warning is kept until the next training, whatever comes in after those it warns of.

    Args:
        store: The collection's file.
        reader: Of the photos' vectors.
        model: The model, the latest.
        photo_ids: The new photos; their vectors are in the cache.
    """
    opinions = store.out_of_fold()
    if opinions is None or opinions.model != model.number or not photo_ids:
        return None
    yield Progress("Comparing new photos", 0, 0)
    rng = np.random.default_rng(model.number)
    known = [store.photo(opinions.photo_ids[row]) for row in _some(len(opinions.photo_ids), rng)]
    there = [photo for photo in known if photo is not None]
    name = str(model.config["features"])
    features = yield from reader.read(there, name)
    some = [photo_ids[row] for row in _some(len(photo_ids), rng).tolist()]
    new, matrix = reader.cached(some, name)
    found = novelty(features.known, matrix)
    if found is None:
        return None
    standing = StoredNovelty(len(photo_ids), found.share, found.usual, found.is_unlike)
    strangest = tuple(new[row] for row in found.rows.tolist())
    # A quick refit says nothing of how photos look: the warning is that of the training before.
    number = (store.latest_training() or model).number
    before = store.novelty_of(number)
    if standing.is_unlike or before is None or not before.is_unlike:
        store.save_novelty(number, standing, strangest)
    return Newcomers(standing, strangest)


def _some(count: int, rng: np.random.Generator) -> NDArray[np.intp]:
    return np.sort(rng.permutation(count)[:COMPARED])
