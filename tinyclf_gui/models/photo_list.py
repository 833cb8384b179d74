"""The photos of a grid as an item model: a filtered, ordered list of a collection's rows."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from enum import IntEnum
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from tinyclf.domain import NO_VERDICT, PhotoId
from tinyclf.project.photo_table import NO_GROUP
from tinyclf_gui.models import photo_mime
from tinyclf_gui.models.columns import Mask, NumberedRows, PhotoColumns, Rows
from tinyclf_gui.models.filters import Filter, everything
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.plain_tip import plain_tip
from tinyclf_gui.models.runs import runs
from tinyclf_gui.models.tile import ALL_TOLD, Telling, Tile
from tinyclf_gui.models.tile_words import spoken, tip

Index = QModelIndex | QPersistentModelIndex

NOWHERE = -1
"""The position of a row that is not shown."""
_MANY_RANGES = 64
"""From here on one notice over all of them is cheaper than one for each."""


class Role(IntEnum):
    """What the model tells of a photo, besides its name, tool tip and accessible text."""

    PHOTO_ID = Qt.ItemDataRole.UserRole + 1
    TILE = Qt.ItemDataRole.UserRole + 2


class PhotoListModel(QAbstractListModel):
    """A list of table rows; a *position* counts them.

    Photos that stop matching the filter they were chosen by stay in the list, dimmed, until rows
    are set again. All work is done on whole arrays; nothing is kept a photo.

    Args:
        table: The columns.
    """

    def __init__(self, table: PhotoColumns, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._telling = ALL_TOLD
        self._rows: Rows = np.empty(0, np.intp)
        self._positions: Rows = np.empty(0, np.intp)
        self._dimmed: Mask = np.empty(0, bool)
        self._matches: Filter = everything
        self._missing: Container[PhotoId] = frozenset()
        self._pinned: Container[PhotoId] = frozenset()
        self._grouped = np.empty(0, np.int32)
        self._group_sizes = np.empty(0, np.intp)

    @classmethod
    def of(cls, collection: OpenCollection, parent: QObject) -> PhotoListModel:
        """List photos of a collection; it follows every deed."""
        photos = cls(collection.table, parent)
        collection.changed.connect(photos.rows_changed)
        return photos

    @property
    def rows(self) -> Rows:
        """The table's rows in the order shown; not to be written to."""
        return self._rows

    def set_rows(
        self, rows: NumberedRows, matches: Filter = everything, telling: Telling = ALL_TOLD
    ) -> None:
        """Show these rows of the table in this order.

        Args:
            rows: Row numbers, each at most once.
            matches: What dims a photo as soon as it says no.
            telling: What is told of them.
        """
        self._telling = telling
        if np.array_equal(rows, self._rows):
            self._matches = matches
            self.all_changed()
            return
        self.beginResetModel()
        self._lay_out(np.array(rows, np.intp), matches)
        self.endResetModel()

    def set_missing(self, photo_ids: Container[PhotoId]) -> None:
        """Tell which photos are not where they were."""
        self._missing = photo_ids
        self.all_changed()

    def set_pinned(self, photo_ids: Container[PhotoId]) -> None:
        """Tell which photos are examples of their grades."""
        self._pinned = photo_ids
        self.all_changed()

    def rows_changed(self, rows: NumberedRows) -> None:
        """Tell the views that verdicts or proposals of these rows of the table are others now.

        One notice a run of positions.
        """
        self._dimmed = self._not_matching()
        positions = self.positions_of(rows)
        for first, last in _notices(positions[positions != NOWHERE]):
            self.dataChanged.emit(self.index(first), self.index(last))

    def all_changed(self) -> None:
        """Tell the views that any photo may have changed."""
        self._dimmed = self._not_matching()
        if len(self._rows):
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def photo_id(self, position: int) -> PhotoId:
        """Return the photo at a position."""
        return self._table.ids[int(self._rows[position])]

    def name_of(self, photo_id: PhotoId) -> str:
        """Return what a photo of the table is called, shown here or not."""
        return PurePosixPath(self._table.names[self._table.row_of[photo_id]]).stem

    def photo_ids(self, positions: NumberedRows) -> list[PhotoId]:
        """Return the photos at some positions."""
        ids = self._table.ids
        return [ids[row] for row in self._rows[positions].tolist()]

    def position_of(self, photo_id: PhotoId) -> int | None:
        """Return where a photo is in the list, or ``None`` if it is not shown."""
        row = self._table.row_of.get(photo_id)
        if row is None or row >= len(self._positions):
            return None
        position = int(self._positions[row])
        return None if position == NOWHERE else position

    def positions_of(self, rows: NumberedRows) -> Rows:
        """Return where table rows are in the list, ``NOWHERE`` for those that are not shown."""
        positions = np.full(len(rows), NOWHERE, np.intp)
        known = np.asarray(rows) < len(self._positions)
        positions[known] = self._positions[rows[known]]
        return positions

    def positions_of_photos(self, photo_ids: Iterable[PhotoId]) -> Rows:
        """Return where photos are in the list, ascending, without those that are not shown."""
        row_of = self._table.row_of
        rows = np.array([row_of[one] for one in photo_ids if one in row_of], np.intp)
        positions = self.positions_of(rows)
        return np.sort(positions[positions != NOWHERE])

    @property
    def matching(self) -> Mask:
        """For each position, whether its photo matches what the list shows, and is not dimmed."""
        return ~self._dimmed

    def next_matching(self, position: int) -> int | None:
        """Return the first position after this one that is not dimmed, or ``None``."""
        ahead = np.flatnonzero(~self._dimmed[position + 1 :])
        return position + 1 + int(ahead[0]) if len(ahead) else None

    def around(self, position: int, *, forward: bool = True) -> list[PhotoId]:
        """Return the photos that one who walks in this direction sees next, likeliest first."""
        by = 1 if forward else -1
        near = (position + by, position + 2 * by, position - by)
        return [self.photo_id(one) for one in near if 0 <= one < len(self._rows)]

    def tile(self, position: int) -> Tile:
        """Return what the tile at a position shows."""
        table, row = self._table, int(self._rows[position])
        photo_id, name = table.ids[row], PurePosixPath(table.names[row]).stem
        dimmed, duplicates = bool(self._dimmed[position]), self._duplicates(row)
        gone = str(table.path(row).parent) if photo_id in self._missing else ""
        if self._telling.blind:
            return Tile.blind_of(
                photo_id, name, dimmed=dimmed, gone_from=gone, duplicates=duplicates
            )
        code, verified = int(table.codes[row]), bool(table.verified[row])
        return Tile(
            photo_id,
            name,
            code=code,
            verified=verified,
            proposed=int(table.proposed[row]),
            confidence=float(table.confidence[row]),
            runner_up=int(table.runner_up[row]),
            dimmed=dimmed,
            in_bulk=verified and bool(table.in_bulk[row]),
            believed=int(self._telling.believed.get(photo_id, 0)),
            gone_from=gone,
            faults=0 if table.fine[row] else int(table.faults[row]),
            duplicates=duplicates,
            pinned=photo_id in self._pinned,
            for_exam=bool(table.exam[row]) and code > NO_VERDICT,
        )

    def rows_together(self, rows: Rows) -> Rows:
        """Return these rows of the table and all that belong together with one of them."""
        groups = self._table.group
        wanted = np.unique(groups[rows])
        return np.union1d(rows, np.flatnonzero(np.isin(groups, wanted[wanted != NO_GROUP])))

    def _duplicates(self, row: int) -> int:
        groups = self._table.group
        if groups is not self._grouped:
            self._grouped = groups
            self._group_sizes = np.bincount(groups[groups != NO_GROUP], minlength=len(groups))
        return 0 if groups[row] == NO_GROUP else int(self._group_sizes[groups[row]])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many photos are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a view or an assistive tool asks of a photo."""
        position = index.row()
        if not 0 <= position < len(self._rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tile(position).name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.tile(position))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(position))
        if role == Role.PHOTO_ID:
            return self.photo_id(position)
        return self.tile(position) if role == Role.TILE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every photo can be selected and dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def mimeTypes(self) -> list[str]:
        """Return the one kind of drag there is."""
        return [photo_mime.MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return what a drag of these photos carries."""
        return photo_mime.mime_of(self.photo_id(index.row()) for index in indexes)

    def _tip(self, position: int) -> str:
        row = int(self._rows[position])
        path, shares = str(self._table.path(row)), self._table.probabilities[row].tolist()
        return tip(self.tile(position), path, shares)

    def _lay_out(self, rows: Rows, matches: Filter) -> None:
        self._rows = rows
        self._positions = np.full(len(self._table), NOWHERE, np.intp)
        self._positions[rows] = np.arange(len(rows))
        self._matches = matches
        self._dimmed = self._not_matching()

    def _not_matching(self) -> Mask:
        return ~self._matches(self._table)[self._rows]


def _notices(positions: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return what to tell views: the runs, or the one range that spans very many of them."""
    ranges = runs(positions)
    return ranges if len(ranges) < _MANY_RANGES else [(ranges[0][0], ranges[-1][1])]
