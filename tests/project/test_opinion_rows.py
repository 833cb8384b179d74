"""What the newest training thought, out of fold, of the photos it learnt from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tinyclf.domain import PhotoId
from tinyclf.project import CollectionStore


def test_opinions_out_of_fold_are_those_of_the_newest_model(
    store: CollectionStore, ids: list[PhotoId], trained: Callable[[], int]
) -> None:
    assert store.out_of_fold() is None
    for photos in (ids[:4], ids[1:3]):
        opinions = (photos, np.arange(len(photos)) + 1, np.eye(5)[: len(photos)])
        model = store.save_model(
            b"", preset="", config={}, quality=None, extractor_key="", seconds=0,
            cross_validated=0.25, opinions=opinions,
        )  # fmt: skip
    found = store.out_of_fold()
    assert found is not None
    assert (found.model, found.photo_ids) == (2, tuple(ids[1:3]))
    assert found.grades.tolist() == [1, 2]
    assert found.probabilities.tolist() == np.eye(5)[:2].tolist()
    assert (model.grades, model.cross_validated) == (2, 0.25)
    trained()
    assert store.out_of_fold() is None
