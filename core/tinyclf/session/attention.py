"""Where the latest training looks on a photo, if it is one that can tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.encoder.layout import PLACES, map_shape
from tinyclf.domain import Job, Photo, PhotoId, Progress
from tinyclf.errors import PhotoError
from tinyclf.project import CollectionStore
from tinyclf.session.features import FeatureReader
from tinyclf.session.learning import extractor_of
from tinyclf.training.attention import attention_of
from tinyclf.training.classifier import Classifier
from tinyclf.training.feature_names import ATTENTION_MAP


@dataclass(frozen=True, eq=False)
class Attention:
    """How much each place of a photo weighs in what is proposed for it.

    Attributes:
        photo_id: Of the photo.
        weights: (rows, columns) of the photo, upright, float32; they sum to 1. All that a place
            sees lies around it: it looks a little beyond its borders.
    """

    photo_id: PhotoId
    weights: NDArray[np.float32]


class Looker:
    """Tells where the latest training looks; for a single job at a time."""

    def __init__(self, store: CollectionStore, reader: FeatureReader) -> None:
        self._store = store
        self._reader = reader
        self._loaded: tuple[int, Classifier] | None = None

    @property
    def can_tell(self) -> bool:
        """Whether the latest training looks at places."""
        model = self._store.latest_training()
        return model is not None and model.config.get("features") == ATTENTION_MAP

    def look(self, photo: Photo) -> Job[Attention | None]:
        """Return where it looks; ``None`` where the latest training cannot tell.

        Raises:
            PhotoError: the photo cannot be read.
            ModelError: the encoder is another one by now.
        """
        yield Progress("Looking", 0, 0)
        classifier = self._classifier()
        if classifier is None:
            return None
        features = yield from self._reader.read([photo], ATTENTION_MAP)
        if not features.ok[0]:
            raise PhotoError(features.problems[0].reason)
        weights = attention_of(classifier, features.matrix)
        if weights is None:
            return None
        there = features.matrix[0, -PLACES:] > 0
        shape = map_shape(photo.width, photo.height, int(np.count_nonzero(there)))
        return Attention(photo.photo_id, weights[0, there].reshape(shape))

    def _classifier(self) -> Classifier | None:
        """Return the latest training's, kept from one photo to the next."""
        model = self._store.latest_training()
        if model is None or model.config.get("features") != ATTENTION_MAP:
            return None
        if self._loaded is None or self._loaded[0] != model.number:
            extractor_of(self._reader, model)  # raises if the encoder is another one by now
            blob = self._store.model_blob(model.number)
            if blob is None:
                return None
            self._loaded = model.number, Classifier.from_bytes(blob)
        return self._loaded[1]
