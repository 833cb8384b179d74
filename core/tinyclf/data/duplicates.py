"""Near-duplicates: the same picture saved anew, smaller, brighter, or with a thin edge cut off.

(The same bytes twice are one photo anyway.) Two photos are held to be one picture where their
difference hashes hardly differ: 64 bits tell whether each of 8 × 8 places is darker or brighter
than its neighbour on the left, 64 more than the one above.

Sources: N. Krawetz, "Kind of Like That", hackerfactor.com, 2013 (dHash, across alone; both ways as
B. Hoyt's package ``dhash`` has it); M. Norouzi, A. Punjani, D. Fleet, "Fast Search in Hamming Space
with Multi-Index Hashing", CVPR 2012 (bands).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tinyclf.data.ahead import map_ahead
from tinyclf.data.decode import decode_file
from tinyclf.data.thumbnails import ThumbnailCache, thumbnail
from tinyclf.domain import Job, Photo, PhotoId, Problem, Progress
from tinyclf.errors import PhotoError

Hashes = NDArray[np.uint64]
Rows = NDArray[np.intp]

SIDE = 8
BITS = 2 * SIDE**2

DISTANCE = 10
"""Of 128 bits, how many may differ.

Measured by thumbnails: of 719,385 pairs of different baseball cards, many of one design in another
copy, none is as near (at 12 two are, at 16 sixteen), nor is any of 67,495 pairs of stamps. Of drawn
stamps of one design one pair in six is where every stamp lies in the very same place in the very
same light, as on a scanner; none where they do not. Copies saved anew, at half the size or darker
are found (99 to 100 %), those 30 % brighter in 85 to 99 %, with 1 % cut off each edge in 78 to
100 %, with 2 % in 30 to 66 %. Another photo of the same thing is not meant: for that there are the
groups that the user gives.
"""

PLAIN = 2.0
"""Levels of 255: a picture whose 9 × 8 places deviate less from their mean shows nothing by which
two of its kind could be told apart. It is like no other."""

CROWD, CROWD_SHARE = 10, 0.05
"""More photos, and a larger share of all, are not one picture saved anew: they are alike, as stamps
of one design are on a scanner. Of them only those still nearer to each other count as one picture,
or none: else a whole collection would be one group, from which nothing can be learnt."""

NEARER = (3, 0)
"""The distances tried then."""

SMALL = 80
"""Pixels along the longer side to which a thumbnail is decoded: a quarter, fast for JPEG."""

_FEWEST_BANDS = 8
"""So that a band fits into two bytes, which are sorted fastest."""

_PAIRS_AT_ONCE = 1 << 18


@dataclass(frozen=True)
class Duplicates:
    """Which photos are one picture.

    Attributes:
        groups: Of each photo that has a near-duplicate, the name of its group, which is the
            identity of the first of them.
        problems: Photos that could not be compared, and why.
    """

    groups: dict[PhotoId, str]
    problems: tuple[Problem, ...]


def find_duplicates(
    photos: Sequence[Photo],
    thumbnails: ThumbnailCache,
    *,
    known: dict[PhotoId, Hashes | None] | None = None,
    workers: int = 2,
) -> Job[Duplicates]:
    """Find the near-duplicates among photos by their thumbnails.

    Args:
        photos: The photos.
        thumbnails: Where their thumbnails are, or go.
        known: Difference hashes found before, to which those found now are added; ``None`` of a
            plain picture.
        workers: How many threads decode.

    Raises:
        StorageError: the thumbnails cannot be used.
    """
    what = "Looking for duplicates"
    yield Progress(what, 0, len(photos))
    hashes = np.zeros((len(photos), 2), np.uint64)
    compared, problems = [], []
    known = {} if known is None else known
    hash_of = partial(_hash_or_problem, thumbnails=thumbnails, known=known)
    found = map_ahead(hash_of, photos, workers)
    try:
        for row, result in enumerate(found):
            if isinstance(result, Problem):
                problems.append(result)
            elif result is not None:
                hashes[row] = result
                compared.append(row)
            if not isinstance(result, Problem):
                known[photos[row].photo_id] = result
            yield Progress(what, row + 1, len(photos))
    finally:
        found.close()
    first = yield from _without_crowds(hashes[compared], len(photos))
    groups = {
        photos[compared[row]].photo_id: str(photos[compared[first[row]]].photo_id)
        for row in np.flatnonzero(np.bincount(first, minlength=len(first))[first] > 1).tolist()
    }
    return Duplicates(groups, tuple(problems))


def difference_hash(image: Image.Image) -> Hashes:
    """Return a picture's difference hash across and down, uint64 ``(2,)``."""
    grey = image.convert("L")
    across = _grid(grey, SIDE + 1, SIDE)
    down = _grid(grey, SIDE, SIDE + 1)
    brighter = np.stack([across[:, 1:] > across[:, :-1], down[1:] > down[:-1]])
    packed = np.packbits(brighter.reshape(2, -1), axis=1)
    return packed.view(np.uint64)[:, 0]


def is_plain(image: Image.Image) -> bool:
    """Return whether a picture is of one brightness nearly all over."""
    return bool(_grid(image.convert("L"), SIDE + 1, SIDE).std() < PLAIN)


def group_near(hashes: Hashes, distance: int = DISTANCE) -> Job[Rows]:
    """Group hashes of which a chain leads from one to the other, no two links too far apart.

    Whoever differs in at most ``distance`` bits is equal in at least one of ``distance + 1`` bands
    of bits, so only pairs that are equal in a band are compared: 100,000 photos take seconds, but
    minutes if thousands of them hardly differ.

    Args:
        hashes: uint64 ``(n, 2)``, as of `difference_hash`.
        distance: How many of the 128 bits may differ, 0 to 15.

    Returns:
        The first row of each row's group, itself where it is alone, ``(n,)``.
    """
    if not len(hashes):
        return np.zeros(0, np.intp)
    unlike, first, of = np.unique(hashes, axis=0, return_index=True, return_inverse=True)
    label = np.arange(len(unlike))
    bands = max(distance + 1, _FEWEST_BANDS)
    bits = np.unpackbits(unlike.view(np.uint8), axis=1)
    for band in range(bands):
        code = _code(bits[:, band::bands])  # spread, as neighbouring bits say much the same
        order = np.argsort(code, kind="stable")
        for one, other in _pairs_of_equals(order, code[order]):
            apart = label[one] != label[other]
            one, other = one[apart], other[apart]
            close = np.bitwise_count(unlike[one] ^ unlike[other]).sum(axis=1) <= distance
            _join(label, one[close], other[close])
            yield Progress("Comparing photos", band, bands)
    lowest = np.full(len(unlike), len(hashes))
    np.minimum.at(lowest, label, first)
    return lowest[label][of.reshape(-1)]


def _without_crowds(hashes: Hashes, photos: int) -> Job[Rows]:
    """Return `group_near`, but of groups too large to be one picture only what is nearer still."""
    first = yield from group_near(hashes)
    for distance in (*NEARER, None):
        sizes = np.bincount(first, minlength=len(first))[first]
        crowd = np.flatnonzero((sizes > CROWD) & (sizes > CROWD_SHARE * photos))
        if distance is None:
            first[crowd] = crowd
        elif len(crowd):
            first[crowd] = crowd[(yield from group_near(hashes[crowd], distance))]
    return first


def _code(bits: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """Return each row's bits, 16 at most, as one number."""
    packed = np.zeros((len(bits), 2), np.uint8)
    some = np.packbits(bits, axis=1)
    packed[:, : some.shape[1]] = some
    return packed.view(np.uint16)[:, 0]


def _pairs_of_equals(order: Rows, code: NDArray[np.uint16]) -> Iterator[tuple[Rows, Rows]]:
    """Yield the pairs of ``order`` where ``code``, which ascends, is equal."""
    ends = np.searchsorted(code, code, side="right")
    follow = ends - np.arange(len(code)) - 1  # how many equals come after each
    piece = np.cumsum(follow) // _PAIRS_AT_ONCE
    for start, end in _runs(piece):
        many = follow[start:end]
        one = np.repeat(np.arange(start, end), many)
        step = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        if len(one):
            yield order[one], order[one + 1 + step]


def _runs(values: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    cuts = np.flatnonzero(np.diff(values)) + 1
    yield from zip([0, *cuts.tolist()], [*cuts.tolist(), len(values)], strict=True)


def _join(label: Rows, one: Rows, other: Rows) -> None:
    """Give all that pairs connect the same label, the lowest."""
    while len(one):
        lower = np.minimum(label[one], label[other])
        np.minimum.at(label, label[one], lower)
        np.minimum.at(label, label[other], lower)
        while (label[label] != label).any():
            label[:] = label[label]
        apart = label[one] != label[other]
        one, other = one[apart], other[apart]


def _grid(grey: Image.Image, width: int, height: int) -> NDArray[np.uint8]:
    return np.asarray(grey.resize((width, height), Image.Resampling.LANCZOS))


def _hash_or_problem(
    photo: Photo, thumbnails: ThumbnailCache, known: Mapping[PhotoId, Hashes | None]
) -> Hashes | Problem | None:
    if photo.photo_id in known:
        return known[photo.photo_id]
    try:
        jpeg = thumbnail(photo, thumbnails)
        image = decode_file(BytesIO(jpeg), long_side=SMALL).image
    except PhotoError as error:
        return Problem(photo.path, str(error))
    return None if is_plain(image) else difference_hash(image)
