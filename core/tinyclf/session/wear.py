"""How worn photos look before anyone has graded one: the condition encoder's own guess.

It learnt on drawings what damage is, so it is right for things photographed like stamps, and may be
no use, or the wrong way round, for others: an order to begin looking in, never a grade.
"""

from __future__ import annotations

from collections.abc import Mapping

from tinyclf.data.encoder.layout import BUILTIN_DIMENSION, WEAR
from tinyclf.data.features import Features
from tinyclf.domain import PhotoId


def wear_of(features: Features) -> Mapping[PhotoId, float]:
    """Return a score for each photo that was read, greater for worse; of no unit.

    Args:
        features: Vectors of the built-in encoder; of any other, no photo has a score.
    """
    if features.matrix.shape[1:] != (BUILTIN_DIMENSION,):
        return {}
    scored = zip(features.photo_ids, features.matrix[:, WEAR].tolist(), features.ok, strict=True)
    return {photo_id: score for photo_id, score, ok in scored if ok}
