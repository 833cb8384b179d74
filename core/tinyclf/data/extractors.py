"""What every way of turning a photo into a vector has in common."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image


class FeatureExtractor(Protocol):
    """Photo → vector; ``extract`` may be called from several threads at once."""

    @property
    def key(self) -> str:
        """What identifies the vectors: other weights or another recipe have another key."""

    @property
    def dimension(self) -> int:
        """How long a vector is."""

    @property
    def long_side(self) -> int:
        """The longer side, in pixels, at which it wants photos decoded."""

    def extract(self, image: Image.Image) -> NDArray[np.float32]:
        """Return the vector, shape ``(dimension,)``, of an upright RGB picture."""

    def in_front_of(self, classifier: bytes) -> bytes:
        """Return a classifier's ONNX file with this in front, so that it takes pixels.

        Raises:
            ModelError: the two cannot be joined.
        """
