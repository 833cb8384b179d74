"""Near-duplicates: the same picture saved anew, smaller, brighter, turned, mirrored, or trimmed.

(The same bytes twice are one photo anyway.) Two photos are held to be one picture where the
difference hashes of a pose of each hardly differ. For the features they are one as well: those of
a mirrored photo are the very same numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO

import numpy as np

from tinyclf.data.ahead import map_ahead
from tinyclf.data.decode import decode_file
from tinyclf.data.difference_hash import Hashes, hashes_of_poses, is_plain
from tinyclf.data.near_hashes import DISTANCE, Rows, group_near
from tinyclf.data.thumbnails import ThumbnailCache, thumbnail
from tinyclf.domain import Job, Photo, PhotoId, Problem, Progress
from tinyclf.errors import PhotoError

CROWD, CROWD_SHARE = 10, 0.05
"""More photos, and a larger share of all, are not one picture saved anew: they are alike, as stamps
of one design are on a scanner. Of them only those still nearer to each other count as one picture,
or none: else a whole collection would be one group, from which nothing can be learnt."""

NEARER = (3, 0)
"""The distances tried then, of the pictures upright and whole."""

SMALL = 80
"""Pixels along the longer side to which a thumbnail is decoded: a quarter, fast for JPEG."""


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
        known: Hashes of poses found before, to which those found now are added; ``None`` of a
            plain picture.
        workers: How many threads decode.

    Raises:
        StorageError: the thumbnails cannot be used.
    """
    what = "Looking for duplicates"
    yield Progress(what, 0, len(photos))
    poses: list[Hashes] = []
    compared, problems = [], []
    known = {} if known is None else known
    hash_of = partial(_hash_or_problem, thumbnails=thumbnails, known=known)
    found = map_ahead(hash_of, photos, workers)
    try:
        for row, result in enumerate(found):
            if isinstance(result, Problem):
                problems.append(result)
            elif result is not None:
                poses.append(result)
                compared.append(row)
            if not isinstance(result, Problem):
                known[photos[row].photo_id] = result
            yield Progress(what, row + 1, len(photos))
    finally:
        found.close()
    first = yield from _without_crowds(poses, len(photos))
    groups = {
        photos[compared[row]].photo_id: str(photos[compared[first[row]]].photo_id)
        for row in np.flatnonzero(np.bincount(first, minlength=len(first))[first] > 1).tolist()
    }
    return Duplicates(groups, tuple(problems))


def _without_crowds(poses: Sequence[Hashes], photos: int) -> Job[Rows]:
    """Return `group_near`, but of groups too large to be one picture only what is nearer still."""
    first = yield from _grouped(poses, DISTANCE)
    for distance in (*NEARER, None):
        sizes = np.bincount(first, minlength=len(first))[first]
        crowd = np.flatnonzero((sizes > CROWD) & (sizes > CROWD_SHARE * photos))
        if distance is None:
            first[crowd] = crowd
        elif len(crowd):
            upright = [poses[row][:1] for row in crowd.tolist()]
            first[crowd] = crowd[(yield from _grouped(upright, distance))]
    return first


def _grouped(poses: Sequence[Hashes], distance: int) -> Job[Rows]:
    """Return the first of each photo's group, ``(n,)``."""
    if not poses:
        return np.zeros(0, np.intp)
    of = np.repeat(np.arange(len(poses)), [len(each) for each in poses])
    hashes = np.concatenate(poses)
    return (
        yield from group_near(
            hashes[:, :2], distance, of=of, stricter=hashes[:, 2].astype(np.int64)
        )
    )


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
    return None if is_plain(image) else hashes_of_poses(image)
