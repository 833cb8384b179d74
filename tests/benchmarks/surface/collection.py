"""A collection of 100,000 real files: photos that are there, repeated until there are enough.

A copy differs from its photo in a comment in front of the picture alone: it is a photo of its own
to the program, and looks and decodes just the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.shared import shared
from tests.walking import finished
from tinyclf.data.decode import decode_file
from tinyclf.data.encoder.builtin import BUILTIN_KEY
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION
from tinyclf.data.features import FeatureCache
from tinyclf.data.identity import identify
from tinyclf.data.photo_faults.measure_cache import MeasureCache
from tinyclf.data.photo_faults.measures import Measures, measure
from tinyclf.data.thumbnails import THUMBNAIL_SIDE, ThumbnailCache, encode_thumbnail
from tinyclf.domain import GRADES, ActKind, Photo, PhotoId
from tinyclf.project import CollectionStore
from tinyclf.samples import draw_samples
from tinyclf.session import Session
from tinyclf.training.presets import preset

GRADED = 3_000
"""So many photos a person has graded: an evening's work."""
AT_ONCE = 1_000
"""Photos written between two commits, and in a folder."""
DRAWN = 300
"""Sample stamps drawn where no photos are at hand."""
TAKEN = 1_700_000_000
"""When all of them were taken, in seconds since 1970."""
PATTERN = 0.05
"""By how much a grade moves each number of a vector: training finds it, and is often wrong."""
_SETS = ("stamps_graded", "cards_graded", "stamps_photos")
_START, _COMMENT = b"\xff\xd8", b"\xff\xfe"


@dataclass(frozen=True)
class Original:
    """A photo that is repeated.

    Attributes:
        jpeg: Its file.
        thumbnail: As the cache keeps it.
        measures: What tells whether it is a bad photo.
        size: Across and down, upright, in pixels.
        grade: What a person would give it, 1 to 5.
    """

    jpeg: bytes
    thumbnail: bytes
    measures: Measures
    size: tuple[int, int]
    grade: int


def make_collection(home: Path, count: int) -> Path:
    """Make a collection with everything warm: thumbnails, vectors, grades, a model, proposals.

    Args:
        home: Where the photos, the caches and the file go.
        count: How many photos.
    """
    path, caches = home / "large.tinyclf", home / "caches"
    caches.mkdir(parents=True)
    originals = read_originals(home)
    with (
        CollectionStore.create(path) as store,
        ThumbnailCache(caches) as thumbnails,
        FeatureCache(caches) as features,
        MeasureCache(caches) as measures,
    ):
        photos = copies(home / "photos", originals, range(count))
        while some := list(islice(photos, AT_ONCE)):
            store.add_photos(home / "photos", [photo for photo, _ in some])
            thumbnails.keep([((photo.photo_id,), one.thumbnail) for photo, one in some])
            measures.put_many({photo.photo_id: one.measures for photo, one in some})
            features.put_many(BUILTIN_KEY, _vectors(some))
        store.note_dated()
        store.note_compared(count)  # so many equal pictures would be one crowd, and take minutes
    with Session.open(path, caches) as session:
        _grade(session, [originals[k % len(originals)].grade for k in range(count)])
        finished(session.train(preset("balanced").config, "balanced"))
        session.refresh()
        finished(session.propose())
    return path


def read_originals(home: Path) -> list[Original]:
    """Return the real photos at hand, else sample stamps."""
    paths = [path for name in _SETS for path in sorted(shared(name).rglob("*.jpg"))]
    if not paths:
        finished(draw_samples(home / "drawn", DRAWN))
        paths = sorted((home / "drawn").rglob("*.jpg"))
    order = np.random.default_rng(0).permutation(len(paths)).tolist()
    return [_original(paths[row].read_bytes(), 1 + row % 5) for row in order]


def _original(jpeg: bytes, grade: int) -> Original:
    picture = decode_file(BytesIO(jpeg), long_side=THUMBNAIL_SIDE)
    size = picture.width, picture.height
    small = encode_thumbnail(picture.image)
    return Original(jpeg, small, measure(decode_file(BytesIO(small)).image), size, grade)


def copies(
    folder: Path, originals: Sequence[Original], numbers: range
) -> Iterator[tuple[Photo, Original]]:
    """Write a file of each number, each with other bytes, and yield them."""
    for number in numbers:
        original = originals[number % len(originals)]
        below = folder / f"album {number // AT_ONCE:03}"
        below.mkdir(parents=True, exist_ok=True)
        path = below / f"IMG_{number:06}.jpg"
        jpeg = _with_comment(original.jpeg, f"copy {number}".encode())
        path.write_bytes(jpeg)
        status, photo_id = path.stat(), identify(BytesIO(jpeg))
        photo = Photo(photo_id, path, *original.size, status.st_size, status.st_mtime_ns, TAKEN)
        yield photo, original


def _with_comment(jpeg: bytes, comment: bytes) -> bytes:
    assert jpeg.startswith(_START)
    length = (2 + len(comment)).to_bytes(2, "big")
    return _START + _COMMENT + length + comment + jpeg[len(_START) :]


def _vectors(some: Sequence[tuple[Photo, Original]]) -> dict[PhotoId, NDArray[np.float32]]:
    """Return vectors that go a little with the grade, as an encoder's would."""
    rng = np.random.default_rng(int(some[0][0].photo_id, 16))
    grades = np.array([original.grade for _, original in some])
    x = rng.standard_normal((len(some), BUILTIN_DIMENSION), np.float32)
    x += PATTERN * grades[:, None]
    return {photo.photo_id: row for (photo, _), row in zip(some, x, strict=True)}


def _grade(session: Session, grades: Sequence[int]) -> None:
    ids = session.table.ids
    chosen = np.random.default_rng(1).permutation(len(ids))[: min(GRADED, len(ids) // 2)]
    verdicts = [(ids[row], GRADES[grades[row] - 1]) for row in np.sort(chosen).tolist()]
    session.record(ActKind.GRADE, verdicts)
