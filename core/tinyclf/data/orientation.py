"""Which way up: the one place that knows the camera's orientation tag."""

from __future__ import annotations

from PIL import ExifTags, Image

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = frozenset({5, 6, 7, 8})


def orientation_of(image: Image.Image) -> int:
    """Return the EXIF orientation 1 to 8; 1 where it is missing or unreadable.

    Ask a loaded picture: some formats carry the tag behind the pixels, and Pillow turns a TIFF
    itself on loading and drops the tag.
    """
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
        return orientation if orientation in _TURNS else 1
    except Exception:  # a corrupt tag block raises nearly anything, and is no reason to refuse
        return 1


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return the picture as the photographer saw it."""
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def upright_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Return width and height after ``upright``."""
    return (size[1], size[0]) if orientation in _LYING else size
