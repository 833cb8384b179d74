"""The photos that a benchmark looks at: drawn ones, or those of a folder."""

from __future__ import annotations

from contextlib import closing
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from tinyclf.errors import ConfigError

if TYPE_CHECKING:
    from tinyclf.domain import Photo

DRAWN = 24
"""So many are drawn: it takes seconds, once on a computer."""

APP_THREADS = 2
"""On so many threads the app looks at photos."""

_DRAWN_PIXELS = 800 * 600
_LARGE_PIXELS = 50_000_000
"""Of a photo that a good camera takes."""

_PIXEL_BYTES = 2 * 4
"""As it is read, and as it is after a step of its decoding."""


def photos_of(folder: str | None, count: int) -> list[Photo]:
    """Return so many photos; where there are fewer, some more than once.

    All have been read when this returns, so that the system has them in its memory, if they fit.

    Args:
        folder: Where to look, also below; None for photos of stamps, which are drawn once and kept
            beside the app's caches.
        count: How many, at least 1.

    Raises:
        InputError: there is no such folder, or no photo in it that can be read.
        StorageError: the drawn photos cannot be kept.
    """
    from tinyclf.data.scan import find_photos, read_photos
    from tinyclf.domain import Photo

    place = Path(folder) if folder else _drawn()
    with closing(read_photos(find_photos(place))) as found:
        photos = list(islice((each for each in found if isinstance(each, Photo)), count))
    if not photos:
        raise ConfigError(f"The folder {place} holds no photo that can be read: name another.")
    return list(islice(cycle(photos), count))


def decoding_bytes(folder: str | None, threads: int) -> int:
    """Return how much memory photos take that so many threads decode, by what is usual."""
    pixels = _LARGE_PIXELS if folder else _DRAWN_PIXELS
    return threads * pixels * _PIXEL_BYTES


def _drawn() -> Path:
    """Return the folder of drawn photos."""
    from tinyclf.data.caches import cache_folder
    from tinyclf.samples import draw_samples
    from tinyclf.samples.folder import TRUTH
    from tinyclf.training.relay import drained

    folder = cache_folder() / "benchmark-photos"
    if not (folder / TRUTH).exists():  # it is written last
        drained(draw_samples(folder, DRAWN))
    return folder
