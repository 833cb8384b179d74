"""How many thumbnails a second: the program's own way, beside Pillow's and Qt's plain ones.

All three make pictures of at most 320 pixels from the same files in two threads, in turn. Ours goes
further: it sees that each file is the imported one and whole, turns it upright, converts colours,
and keeps the thumbnail as JPEG in the cache; what that costs is seen by the row without a cache.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from time import perf_counter

import numpy as np
from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageReader

from tests.benchmarks.surface.collection import read_originals
from tinyclf.data.decode import decode, decode_file
from tinyclf.data.identity import photo_id
from tinyclf.data.thumbnails import THUMBNAIL_SIDE, ThumbnailCache, thumbnail
from tinyclf.domain import Photo

THREADS = 2
ROUNDS = 5
KINDS = {"1000 × 1300": ((1000, 1300), 150, 250.0), "12 MP": ((3000, 4000), 24, 35.0)}
"""Of each kind its size, how many photos, and how many a second are asked for."""
QUALITY = 88


def run() -> None:
    """Make thumbnails in turn, and print how many a second."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _app = QGuiApplication.instance() or QGuiApplication([])  # its readers want one
    with tempfile.TemporaryDirectory() as home:
        print(f"thumbnails a second, {THREADS} threads, median (least) of {ROUNDS} rounds")
        for kind, (size, count, asked) in KINDS.items():
            photos = make_photos(Path(home) / kind, size, count)
            rates = measure(ways(Path(home), photos), count)
            for way, every in rates.items():
                print(f"{kind:<13}{way:<32}{statistics.median(every):8.1f} ({min(every):.1f})")
            ours, *others = (statistics.median(every) for every in rates.values())
            ratios = ", ".join(f"{ours / other:.2f}" for other in others)
            print(f"{kind:<13}{ours:.0f} a second (asked for: {asked:.0f}); ratios {ratios}")


def ways(home: Path, photos: Sequence[Photo]) -> dict[str, Callable[[], None]]:
    """Return what is compared: each makes all thumbnails once."""

    def into_cache() -> None:
        with ThumbnailCache(Path(tempfile.mkdtemp(dir=home))) as cache:
            at_once(lambda photo: thumbnail(photo, cache), photos)

    return {
        "Tiny Classifier, into the cache": into_cache,
        "Tiny Classifier, decoded alone": lambda: at_once(our_decode, photos),
        "Pillow thumbnail()": lambda: at_once(pillow, photos),
        "QImageReader, scaled": lambda: at_once(qt, photos),
    }


def our_decode(photo: Photo) -> None:
    decode(photo.path, long_side=THUMBNAIL_SIDE)


def pillow(photo: Photo) -> None:
    with Image.open(photo.path) as image:
        image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))


def qt(photo: Photo) -> None:
    reader = QImageReader(str(photo.path))
    reader.setAutoTransform(True)
    square = QSize(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
    reader.setScaledSize(reader.size().scaled(square, Qt.AspectRatioMode.KeepAspectRatio))
    image: QImage = reader.read()
    assert max(image.width(), image.height()) == THUMBNAIL_SIDE


def at_once(make: Callable[[Photo], object], photos: Sequence[Photo]) -> None:
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(make, photos))


def measure(compared: dict[str, Callable[[], None]], count: int) -> dict[str, list[float]]:
    """Return the rates of each round, a second; the ways take turns."""
    rates: dict[str, list[float]] = {way: [] for way in compared}
    for number in range(-1, ROUNDS):
        for way, make_all in compared.items():
            began = perf_counter()
            make_all()
            if number >= 0:  # the first round warms up
                rates[way].append(count / (perf_counter() - began))
    return rates


def make_photos(folder: Path, size: tuple[int, int], count: int) -> list[Photo]:
    """Write photos of one size: real ones, enlarged, with the noise a sensor adds."""
    folder.mkdir()
    originals = read_originals(folder)
    rng = np.random.default_rng(0)
    made = []
    for number in range(count):
        picture = decode_file(BytesIO(originals[number % len(originals)].jpeg)).image
        pixels = np.asarray(picture.resize(size, Image.Resampling.BICUBIC), np.int16)
        noisy = pixels + rng.integers(-6, 7, (size[1], size[0], 1), np.int16)
        path = folder / f"{number:03}.jpg"
        Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(path, quality=QUALITY)
        status = path.stat()
        made.append(Photo(photo_id(path), path, *size, status.st_size, status.st_mtime_ns))
    return made
