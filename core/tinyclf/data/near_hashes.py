"""Groups of hashes that hardly differ, among very many.

Source: M. Norouzi, A. Punjani, D. Fleet, "Fast Search in Hamming Space with Multi-Index Hashing",
CVPR 2012 (blocks of bits that are equal); here two blocks are looked up together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.difference_hash import Hashes
from tinyclf.domain import Job, Progress
from tinyclf.nn.ranges import require_whole

Rows = NDArray[np.intp]

DISTANCE = 10
"""Of 128 bits, how many may differ.

Measured by thumbnails: of 719,385 pairs of different baseball cards, many of one design in another
copy, none is as near (at 12 two are, at 16 sixteen), nor is any of 67,495 pairs of stamps; nor are
more with the poses of `hashes_of_poses` compared. Of drawn stamps of one design one pair in six is
where every stamp lies in the very same place in the very same light, as on a scanner; none where
they do not.

Pictures saved anew, at half the size or darker are found (99 to 100 %), also mirrored or turned by
quarters (98 to 100 %), those 30 % brighter in 78 to 99 %; with 1 % of the longer side cut off each
edge in 94 to 100 %, with 1.5 % in 80 to 100 %, with 2 % in 57 to 98 %, with 3 % in 23 to 81 %.
Another photo of the same thing is not meant: for that there are the groups that the user gives.
"""

_BLOCKS = 16
"""Of eight bits: two of them fit into two bytes, which are sorted fastest."""

MOST_DISTANCE = _BLOCKS - 2
"""With more, two hashes need not have two blocks in common."""

_PAIRS_AT_ONCE = 1 << 18
_ROWS_AT_ONCE = 1 << 15
"""Pairs compared, and hashes sorted, between two reports: some milliseconds' work."""

_WHAT = "Comparing photos"


def group_near(
    hashes: Hashes,
    distance: int = DISTANCE,
    *,
    of: Rows | None = None,
    stricter: NDArray[np.int64] | None = None,
) -> Job[Rows]:
    """Group things of which a chain of near hashes leads from one to the other.

    Two hashes that differ in at most ``distance`` of 128 bits are equal in 16 − ``distance`` of 16
    blocks of bits. Dealt into one heap fewer, two of the equal blocks lie in one heap; so only
    hashes that are equal in two blocks of a heap are compared. 100,000 photos take seconds, but
    minutes if thousands of them hardly differ.

    Args:
        hashes: uint64 ``(n, 2)``, as the first two columns of `hashes_of_poses`.
        distance: How many of the 128 bits may differ, 0 to `MOST_DISTANCE`.
        of: Which thing each is a hash of, ``(n,)``; things are numbered from 0. Each of one of its
            own if not given.
        stricter: By how much less each may differ from others, ``(n,)``, at most half of
            ``distance``; 0 if not given.

    Returns:
        The first thing of each thing's group, itself where it is alone.

    Raises:
        ConfigError: at once, the distance is out of its range.
    """
    require_whole("The bits that may differ", distance, 0, MOST_DISTANCE)
    of = np.arange(len(hashes)) if of is None else of
    stricter = np.zeros(len(hashes), np.int64) if stricter is None else stricter
    return _grouped(hashes, distance, of, stricter)


def _grouped(hashes: Hashes, distance: int, of: Rows, stricter: NDArray[np.int64]) -> Job[Rows]:
    label = np.arange(of.max() + 1 if len(of) else 0)
    if not len(hashes):
        return label
    first = yield from _first_of_equals(hashes, stricter)
    _join(label, of[first], of)
    unlike = np.flatnonzero(first == np.arange(len(first)))
    hashes, stricter, of = hashes[unlike], stricter[unlike], of[unlike]
    left, right = hashes.T.copy()
    blocks = yield from _blocks(hashes)
    heaps = _BLOCKS - distance - 1
    looked_up = [(i, j) for i in range(_BLOCKS) for j in range(i) if (i - j) % heaps == 0]
    for done, (i, j) in enumerate(looked_up):
        code = blocks[i] << 8 | blocks[j]
        order = np.argsort(code, kind="stable")
        yield Progress(_WHAT, done, len(looked_up))
        for one, other in _pairs_of_equals(order, code[order]):
            half = np.bitwise_count(left[one] ^ left[other])
            maybe = np.flatnonzero(half <= distance)  # few: the rest is looked at for these alone
            one, other = one[maybe], other[maybe]
            differ = half[maybe] + np.bitwise_count(right[one] ^ right[other])
            close = differ + stricter[one] + stricter[other] <= distance
            _join(label, of[one[close]], of[other[close]])
            yield Progress(_WHAT, done, len(looked_up))
    return label


def _first_of_equals(hashes: Hashes, stricter: NDArray[np.int64]) -> Job[Rows]:
    """Return the first row that is the very same as each, ``(n,)``.

    (``np.unique`` sorts all in one go, half a second long for 100,000 photos.)
    """
    left, right = hashes.T
    code = left.astype(np.uint16)  # a sort of two bytes deals what may be equal together
    order = np.argsort(code, kind="stable")
    code = code[order]
    first = np.arange(len(order))
    for start, end in _runs(np.searchsorted(code, code) // _ROWS_AT_ONCE):
        rows = order[start:end]
        rows = rows[np.lexsort((left[rows], right[rows], stricter[rows]))]
        new = np.ones(len(rows), np.bool_)
        new[1:] = False
        for column in (left, right, stricter):
            new[1:] |= column[rows[1:]] != column[rows[:-1]]
        first[rows] = rows[new][np.cumsum(new) - 1]
        yield Progress(_WHAT, 0, 0)
    return first


def _blocks(hashes: Hashes) -> Job[list[NDArray[np.uint16]]]:
    """Return each hash's blocks, of bits far apart, as neighbouring bits say much the same."""
    octets, blocks = np.ascontiguousarray(hashes).view(np.uint8), list[NDArray[np.uint16]]()
    for block in range(_BLOCKS):
        of_octet, bit = divmod(block, 8)
        bits = octets[:, of_octet :: _BLOCKS // 8] >> (7 - bit) & 1
        blocks.append(np.packbits(bits, axis=1)[:, 0].astype(np.uint16))
        yield Progress(_WHAT, 0, 0)
    return blocks


def _pairs_of_equals(order: Rows, code: NDArray[np.integer[Any]]) -> Iterator[tuple[Rows, Rows]]:
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
