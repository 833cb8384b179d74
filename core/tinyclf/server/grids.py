"""Pictures as numbers in JSON: rows of pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.fitting.predicting import LIGHT
from tinyclf.nn.arrays import Shape
from tinyclf.server.numbers import array_schema, numbers_of

LARGEST = 1e30
"""Of a number, either side of zero, where pixels are floats."""

WHITES = (1, LIGHT)


@dataclass(frozen=True)
class Look:
    """How the pictures of a request are meant.

    Attributes:
        white: What stands for white: 1 or 255; ``None`` to tell it from each picture.
        invert: Whether they are dark on light, where those learnt from are not.
    """

    white: int | None = None
    invert: bool = False


@dataclass(frozen=True)
class Grids:
    """Pictures of one size.

    Attributes:
        shape: (channels, h, w) as the model takes them.
        takes_bytes: Whether pixels are 0 to 255, else any floats.
    """

    shape: Shape
    takes_bytes: bool
    key = "grid"

    @property
    def lengths(self) -> tuple[int, ...]:
        """How long the arrays in arrays are: rows, pixels, and channels unless there is one."""
        channels, h, w = self.shape
        return (h, w) if channels == 1 else (h, w, channels)

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of one picture."""
        return array_schema(self.lengths, *self._range) | {
            "description": f"A picture: {self._in_words()}."
        }

    def example(self) -> Any:
        """Return a picture that is told: all dark."""
        return np.zeros(self.lengths, np.int64).tolist()

    def read(self, told: object, where: str, look: Look) -> NDArray[Any]:
        """Return a picture (channels, h, w), bytes or float32.

        Raises:
            RefusedError: it has another shape, or something else than numbers in range.
        """
        grid = np.array(numbers_of(told, self.lengths, where, *self._range), np.float64)
        grid = grid.reshape(*self.lengths, -1).transpose(2, 0, 1)
        if not self.takes_bytes:
            return grid.astype(np.float32)
        white = look.white or (1 if grid.max() <= 1 else LIGHT)
        pixels = np.clip(np.rint(grid * (LIGHT / white)), 0, LIGHT).astype(np.uint8)
        return LIGHT - pixels if look.invert else pixels

    @property
    def _range(self) -> tuple[float, float]:
        return (0, LIGHT) if self.takes_bytes else (-LARGEST, LARGEST)

    def _in_words(self) -> str:
        channels, h, w = self.shape
        pixel = "numbers" if channels == 1 else f"pixels of {channels} numbers"
        return f"{h} rows of {w} {pixel}" + (", 0 to 255 or 0 to 1" if self.takes_bytes else "")
