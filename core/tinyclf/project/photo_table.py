"""The collection as columns: one row a photo, no SQL per photo, for grids of 100,000."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES, Photo, PhotoId
from tinyclf.project.news_rows import NewsRows
from tinyclf.project.photo_sequence import PhotoSequence
from tinyclf.project.stored_path import are_texts, path_text, shown

Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]
Floats = NDArray[np.float32]

NO_GROUP = -1


class PhotoTable:
    """Photos, verdicts and proposals side by side; ``n`` photos, in the order they came in.

    A row keeps its place while the table lives; new photos are appended. Arrays are replaced, not
    resized, so hold none across `refresh`. Only the table writes to them.

    Attributes:
        ids: The photos' identities.
        row_of: Where a photo stands.
        names: Their paths within the photo folder, for the eye.
        places: Where they lie: the photo folder, absolute, and the path within it.
            Both lists are replaced when any of them is another now, so that what was worked out of
            them is known to be stale.
        codes: A person's verdicts, int8 ``(n,)``; see `tinyclf.domain`.
        verified: Whether that verdict is a signed proposal, ``(n,)``.
        exam: Whether it is set aside for the exam, ``(n,)``.
        group: The row of the first photo that it belongs together with, itself included, int32
            ``(n,)``; `NO_GROUP` where it is in none. Groups that share a photo are one.
        faults: What is wrong with the photo itself, as bits of `tinyclf.domain.PhotoFault`, uint8
            ``(n,)``; 0 also while that is not known. The collection's file does not hold it.
        fine: Whether a person said that it is fine all the same, ``(n,)``.
        in_bulk: Whether it was accepted with the rest of a wall and not looked at singly since,
            ``(n,)``; False while the table was not told.
        has_proposal: Whether the classifier has an opinion, ``(n,)``. Of an exam photo none is ever
            told: who has seen it would no longer grade it blind.
        probabilities: That opinion, float32 ``(n, 5)``, worst grade first; else zeros.
        proposed_by: The number of the model it comes from, int32 ``(n,)``; else 0.
        proposed: The likeliest grade, of equals the lower, int8 ``(n,)``; else 0.
        runner_up: The second likeliest, int8 ``(n,)``; else 0.
        confidence: The likeliest grade's probability, float32 ``(n,)``; else 0.
        expected_grade: The mean grade, float32 ``(n,)``; else 0.
    """

    def __init__(self) -> None:
        self.ids: list[PhotoId] = []
        self.row_of: dict[PhotoId, int] = {}
        self.names: list[str] = []
        self.places: list[tuple[str, str]] = []
        self._numbers: NDArray[np.int64] = np.zeros(0, np.int64)  # in the file; ascending
        self._imports: NDArray[np.int64] = np.zeros(0, np.int64)  # the act that last found it
        self._sizes: NDArray[np.int64] = np.zeros((0, 5), np.int64)
        self.codes: Codes = np.zeros(0, np.int8)
        self.verified: Flags = np.zeros(0, np.bool_)
        self.exam: Flags = np.zeros(0, np.bool_)
        self.group: NDArray[np.int32] = np.zeros(0, np.int32)
        self.faults: NDArray[np.uint8] = np.zeros(0, np.uint8)
        self.fine: Flags = np.zeros(0, np.bool_)
        self.in_bulk: Flags = np.zeros(0, np.bool_)
        self.proposed_by: NDArray[np.int32] = np.zeros(0, np.int32)
        self.probabilities: Floats = np.zeros((0, 5), np.float32)
        self.has_proposal: Flags = np.zeros(0, np.bool_)
        self.proposed: Codes = np.zeros(0, np.int8)
        self.runner_up: Codes = np.zeros(0, np.int8)
        self.confidence: Floats = np.zeros(0, np.float32)
        self.expected_grade: Floats = np.zeros(0, np.float32)
        self._seen = 0
        self._last_write: object = None
        self._proposals: NDArray[np.float64] | None = None  # as last taken in
        self._groups: NDArray[np.int64] | None = None

    @classmethod
    def load(cls, store: NewsRows) -> PhotoTable:
        """Read a whole collection."""
        table = cls()
        table.refresh(store)
        return table

    def refresh(self, store: NewsRows) -> Rows:
        """Read what was written since the last time; call it on the table's owner thread only.

        Returns:
            The rows that are new, or of which anything is not what it was, ascending.
        """
        last_write = store.last_write
        if last_write is self._last_write:
            return np.empty(0, np.intp)  # and the file, which a job may hold, is not asked
        news = store.news(self._seen)
        changes = [np.array(self._take_photos(news.photos), np.intp)]
        if len(news.verdicts):
            changes.append(self._take_verdicts(news.verdicts))
        if news.proposals is not None and news.proposals is not self._proposals:
            changes.append(self._take_proposals(news.proposals))
        if news.exam is not None:
            changes.append(self._take_exam(news.exam))
        if news.groups is not None and news.groups is not self._groups:
            changes.append(self._take_groups(news.groups))
        if news.fine is not None:
            changes.append(self._take_fine(news.fine))
        self._seen, self._last_write = news.act, last_write
        changed = np.zeros(len(self), np.bool_)
        for rows in changes:
            changed[rows] = True
        return np.flatnonzero(changed)

    def as_it_is(self) -> PhotoTable:
        """Return the table of now, which stays so: another thread may count on it.

        Only ``ids`` and ``row_of`` are the owner's, which adds photos past the end: what is worked
        out of a table of so many rows holds for the first rows of a longer one.
        """
        return copy.copy(self)

    def grouped_as(self, groups: NDArray[np.int64]) -> PhotoTable:
        """Return `as_it_is`, but with other groups, as `GroupRows.all_groups` has them.

        They may be newer than the table: of photos that came in since nothing is taken.
        """
        table = self.as_it_is()
        table._take_groups(groups[np.isin(groups[:, 0], self._numbers)])
        return table

    def __len__(self) -> int:
        return len(self.codes)  # not the ids: those of a table that stays as it is may grow

    @property
    def act(self) -> int:
        """The newest act that was taken in."""
        return self._seen

    @property
    def width(self) -> NDArray[np.int64]:
        """Pixels across, ``(n,)``."""
        return self._sizes[:, 0]

    @property
    def height(self) -> NDArray[np.int64]:
        """Pixels down, ``(n,)``."""
        return self._sizes[:, 1]

    @property
    def taken(self) -> NDArray[np.int64]:
        """When it was taken, else when its file was last written: seconds since 1970, ``(n,)``.

        The first by the camera's clock, the second by the file system's, in UTC.
        """
        return self._sizes[:, 4]

    @property
    def human(self) -> Flags:
        """Whether a person graded it, ``(n,)``; a mark is no grade."""
        return np.greater(self.codes, 0)

    @property
    def ungraded(self) -> Flags:
        """Whether a person has said nothing of it yet, ``(n,)``."""
        return np.equal(self.codes, 0)

    @property
    def bad(self) -> Flags:
        """Whether it is a bad photo, ``(n,)``: nothing is learnt from it."""
        return np.greater(self.faults, 0) & ~self.fine

    @property
    def current(self) -> Codes:
        """The grade it hangs under, int8 ``(n,)``: a person's, else the proposed one, else 0.

        A photo that a person marked (unsure, not gradable) hangs nowhere: 0.
        """
        return np.where(self.codes == 0, self.proposed, np.maximum(self.codes, 0))

    @property
    def units(self) -> NDArray[np.int32]:
        """Codes that are equal where photos belong together, and else differ, int32 ``(n,)``."""
        own = np.arange(len(self), dtype=np.int32)
        return np.where(self.group == NO_GROUP, own, self.group)

    def take_faults(self, faults: NDArray[np.uint8]) -> Rows:
        """Hold these as what is wrong with the photos, ``(n,)``; return the rows that changed."""
        changed = np.flatnonzero(faults != self.faults)
        self.faults = faults
        return changed

    def take_bulk(self, in_bulk: Flags) -> None:
        """Hold these as the photos that were accepted with the rest of a wall, ``(n,)``."""
        self.in_bulk = in_bulk

    def path(self, row: int) -> Path:
        """Return where a photo lies, absolute."""
        return Path(*self.places[row])

    def photo(self, row: int) -> Photo:
        """Return a photo as the words of the domain have it."""
        return Photo(self.ids[row], self.path(row), *self._sizes[row, :4].tolist())

    def all_photos(self) -> PhotoSequence:
        """Return all photos as they are now, in a moment."""
        return PhotoSequence(list(self.ids), list(self.places), self._sizes[:, :4].copy())

    def photos(self, rows: Rows) -> PhotoSequence:
        """Return photos, each made only when it is asked for; in whatever thread."""
        wanted = rows.tolist()
        ids, places = self.ids.__getitem__, self.places.__getitem__
        return PhotoSequence(
            list(map(ids, wanted)), list(map(places, wanted)), self._sizes[rows, :4]
        )

    def rows(self, photo_ids: Iterable[PhotoId]) -> Rows:
        """Return where photos stand, in the order given.

        Raises:
            KeyError: one of them is not in the table.
        """
        return np.array(list(map(self.row_of.__getitem__, photo_ids)), np.intp)

    def codes_of(self, photo_ids: Iterable[PhotoId]) -> NDArray[np.int8]:
        """Return the verdicts on photos, as codes; 0 where they came in since `as_it_is`."""
        rows = self.rows(photo_ids)
        codes = np.zeros(len(rows), np.int8)
        known = rows < len(self)
        codes[known] = self.codes[rows[known]]
        return codes

    def replaced(self) -> Flags:
        """Return whether another photo has since been found in its place, ``(n,)``."""
        newest = {
            os.path.join(*self.places[row]): row  # noqa: PTH118 (a Path each would take seconds)
            for row in np.argsort(self._imports, kind="stable").tolist()
        }
        replaced = np.ones(len(self), np.bool_)
        replaced[list(newest.values())] = False
        return replaced

    def _take_photos(self, photos: list[tuple[Any, ...]]) -> range | list[int]:
        known = len(self._numbers) and self._numbers[-1]
        moved = [photo for photo in photos if photo[0] <= known]
        fresh = photos[len(moved) :]
        rows = [self.row_of[photo[2]] for photo in moved]
        places = [(path_text(photo[3]), path_text(photo[4])) for photo in moved]
        if fresh or any(self.places[row] != one for row, one in zip(rows, places, strict=True)):
            self.names, self.places = [*self.names], [*self.places]
            for row, place, photo in zip(rows, places, moved, strict=True):
                self.places[row], self.names[row] = place, shown(photo[4])
        if moved:
            self._imports, self._sizes = self._imports.copy(), self._sizes.copy()
            self._imports[rows] = [photo[1] for photo in moved]
            self._sizes[rows] = [photo[5:] for photo in moved]
        if fresh:
            rows.extend(self._append(fresh))
        return rows

    def _append(self, photos: list[tuple[Any, ...]]) -> range:
        numbers, acts, ids, folders, paths, *sizes = zip(*photos, strict=True)
        start, count = len(self.ids), len(photos)
        self.ids.extend(ids)
        self.row_of.update(zip(ids, range(start, start + count), strict=True))
        plain = are_texts(paths)  # then 100,000 of them need not be looked at one by one
        texts = paths if plain else map(path_text, paths)
        self.names.extend(paths if plain else map(shown, paths))
        folder_text = {folder: path_text(folder) for folder in set(folders)}  # one text for all
        self.places.extend(zip(map(folder_text.__getitem__, folders), texts, strict=True))
        self._numbers = np.concatenate([self._numbers, np.array(numbers, np.int64)])
        self._imports = np.concatenate([self._imports, np.array(acts, np.int64)])
        self._sizes = np.concatenate([self._sizes, np.array(sizes, np.int64).T])
        self.codes = _longer(self.codes, count)
        self.verified = _longer(self.verified, count)
        self.exam = _longer(self.exam, count)
        self.group = np.concatenate([self.group, np.full(count, NO_GROUP, np.int32)])
        self.faults = _longer(self.faults, count)
        self.fine = _longer(self.fine, count)
        self.in_bulk = _longer(self.in_bulk, count)
        self.proposed_by = _longer(self.proposed_by, count)
        self.probabilities = _longer(self.probabilities, count)
        self.has_proposal = _longer(self.has_proposal, count)
        self.proposed = _longer(self.proposed, count)
        self.runner_up = _longer(self.runner_up, count)
        self.confidence = _longer(self.confidence, count)
        self.expected_grade = _longer(self.expected_grade, count)
        return range(start, start + count)

    def _take_verdicts(self, verdicts: NDArray[np.int64]) -> Rows:
        rows = np.searchsorted(self._numbers, verdicts[:, 0])
        codes, verified = self.codes.copy(), self.verified.copy()
        codes[rows] = verdicts[:, 1]
        verified[rows] = verdicts[:, 2]
        changed = (codes != self.codes) | (verified != self.verified)
        self.codes, self.verified = codes, verified
        return np.flatnonzero(changed)

    def _take_proposals(self, proposals: NDArray[np.float64]) -> Rows:
        self._proposals = proposals
        rows = np.searchsorted(self._numbers, proposals[:, 0])
        proposed_by = np.zeros(len(self), np.int32)
        probabilities = np.zeros((len(self), 5), np.float32)
        proposed_by[rows] = proposals[:, 1]
        probabilities[rows] = proposals[:, 2:]
        return self._hold(proposed_by, probabilities)

    def _hold(self, proposed_by: NDArray[np.int32], probabilities: Floats) -> Rows:
        """Make these the proposals, but for those of the exam."""
        proposed_by[self.exam], probabilities[self.exam] = 0, 0
        changed = (proposed_by != self.proposed_by) | (probabilities != self.probabilities).any(1)
        self.proposed_by, self.probabilities = proposed_by, probabilities
        self._derive()
        return np.flatnonzero(changed)

    def _take_exam(self, exam: NDArray[np.int64]) -> Rows:
        flags = np.zeros(len(self), np.bool_)
        flags[np.searchsorted(self._numbers, exam)] = True
        changed = flags != self.exam
        self.exam = flags
        self._hold(self.proposed_by.copy(), self.probabilities.copy())
        return np.flatnonzero(changed)

    def _take_fine(self, photos: NDArray[np.int64]) -> Rows:
        flags = np.zeros(len(self), np.bool_)
        flags[np.searchsorted(self._numbers, photos)] = True
        changed = np.flatnonzero(flags != self.fine)
        self.fine = flags
        return changed

    def _take_groups(self, groups: NDArray[np.int64]) -> Rows:
        self._groups = groups
        codes = np.full(len(self), NO_GROUP, np.int32)
        rows = np.searchsorted(self._numbers, groups)
        codes[rows[:, 0]] = rows[:, 1]
        changed = codes != self.group
        self.group = codes
        return np.flatnonzero(changed)

    def _derive(self) -> None:
        """Work out what follows from the probabilities, once for all views."""
        p = self.probabilities
        self.has_proposal = self.proposed_by > 0
        best = p.argmax(axis=1)
        others = p.copy()
        np.put_along_axis(others, best[:, None], -1, axis=1)
        self.proposed = _where_any(self.has_proposal, best + 1)
        self.runner_up = _where_any(self.has_proposal, others.argmax(axis=1) + 1)
        self.confidence = np.take_along_axis(p, best[:, None], axis=1)[:, 0]
        self.expected_grade = p @ np.array(GRADES, np.float32)


def _longer(column: NDArray[Any], count: int) -> NDArray[Any]:
    return np.concatenate([column, np.zeros((count, *column.shape[1:]), column.dtype)])


def _where_any(flags: Flags, grades: NDArray[Any]) -> Codes:
    return np.where(flags, grades, 0).astype(np.int8)
