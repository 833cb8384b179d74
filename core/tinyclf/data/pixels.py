"""The plainest vector: the pixels themselves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image


class PixelExtractor:
    """A photo squashed to a square of pixels, −1 to 1, row by row, red green blue."""

    def __init__(self, side: int = 32) -> None:
        """Choose the square's side in pixels."""
        self._side = side

    @property
    def key(self) -> str:
        """What identifies the vectors."""
        return f"pixels-{self._side}-1"

    @property
    def dimension(self) -> int:
        """How long a vector is: three colours a pixel."""
        return 3 * self._side**2

    @property
    def long_side(self) -> int:
        """The longer side, in pixels, at which it wants photos decoded."""
        return 4 * self._side

    def extract(self, image: Image.Image) -> NDArray[np.float32]:
        """Return the vector, shape ``(3 · side²,)``, of an RGB picture."""
        small = image.resize((self._side, self._side), Image.Resampling.BOX)
        return np.asarray(small, np.float32).ravel() / np.float32(127.5) - np.float32(1)

    def in_front_of(self, classifier: bytes) -> bytes:
        """Return a classifier's ONNX file that takes the pixels."""
        from tinyclf.data.onnx_front import behind_pixels  # onnx takes a while to import

        return behind_pixels(classifier, self._side, self.long_side)
