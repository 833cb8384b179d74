"""From Pillow's images to Qt's, for any thread."""

from __future__ import annotations

from PIL import Image
from PySide6.QtGui import QImage

SMALLEST_LEVEL = 512
"""Long side in pixels below which no further half is made."""


def to_qimage(image: Image.Image) -> QImage:
    """Return the same picture for Qt, opaque, with its own copy of the pixels.

    The fourth byte must be 255 although nobody looks at it: Qt copies it on as opacity.
    """
    opaque = image.convert("RGB").convert("RGBA")
    pixels = opaque.tobytes("raw", "BGRA")
    width, height = opaque.size
    return QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def halves(image: Image.Image) -> tuple[QImage, ...]:
    """Return a picture and its halves, quarters, …: what shows it well at any smaller scale."""
    levels = [to_qimage(image)]
    while max(image.size) > SMALLEST_LEVEL:
        image = image.reduce(2)
        levels.append(to_qimage(image))
    return tuple(levels)
