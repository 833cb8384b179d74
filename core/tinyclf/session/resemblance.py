"""How alike photos look: by the plain picture network's vectors, made compact and kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job, PhotoId
from tinyclf.session.features import FeatureReader
from tinyclf.session.unit_vectors import UnitVectorCache
from tinyclf.training.feature_names import PLAIN_EMBEDDING
from tinyclf.training.projection import DIRECTIONS_FROM

COMPONENTS = 64
"""Numbers kept of a photo: 100,000 photos take 13 MB."""


class Resemblance:
    """Compares photos whose vectors are cached; for any thread."""

    def __init__(self, reader: FeatureReader) -> None:
        self._projected = UnitVectorCache(reader, COMPONENTS, np.float16)

    def to(self, photo_id: PhotoId, photo_ids: Sequence[PhotoId]) -> Job[NDArray[np.float32]]:
        """Return how alike each photo is to one of them, (n,), −1 to 1.

        It is the cosine between their vectors along the principal components. NaN where a vector
        is not known yet; all of them where the one's own is not.

        Args:
            photo_id: The one.
            photo_ids: All n photos.
        """
        chance = np.random.default_rng(0).permutation(len(photo_ids))[:DIRECTIONS_FROM]
        drawn = [photo_ids[row] for row in np.sort(chance).tolist()]
        found = yield from self._projected.of(tuple(photo_ids), PLAIN_EMBEDDING, drawn)
        alike = np.full(len(photo_ids), np.nan, np.float32)
        if found is not None and photo_id in found.row_of:
            one = found.matrix[found.row_of[photo_id]].astype(np.float32)
            alike[found.rows] = found.matrix.astype(np.float32) @ one
        return alike
