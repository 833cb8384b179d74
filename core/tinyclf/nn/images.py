"""How images lie in memory between layers that look through windows: the batch last.

Images are (n, channels, h, w) to everybody. Below, they lie as planes (channels, h, w, n): what all
windows see in one place is then made of runs of n numbers and more, which are copied and added as
fast as memory allows, whatever the stride. They are handed on as a transposed view: the next such
layer gets its planes back without a copy, and rows of all numbers of an image are a transposed
matrix, which products of matrices take as it is.
"""

from __future__ import annotations

from typing import Any

from tinyclf.errors import ConfigError
from tinyclf.nn.arrays import Array, Shape

LARGEST_WINDOW = 1_000
"""Height and width of a window, in pixels."""

MOST_UNFOLDED = 1 << 22
"""Numbers unfolded from windows at a time: they take k² times the memory of the images."""


def planes_of(xp: Any, images: Array, padding: int = 0) -> Array:
    """Return images as contiguous planes in a frame of zeros.

    Args:
        xp: The array module.
        images: (n, channels, h, w), in any order in memory.
        padding: How wide the frame is, in pixels.

    Returns:
        Planes (channels, h + 2 · padding, w + 2 · padding, n), without a copy where possible.
    """
    inner = images.transpose(1, 2, 3, 0)
    if padding == 0:
        contiguous: Array = xp.ascontiguousarray(inner)
        return contiguous
    channels, h, w, n = inner.shape
    planes: Array = xp.zeros((channels, h + 2 * padding, w + 2 * padding, n), images.dtype)
    images_of(planes, padding)[:] = images
    return planes


def images_of(planes: Array, padding: int = 0) -> Array:
    """Return planes, without their frame, as images (n, channels, h, w): a view."""
    _, h, w, _ = planes.shape
    return planes[:, padding : h - padding, padding : w - padding].transpose(3, 0, 1, 2)


def window_pixels(planes: Array, i: int, j: int, stride: int, windows: Shape) -> Array:
    """Return what every window sees in its row i and column j: a view.

    Args:
        planes: (channels, h, w, n).
        i: The row within a window.
        j: The column within a window.
        stride: From a window to the next, both ways.
        windows: How many there are, down and across.

    Returns:
        (channels, *windows, n).
    """
    down, across = windows
    return planes[:, i : i + stride * down : stride, j : j + stride * across : stride]


def unfold(xp: Any, planes: Array, size: int, stride: int, windows: Shape) -> Array:
    """Return what every window sees everywhere.

    Args:
        xp: The array module.
        planes: (channels, h, w, n).
        size: The windows' height and width.
        stride: From a window to the next, both ways.
        windows: How many there are, down and across.

    Returns:
        (channels, size, size, windows · n), contiguous.
    """
    channels, _, _, n = planes.shape
    unfolded: Array = xp.empty((channels, size, size, *windows, n), planes.dtype)
    for i in range(size):
        for j in range(size):
            unfolded[:, i, j] = window_pixels(planes, i, j, stride, windows)
    return unfolded.reshape(channels, size, size, windows[0] * windows[1] * n)


def fold(unfolded: Array, planes: Array, stride: int, windows: Shape) -> None:
    """Add to each pixel what belongs to it in every window that sees it: ``unfold`` transposed.

    Args:
        unfolded: (channels, size, size, windows · n).
        planes: (channels, h, w, n), changed in place.
        stride: From a window to the next, both ways.
        windows: How many there are, down and across.
    """
    channels, size, _, _ = unfolded.shape
    unfolded = unfolded.reshape(channels, size, size, *windows, planes.shape[3])
    for i in range(size):
        for j in range(size):
            pixels = window_pixels(planes, i, j, stride, windows)
            pixels += unfolded[:, i, j]


def bands(rows: int, unfolded: int) -> list[slice]:
    """Return the rows of an output in runs that are worked on at a time.

    Args:
        rows: How many there are.
        unfolded: How many numbers one of them unfolds into; a run has at least one row, and
            otherwise no more than :data:`MOST_UNFOLDED` numbers.
    """
    height = max(1, MOST_UNFOLDED // max(1, unfolded))
    return [slice(top, min(top + height, rows)) for top in range(0, rows, height)]


def band_of(planes: Array, band: slice) -> Array:
    """Return some rows of all planes as a matrix (channels, numbers): a view."""
    channels, _, across, n = planes.shape
    return planes[:, band].reshape(channels, (band.stop - band.start) * across * n)


def windows_in(layer: object, image: Shape, size: int, stride: int, padding: int = 0) -> Shape:
    """Return how many windows fit into an image, down and across.

    Args:
        layer: Whose windows they are, for the message.
        image: Its height and width.
        size: The windows' height and width.
        stride: From a window to the next, both ways.
        padding: How wide a frame is put around the image.

    Raises:
        ConfigError: not one fits.
    """
    h, w = (side + 2 * padding for side in image)
    if min(h, w) < size:
        least = max(size - 2 * padding, 1)
        raise ConfigError(
            f"{layer} needs images of at least {least} × {least} pixels, "
            f"but is given {image[0]} × {image[1]}: "
            "take larger images, a smaller window, or fewer layers that shrink them."
        )
    return (h - size) // stride + 1, (w - size) // stride + 1
