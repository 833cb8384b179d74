"""Equal tiles in a list view: where they lie is arithmetic, never laid out.

``QListView`` keeps what is costly to get right: selection model, mouse, drag, auto-scroll and the
items that screen readers see. Everything that would walk over all items is replaced.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from tinyclf_gui import theme as themes
from tinyclf_gui.widgets.grid_layout import MARGIN, Box, GridLayout
from tinyclf_gui.widgets.spoken import tell_names
from tinyclf_gui.widgets.tile_painter import TileState

Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemView.ScrollHint
_BAND_SHARE = 40
"""Opacity of the rubber band's inside, of 255."""


class TileSurface(QListView):
    """Tiles in a grid that fills the width; a position is a row of the model.

    A subclass paints (``paint_tile``) and says what keys and mouse select; what is
    selected is read here, as one array (``selection_mask``).

    Signals:
        scrolled(): Other tiles came into view, or tiles changed their size.
    """

    scrolled = Signal()

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._grid = GridLayout(0, 0, side)
        self._band: QRect | None = None
        self._mask: NDArray[np.bool_] | None = None
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paint_tile(self, painter: QPainter, position: int, box: Box, state: TileState) -> None:
        """Paint the tile at a position into a box of the viewport."""
        raise NotImplementedError

    # Where things are

    @property
    def grid(self) -> GridLayout:
        """Where the tiles lie now."""
        return self._grid

    @property
    def side(self) -> int:
        """The wished width of a tile."""
        return self._side

    def set_side(self, side: int) -> None:
        """Make tiles about so wide, keeping the photos in view in view."""
        self._side = side
        self.updateGeometries()

    @property
    def current(self) -> int | None:
        """The position of the focused tile."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def visible_positions(self) -> range:
        """Return the positions that are at least partly in view."""
        top = self.verticalOffset()
        return self._grid.between(top, top + self.viewport().height() - 1)

    def visualRect(self, index: Index) -> QRect:
        """Return where an item is in the viewport."""
        return self._rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the item at a point of the viewport, not valid in a gap."""
        position = self._grid.position_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if position is None else self.model().index(position, 0)

    def horizontalOffset(self) -> int:
        """The grid never scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """Return how far the content is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return the whole viewport: cheaper than finding out what of it is selected."""
        return QRegion(self.viewport().rect())

    def viewportSizeHint(self) -> QSize:
        """Return room for three by two tiles."""
        return QSize(3 * self._side, 2 * self._side)

    def _rect(self, position: int) -> QRect:
        box = self._grid.box(position)
        return QRect(box.x, box.y - self.verticalOffset(), box.width, box.height)

    # Layout and scrolling

    def doItemsLayout(self) -> None:
        """There is nothing to lay out but the scroll bar."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """Fit the grid to the viewport; what was in view stays where it was."""
        count = 0 if self.model() is None else self.model().rowCount()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        grid = GridLayout(count, self.viewport().width(), self._side, mirrored)
        reflowed = grid.count == self._grid.count and grid.pitch != self._grid.pitch
        kept = self._kept_in_view() if reflowed or grid.columns != self._grid.columns else None
        before = 0 if kept is None else self._rect(kept).y()
        self._grid = grid
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, grid.height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(1, grid.pitch // 3))  # a notch of the wheel is three: one line
        if kept is not None and kept < count:
            bar.setValue(grid.box(kept).y - before)
        self.viewport().update()
        self.scrolled.emit()

    def _kept_in_view(self) -> int | None:
        visible = self.visible_positions()
        if self.current is not None and self.current in visible:
            return self.current
        return visible.start if visible else None

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted; only what comes into view is painted anew."""
        self.viewport().scroll(0, dy)
        if self._band is not None:
            self.viewport().update()
        self.scrolled.emit()

    def scrollTo(self, index: Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        """Bring an item into view."""
        if not index.isValid():
            return
        rect, height = self._rect(index.row()), self.viewport().height()
        if hint == _Hint.PositionAtTop:
            distance = rect.top() - MARGIN
        elif hint == _Hint.PositionAtBottom:
            distance = rect.bottom() + MARGIN - height
        elif hint == _Hint.PositionAtCenter:
            distance = rect.center().y() - height // 2
        else:
            distance = min(rect.top() - MARGIN, max(0, rect.bottom() + MARGIN - height))
        self.verticalScrollBar().setValue(self.verticalOffset() + distance)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles that touch the region, and nothing else."""
        self.executeDelayedItemsLayout()
        painter = QPainter(self.viewport())
        top, region = self.verticalOffset(), event.region()
        bounds = region.boundingRect()
        painter.fillRect(bounds, themes.current().window)
        mask, current, active = self.selection_mask(), self.current, self.hasFocus()
        for position in self._grid.between(bounds.top() + top, bounds.bottom() + top):
            rect = self._rect(position)
            if region.intersects(rect):
                box = Box(rect.x(), rect.y(), rect.width(), rect.height())
                state = TileState(bool(mask[position]), position == current, active)
                self.paint_tile(painter, position, box, state)
        self._paint_band(painter)
        painter.end()

    def draw_band(self, area: QRect | None) -> None:
        """Show a rubber band over this area of the tiles, or none."""
        if area is not None or self._band is not None:
            self._band = area
            self.viewport().update()

    def _paint_band(self, painter: QPainter) -> None:
        if self._band is None:
            return
        accent = themes.current().accent
        inside = accent.toRgb()
        inside.setAlpha(_BAND_SHARE)
        painter.setPen(QPen(accent, 1))
        painter.setBrush(inside)
        painter.drawRect(self._band.translated(0, -self.verticalOffset()))

    def dataChanged(self, top: Index, bottom: Index, roles: Sequence[int] = ()) -> None:
        """Repaint what is in view of a range, however long it is."""
        visible = self.visible_positions()
        first, last = max(top.row(), visible.start), min(bottom.row(), visible.stop - 1)
        if first <= last:
            model = self.model()
            changed = model.index(first, 0), model.index(last, 0)
            QAbstractItemView.dataChanged(self, *changed, roles)  # a list would lay itself out anew
            tell_names(self, range(first, last + 1), self.current)

    # What is selected

    def selection_mask(self) -> NDArray[np.bool_]:
        """Return for each position whether it is selected."""
        if self._mask is None:
            self._mask = np.zeros(self._grid.count, bool)
            for part in self.selectionModel().selection().toList():
                self._mask[part.top() : part.bottom() + 1] = True
        return self._mask

    def selected_positions(self) -> NDArray[np.intp]:
        """Return the selected positions, in order."""
        return np.flatnonzero(self.selection_mask())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Repaint those that changed; which are selected is worked out anew when next asked."""
        self._mask = None
        QAbstractItemView.selectionChanged(self, selected, deselected)

    def reset(self) -> None:
        """Start anew with other items."""
        self._mask = None
        super().reset()
        self._grid = GridLayout(0, 0, self._side)
        self.updateGeometries()
