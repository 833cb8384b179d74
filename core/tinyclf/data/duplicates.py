"""Near-duplicates: the same picture saved anew, smaller, brighter, turned, mirrored, or trimmed.

(The same bytes twice are one photo anyway.) Two photos are held to be one picture where the
difference hashes of a pose of each hardly differ. For the features they are one as well: those of
a mirrored photo are the very same numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from io import BytesIO

import numpy as np

from tinyclf.data.ahead import map_ahead
from tinyclf.data.decode import decode_file
from tinyclf.data.difference_hash import Hashes, hashes_of_poses, is_plain
from tinyclf.data.near_hashes import DISTANCE, Rows, group_near
from tinyclf.data.pose_cache import PoseCache
from tinyclf.data.thumbnails import ThumbnailCache, thumbnail
from tinyclf.domain import Job, Photo, PhotoId, Problem, Progress
from tinyclf.errors import PhotoError, StorageError

CROWD, CROWD_SHARE = 10, 0.05
"""More photos, and a larger share of all, are not one picture saved anew: they are alike, as stamps
of one design are on a scanner. Of them only those still nearer to each other count as one picture,
or none: else a whole collection would be one group, from which nothing can be learnt."""

NEARER = (3, 0)
"""The distances tried then, of the pictures upright and whole."""

SMALL = 80
"""Pixels along the longer side to which a thumbnail is decoded: a quarter, fast for JPEG."""

ASKED = 256
"""Photos whose hashes are looked up between two reports: milliseconds."""

FRESH = 512
"""Photos hashed between two writes: what a killed program loses at most, seconds of work. Of fewer,
each write would touch as many pages."""

_WHAT = "Looking for near-duplicates"


@dataclass(frozen=True)
class Duplicates:
    """Which photos are one picture.

    Attributes:
        groups: Of each photo that has a near-duplicate, the name of its group, which is the
            identity of the first of them.
        problems: Photos that could not be compared, and why.
        is_news: Whether they were looked for at all: else just those could be compared that were
            before, and the groups are empty.
    """

    groups: dict[PhotoId, str]
    problems: tuple[Problem, ...]
    is_news: bool = True


def find_duplicates(
    photos: Sequence[Photo],
    ids: Sequence[PhotoId],
    thumbnails: ThumbnailCache,
    cache: PoseCache,
    *,
    compared: int = 0,
    workers: int = 2,
) -> Job[Duplicates]:
    """Find the near-duplicates among photos by their thumbnails.

    Args:
        photos: The photos, n of them; one is asked for only where its hashes are not known.
        ids: Their identities, n of them.
        thumbnails: Where their thumbnails are, or go.
        cache: Their hashes as far as they were found before; those found now are added, also when
            the job is stopped.
        compared: How many photos were compared before.
        workers: How many threads decode.

    Raises:
        StorageError: a cache cannot be used.
    """
    yield Progress(_WHAT, 0, len(photos))
    poses = _Poses()
    unknown = yield from _add_known(poses, ids, cache)
    problems = yield from _add_unknown(poses, photos, unknown, thumbnails, cache, workers)
    if len(problems) == len(unknown) == len(photos) - compared:
        return Duplicates({}, problems, is_news=False)
    first = yield from _without_crowds(*poses.stacked(), len(photos))
    groups = {
        ids[row]: str(ids[first[row]])
        for row in np.flatnonzero(np.bincount(first, minlength=len(first))[first] > 1).tolist()
    }
    return Duplicates(groups, problems)


class _Poses:
    """The hashes of many photos' poses, stacked: 100,000 small arrays take long to free."""

    def __init__(self) -> None:
        self._hashes = [np.zeros((0, 3), np.uint64)]
        self._of = [np.zeros(0, np.intp)]

    def add(self, poses: Mapping[int, Hashes | None]) -> None:
        """Take the hashes of some photos by their rows; plain pictures have none."""
        some = {row: hashes for row, hashes in poses.items() if hashes is not None}
        if some:
            self._hashes.append(np.concatenate(list(some.values())))
            self._of.append(np.repeat(list(some), [len(hashes) for hashes in some.values()]))

    def stacked(self) -> tuple[Hashes, Rows]:
        """Return all hashes, ``(n, 3)``, and of which photo's row each is, ``(n,)``.

        Those of one photo stand together, that of the picture as it is first.
        """
        return np.concatenate(self._hashes), np.concatenate(self._of)


def _add_known(poses: _Poses, ids: Sequence[PhotoId], cache: PoseCache) -> Job[list[int]]:
    """Add the hashes that are known; return the rows of the other photos."""
    unknown: list[int] = []
    for start in range(0, len(ids), ASKED):
        row_of = {one: row for row, one in enumerate(ids[start : start + ASKED], start)}
        known = cache.get_many(list(row_of))
        poses.add({row_of[one]: hashes for one, hashes in known.items()})
        unknown += [row for one, row in row_of.items() if one not in known]
        yield Progress(_WHAT, 0, len(ids))
    return unknown


def _add_unknown(
    poses: _Poses,
    photos: Sequence[Photo],
    unknown: Sequence[int],
    thumbnails: ThumbnailCache,
    cache: PoseCache,
    workers: int,
) -> Job[tuple[Problem, ...]]:
    """Hash the photos of these rows, add and keep that; return why some could not be hashed."""
    problems, fresh = list[Problem](), dict[int, Hashes | None]()
    before = len(photos) - len(unknown)
    found = map_ahead(
        partial(_hash_or_problem, thumbnails=thumbnails), (photos[row] for row in unknown), workers
    )
    try:
        for done, (row, result) in enumerate(zip(unknown, found, strict=True), before + 1):
            if isinstance(result, Problem):
                problems.append(result)
            else:
                fresh[row] = result
            if len(fresh) == FRESH:
                poses.add(fresh)
                _keep(fresh, photos, cache)
                fresh = {}
            yield Progress(_WHAT, done, len(photos))
    finally:
        found.close()
        _keep(fresh, photos, cache)
    poses.add(fresh)
    return tuple(problems)


def _keep(fresh: Mapping[int, Hashes | None], photos: Sequence[Photo], cache: PoseCache) -> None:
    """Keep hashes, if they can be: on a full disk they are found anew next time."""
    if fresh:
        with suppress(StorageError):
            cache.put_many({photos[row].photo_id: hashes for row, hashes in fresh.items()})


def _without_crowds(hashes: Hashes, of: Rows, photos: int) -> Job[Rows]:
    """Return `group_near`, but of groups too large to be one picture only what is nearer still."""
    first = np.arange(photos)
    grouped = yield from _grouped(hashes, of, DISTANCE)
    first[: len(grouped)] = grouped
    for distance in (*NEARER, None):
        sizes = np.bincount(first, minlength=len(first))[first]
        crowd = np.flatnonzero((sizes > CROWD) & (sizes > CROWD_SHARE * photos))
        if distance is None:
            first[crowd] = crowd
        elif len(crowd):
            upright = np.flatnonzero(np.diff(of, prepend=-1))
            upright = upright[np.isin(of[upright], crowd)]
            place = np.searchsorted(crowd, of[upright])
            first[crowd] = crowd[(yield from _grouped(hashes[upright], place, distance))]
    return first


def _grouped(hashes: Hashes, of: Rows, distance: int) -> Job[Rows]:
    """Return the first of each photo's group, ``(n,)``, up to the last photo that has hashes."""
    return (
        yield from group_near(
            hashes[:, :2], distance, of=of, stricter=hashes[:, 2].astype(np.int64)
        )
    )


def _hash_or_problem(photo: Photo, thumbnails: ThumbnailCache) -> Hashes | Problem | None:
    try:
        jpeg = thumbnail(photo, thumbnails)
        image = decode_file(BytesIO(jpeg), long_side=SMALL).image
    except PhotoError as error:
        return Problem(photo.path, str(error))
    return None if is_plain(image) else hashes_of_poses(image)
