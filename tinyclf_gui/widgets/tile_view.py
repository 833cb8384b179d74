"""A list view whose items are equal tiles: where they lie is arithmetic, never laid out.

``QListView`` keeps what is costly to get right: selection model, mouse, drag, auto-scroll and the
items that screen readers see. Everything that would walk over all items is replaced.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from tinyclf_gui import theme as themes
from tinyclf_gui.models.runs import runs
from tinyclf_gui.widgets.grid_layout import MARGIN, Box, GridLayout, Step
from tinyclf_gui.widgets.spoken import tell_item, tell_names, tell_selection
from tinyclf_gui.widgets.tile_painter import TileState

Index = QModelIndex | QPersistentModelIndex
_Select = QItemSelectionModel.SelectionFlag
_Hint = QAbstractItemView.ScrollHint
_Cursor = QAbstractItemView.CursorAction
_Key = Qt.Key
_Modifier = Qt.KeyboardModifier

_STEPS: dict[int, Step] = {
    _Key.Key_Left: Step.LEFT,
    _Key.Key_Right: Step.RIGHT,
    _Key.Key_Up: Step.UP,
    _Key.Key_Down: Step.DOWN,
    _Key.Key_PageUp: Step.PAGE_UP,
    _Key.Key_PageDown: Step.PAGE_DOWN,
    _Key.Key_Home: Step.FIRST,
    _Key.Key_End: Step.LAST,
}
_MIRRORED = {Step.LEFT: Step.RIGHT, Step.RIGHT: Step.LEFT}
_CURSORS = {
    _Cursor.MoveLeft: Step.LEFT,
    _Cursor.MoveRight: Step.RIGHT,
    _Cursor.MoveUp: Step.UP,
    _Cursor.MoveDown: Step.DOWN,
    _Cursor.MovePageUp: Step.PAGE_UP,
    _Cursor.MovePageDown: Step.PAGE_DOWN,
    _Cursor.MoveHome: Step.FIRST,
    _Cursor.MoveEnd: Step.LAST,
    _Cursor.MoveNext: Step.RIGHT,
    _Cursor.MovePrevious: Step.LEFT,
}
_BAND_SHARE = 40
"""Opacity of the rubber band's inside, of 255."""


class TileView(QListView):
    """Tiles in a grid that fills the width; a position is a row of the model.

    A subclass paints (``paint_tile``). Arrows move in space, with Shift they extend the selection
    in reading order, with Ctrl they move the focus alone; Ctrl+Space toggles, Ctrl+A selects all,
    Ctrl+I inverts; a drag from empty space selects what its rectangle touches.

    Signals:
        scrolled(): Other tiles came into view, or tiles changed their size.
        selectionCountChanged(int): So many tiles are selected now.
    """

    scrolled = Signal()
    selectionCountChanged = Signal(int)

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._grid = GridLayout(0, 0, side)
        self._anchor: int | None = None
        self._band: QRect | None = None
        self._mask: NDArray[np.bool_] | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
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
        kept = self._in_place() if reflowed or grid.columns != self._grid.columns else None
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

    def _in_place(self) -> int | None:
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
            super().dataChanged(model.index(first, 0), model.index(last, 0), roles)
            tell_names(self, range(first, last + 1), self.current)

    # Selection

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

    def select_positions(self, ranges: list[tuple[int, int]], command: _Select) -> None:
        """Select ranges (first, last) of positions, or deselect or toggle them."""
        selection = QItemSelection()
        for first, last in ranges:
            selection.select(self.model().index(first, 0), self.model().index(last, 0))
        self.selectionModel().select(selection, command)

    def taken_along(self) -> NDArray[np.bool_]:
        """Return for each position whether selecting many at once takes it along: here, all."""
        return np.ones(self._grid.count, bool)

    def selectAll(self) -> None:
        """Select all that is taken along, in ranges (Qt's own asks for every row)."""
        ranges = runs(np.flatnonzero(self.taken_along()))
        self.select_positions(ranges, _Select.ClearAndSelect)

    def invert_selection(self) -> None:
        """Select what is not selected, and the other way round."""
        others = self.taken_along() & ~self.selection_mask()
        self.select_positions(runs(np.flatnonzero(others)), _Select.ClearAndSelect)

    def toggle_current(self) -> None:
        """Select the focused tile too, or no longer."""
        if self.current is not None:
            self.go_to(self.current, _Select.Toggle)

    def go_to(self, position: int, command: _Select = _Select.ClearAndSelect) -> None:
        """Focus a tile and bring it into view; by default it is the only one selected."""
        self._anchor = None
        self.selectionModel().setCurrentIndex(self.model().index(position, 0), command)

    def extend_to(self, position: int, command: _Select = _Select.ClearAndSelect) -> None:
        """Focus a tile and select all from where the extending began up to it."""
        anchor = self._anchor if self._anchor is not None else self.current
        self.go_to(position, _Select.NoUpdate)
        self._anchor = position if anchor is None else anchor
        first, last = sorted((self._anchor, position))
        self.select_positions(self._of_these([(first, last)]), command)

    def setSelection(self, rect: QRect, command: _Select) -> None:
        """Select what a rectangle of the viewport touches: one tile, or what the band covers."""
        area = rect.normalized().translated(0, self.verticalOffset())
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._band = area
            self.viewport().update()
        box = Box(area.x(), area.y(), area.width(), area.height())
        self.select_positions(self._of_these(self._grid.touching(box)), command)

    def _of_these(self, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return what of ranges is taken along; where nothing is, it was meant: all of them."""
        within = np.zeros(self._grid.count, bool)
        for first, last in ranges:
            within[first : last + 1] = True
        taken = within & self.taken_along()
        return runs(np.flatnonzero(taken)) if taken.any() else ranges

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Repaint, and tell how many are selected."""
        self._mask = None
        QAbstractItemView.selectionChanged(self, selected, deselected)
        tell_selection(self, selected, deselected)
        ranges = self.selectionModel().selection().toList()
        self.selectionCountChanged.emit(sum(part.height() for part in ranges))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell assistive tools which item has the focus (Qt's own looks for it in its layout)."""
        QAbstractItemView.currentChanged(self, current, previous)
        if current.isValid() and self.hasFocus():
            tell_item(self, QAccessible.Event.Focus, current.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With the keyboard, the focused item is told, not only the whole."""
        super().focusInEvent(event)
        if self.current is not None:
            tell_item(self, QAccessible.Event.Focus, self.current)

    def reset(self) -> None:
        """Start anew with other items."""
        self._mask = None
        self._anchor = None
        super().reset()
        self._grid = GridLayout(0, 0, self._side)
        self.updateGeometries()

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """With Shift, extend the selection in reading order; else as any list."""
        index = self.indexAt(event.position().toPoint())
        shift = event.modifiers() & _Modifier.ShiftModifier
        if shift and index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            keep = event.modifiers() & _Modifier.ControlModifier
            self.extend_to(index.row(), _Select.Select if keep else _Select.ClearAndSelect)
            return
        self._anchor = None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the rubber band."""
        super().mouseReleaseEvent(event)
        if self._band is not None:
            self._band = None
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and select; leave every other key to the window."""
        step = _STEPS.get(event.key())
        control = bool(event.modifiers() & _Modifier.ControlModifier)
        if step is not None and not event.modifiers() & _Modifier.AltModifier:
            self._move(step, bool(event.modifiers() & _Modifier.ShiftModifier), control)
        else:
            event.ignore()

    def _move(self, step: Step, extend: bool, alone: bool) -> None:
        if not self._grid.count:
            return
        target = self._after(step)
        if extend:
            self.extend_to(target, _Select.Select if alone else _Select.ClearAndSelect)
        else:
            self.go_to(target, _Select.NoUpdate if alone else _Select.ClearAndSelect)

    def _after(self, step: Step) -> int:
        if self._grid.mirrored:
            step = _MIRRORED.get(step, step)
        start = self.current
        if start is None:
            return self._grid.moved(0, step, 0) if step is Step.LAST else 0
        return self._grid.moved(start, step, self.viewport().height())

    def moveCursor(self, action: _Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Return where a move leads, for Qt's own needs and assistive tools."""
        if not self._grid.count:
            return QModelIndex()
        return self.model().index(self._after(_CURSORS[action]), 0)

    def keyboardSearch(self, search: str) -> None:
        """Typing is for grading: nothing is looked for."""
