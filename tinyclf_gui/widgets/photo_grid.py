"""The grid of photos, where the evening is spent: see, grade, go on."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDrag,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tinyclf.domain import PhotoId
from tinyclf_gui import theme as themes
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models import photo_mime
from tinyclf_gui.models.actions import Scope
from tinyclf_gui.models.columns import Mask
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.photo_list import NOWHERE, Index, PhotoListModel
from tinyclf_gui.models.runs import runs
from tinyclf_gui.widgets.drag_picture import SHOWN, drag_picture
from tinyclf_gui.widgets.duplicates_words import Duplicates
from tinyclf_gui.widgets.empty_grid import EmptyGrid
from tinyclf_gui.widgets.grade_keys import Stroke
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.grid_layout import Box
from tinyclf_gui.widgets.grid_spot import Spot
from tinyclf_gui.widgets.photo_keys import Deed, PhotoKeys
from tinyclf_gui.widgets.tile_painter import TilePainter, TileState
from tinyclf_gui.widgets.tile_view import TileView

SIDES = (96, 112, 128, 144, 160, 184, 208, 240, 280, 320)
"""Widths of a tile that Ctrl+wheel steps through."""
USUAL_SIDE = 160
_PAGES_AHEAD = 2
_PAGES_BEHIND = 1
_Select = QItemSelectionModel.SelectionFlag


class PhotoGrid(TileView):
    """Photos as tiles, graded by keys; it asks for deeds and does none itself.

    ``targets()`` are the photos a deed is for: the selection, else the focused photo. When the deed
    is done, call ``advance()`` if the signal said so.

    Signals:
        gradeRequested(object, bool): A verdict for the targets (``None`` clears); whether to go on.
        acceptRequested(): The targets' proposals are right; go on.
        loupeRequested(str): Show the photo with this id large.
        peekRequested(str): Show it large for a moment.
        compareRequested(): Show the targets side by side.
        currentPhotoChanged(object): The focus is on the photo with this id, or on none (``None``).
        sideChanged(int): Tiles have another wished width.
        stepRequested(int): So many grades higher (or lower) than the targets have now.
        wanted(str): A key asked for this action, which is not the grid's own.
        wayOutWanted(): The button of the empty grid was pressed.
        told(str): What became of what was selected, in a sentence.
        pinRequested(): The targets are examples of their grades, or no longer.
    """

    gradeRequested = Signal(object, bool)
    acceptRequested = Signal()
    loupeRequested = Signal(str)
    peekRequested = Signal(str)
    compareRequested = Signal()
    currentPhotoChanged = Signal(object)
    sideChanged = Signal(int)
    stepRequested = Signal(int)
    wanted = Signal(str)
    wayOutWanted = Signal()
    told = Signal(str)
    pinRequested = Signal()

    def __init__(
        self,
        model: PhotoListModel,
        pool: ThumbnailPool,
        parent: QWidget | None = None,
        *,
        side: int = USUAL_SIDE,
        keys: KeyBindings | None = None,
    ) -> None:
        super().__init__(side, parent)
        self.setObjectName("photoGrid")
        self.setAccessibleName(self.tr("Photos"))
        self.setDragEnabled(True)
        self.setDragDropMode(self.DragDropMode.DragOnly)
        self.auto_advance = False
        self._photos = model
        self._pool = pool
        self._keys = PhotoKeys(
            keys or KeyBindings(),
            Scope.GRID,
            self._make_deeds(),
            give=self._ask_for_grade,
            pass_on=self.wanted.emit,
            has_photo=self._has_target,
        )
        self._painter: TilePainter | None = None
        self._empty = EmptyGrid()
        self._empty.wayOutWanted.connect(self.wayOutWanted)
        over_all = QVBoxLayout(self.viewport())
        over_all.addWidget(self._empty)
        self._before = Spot(None, np.empty(0, np.intp))
        self._selected: frozenset[PhotoId] | None = None  # until another selection
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._want_thumbnails)
        self.scrolled.connect(self._later.start)
        pool.ready.connect(self._update_photo)
        pool.forgotten.connect(self._later.start)
        model.modelAboutToBeReset.connect(self._remember)
        self.setModel(model)
        model.modelReset.connect(self._find_again)  # after the selection model has forgotten all
        model.modelReset.connect(self._show_whether_empty)
        self._find_again()
        self._show_whether_empty()

    # What pages ask of it

    def targets(self) -> list[PhotoId]:
        """Return the photos a deed is for: the selection in order, else the focused one."""
        selected = self.selected_positions()
        if not len(selected) and self.current is not None:
            selected = np.array([self.current], np.intp)
        return self._photos.photo_ids(selected)

    def count_targets(self) -> int:
        """Return how many photos a deed is for."""
        selected = int(np.count_nonzero(self.selection_mask()))
        return selected or int(self.current is not None)

    @property
    def current_photo(self) -> PhotoId | None:
        """The focused photo."""
        return None if self.current is None else self._photos.photo_id(self.current)

    def advance(self) -> bool:
        """Focus the next photo of this order that matches and is no target.

        It goes on from the photo in focus: near-duplicates may be far away, and do not lead there.

        Returns:
            Whether there was one; else everything stays.
        """
        if self.current is None:
            return False
        wanted = self._photos.matching & ~self.selection_mask()
        ahead = np.flatnonzero(wanted[self.current + 1 :])
        if not len(ahead):
            return False
        self.go_to(self.current + 1 + int(ahead[0]))
        return True

    def show_photo(self, photo_id: PhotoId) -> bool:
        """Focus and select one photo; return whether the grid shows it at all."""
        return self.reveal([photo_id])

    def reveal(self, photo_ids: Iterable[PhotoId]) -> bool:
        """Select those of these photos that the grid shows, and scroll to the first.

        Returns:
            Whether it shows any.
        """
        positions = self._photos.positions_of_photos(photo_ids)
        if not len(positions):
            return False
        first = int(positions[0])
        if first not in self.visible_positions():
            self.scrollTo(self._photos.index(first), self.ScrollHint.PositionAtCenter)
        self.go_to(first)
        self.select_positions(runs(positions), _Select.ClearAndSelect)
        return True

    def taken_along(self) -> NDArray[np.bool_]:
        """A photo that no longer matches is selected by itself only: it has its verdict."""
        return self._photos.matching

    def focus_photo(self, photo_id: PhotoId) -> bool:
        """Put the focus on a photo, keeping the selection; return whether the grid shows it."""
        position = self._photos.position_of(photo_id)
        if position is not None:
            self.go_to(position, _Select.NoUpdate)
        return position is not None

    def select_duplicates(self, apart: Mask | None = None) -> Duplicates:
        """Select also what belongs together with the targets; what is done is left alone.

        Args:
            apart: Rows of the table that are each graded on their own.

        Returns:
            How many there are besides the targets.
        """
        targets = self._photos.rows[self.selected_positions()]
        if not len(targets) and self.current is not None:
            targets = self._photos.rows[[self.current]]
        rows = self._photos.rows_together(targets)
        if apart is not None:
            rows = rows[~apart[rows]]
        positions = self._photos.positions_of(np.setdiff1d(rows, targets))
        there = positions[positions != NOWHERE]
        taken = there[self.taken_along()[there]]
        own = self._photos.positions_of(targets)
        self.select_positions(runs(np.concatenate([own, taken])), _Select.ClearAndSelect)
        return Duplicates(len(taken), len(there) - len(taken), len(positions) - len(there))

    def in_sight(self) -> frozenset[PhotoId]:
        """Return the photos in view, focused or selected: Enter may sign any of them.

        It is asked at every step of scrolling: of all that are selected a set is made only once.
        """
        if self._selected is None:
            self._selected = frozenset(self._photos.photo_ids(self.selected_positions()))
        focused = [] if self.current is None else [self.current]
        near = self._photos.photo_ids(np.array([*self.visible_positions(), *focused], np.intp))
        return self._selected.union(near)

    @property
    def end_of_sight(self) -> int:
        """How many positions there are up to the last photo in view, focused or selected."""
        last = [self.visible_positions().stop - 1, -1 if self.current is None else self.current]
        last += self.selected_positions()[-1:].tolist()
        return max(last) + 1

    def set_empty_words(self, words: str, way_out: str = "") -> None:
        """Say this where there is no photo to show, with a button for the way out, if any."""
        self._empty.say(words, way_out)

    def _show_whether_empty(self) -> None:
        empty = not self._photos.rowCount()
        self._empty.setVisible(empty)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if empty else policy.ScrollBarAlwaysOn
        )

    def set_side(self, side: int) -> None:
        """Make tiles about so wide, in logical pixels."""
        if side == self.side:
            return
        super().set_side(side)
        self.sideChanged.emit(side)

    def step_side(self, steps: int) -> None:
        """Make tiles larger (or smaller) by so many of the usual ``SIDES``."""
        nearest = min(range(len(SIDES)), key=lambda number: abs(SIDES[number] - self.side))
        self.set_side(SIDES[max(0, min(nearest + steps, len(SIDES) - 1))])

    # Thumbnails and painting

    def paint_tile(self, painter: QPainter, position: int, box: Box, state: TileState) -> None:
        """Paint a photo, or what stands for it while it is decoded or if it is gone."""
        tile = self._photos.tile(position)
        pixmap, problem = self._pool.pixmap(tile.photo_id), self._pool.problem(tile.photo_id)
        self._tile_painter().paint(painter, box, tile, state, pixmap, problem)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for thumbnails: another grid may have asked the pool meanwhile."""
        super().showEvent(event)
        self._later.start()

    def _tile_painter(self) -> TilePainter:
        theme, scale = themes.current(), self.devicePixelRatioF()
        if self._painter is None or not self._painter.fits(theme, scale):
            self._painter = TilePainter(theme, self.font(), scale)
            self._later.start()
        return self._painter

    def _want_thumbnails(self) -> None:
        """Ask for what is in view, then for what scrolling on will show, then what is behind."""
        if not self.isVisible():
            return  # the pool serves the grid that is seen
        visible = self.visible_positions()
        page, count = len(visible), self._photos.rowCount()
        ahead = range(visible.stop, min(count, visible.stop + _PAGES_AHEAD * page))
        behind = range(max(0, visible.start - _PAGES_BEHIND * page), visible.start)
        positions = np.array([*visible, *ahead, *reversed(behind)], np.intp)
        photo_ids, scale = self._photos.photo_ids(positions), self.devicePixelRatioF()
        self._pool.want(photo_ids, round(self.grid.photo_side * scale), scale, in_view=page)

    def _update_photo(self, photo_id: PhotoId) -> None:
        position = self._photos.position_of(photo_id)
        if position is not None and position in self.visible_positions():
            self.viewport().update(self.visualRect(self._photos.index(position)))

    # Keys, wheel, mouse

    def event(self, event: QEvent) -> bool:
        """Claim the grid's own keys before a shortcut of the window takes them."""
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._keys.claims(event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Grade, accept, look closer; else move and select."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key asks for that was pressed elsewhere; return whether it is the grid's."""
        return self._keys.press(event)

    def _ask_for_grade(self, stroke: Stroke) -> None:
        self.gradeRequested.emit(stroke.verdict, stroke.advance or self.auto_advance)

    def _has_target(self) -> bool:
        return bool(self.count_targets())

    def _make_deeds(self) -> dict[str, Deed]:
        """Return what the grid does itself or asks for, besides verdicts and moves."""
        return {
            "accept": self.acceptRequested.emit,
            "step-down": lambda: self.stepRequested.emit(-1),
            "step-up": lambda: self.stepRequested.emit(1),
            "loupe": self._open_loupe,
            "peek": self._peek,
            "compare-photos": self.compareRequested.emit,
            "pin": self.pinRequested.emit,
            "select-all": self.selectAll,
            "invert": self.invert_selection,
            "toggle": self.toggle_current,
        }

    def _open_loupe(self) -> None:
        if (photo_id := self.current_photo) is not None:
            self.loupeRequested.emit(photo_id)

    def _peek(self) -> None:
        if (photo_id := self.current_photo) is not None:
            self.peekRequested.emit(photo_id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the photo large."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.loupeRequested.emit(self._photos.photo_id(index.row()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, size the tiles."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_side(int(np.sign(event.angleDelta().y())))
            event.accept()
            return
        super().wheelEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Let the targets be dropped on a grade or a wall."""
        targets = self.targets()
        if not targets:
            return
        drag = QDrag(self)
        drag.setMimeData(photo_mime.mime_of(targets))
        pixmaps = [self._pool.pixmap(photo_id) for photo_id in targets[:SHOWN]]
        drag.setPixmap(drag_picture(pixmaps, len(targets), self.font(), self.devicePixelRatioF()))
        drag.exec(actions)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Forget which photos were selected."""
        self._selected = None
        super().selectionChanged(selected, deselected)

    def reset(self) -> None:
        """Start anew with other photos; nothing is selected, which no signal tells."""
        self._selected = None
        super().reset()

    # The same photos among other rows

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which photo the focus is on."""
        super().currentChanged(current, previous)
        self.currentPhotoChanged.emit(self.current_photo)

    def _find_again(self) -> None:
        """Among other rows, keep focus and selection on their photos where these are shown."""
        if self._photos.rowCount():
            position, ranges, given_up = self._before.among(self._photos)
            self.go_to(position)
            if ranges:
                self.select_positions(ranges, _Select.ClearAndSelect)
            if given_up:
                words = self.tr("{n} photos are no longer selected: here they lie too scattered.")
                self.told.emit(words.format(n=number(given_up)))
        elif self._before.current is not None:
            self.currentPhotoChanged.emit(None)

    def _remember(self) -> None:
        rows = self._photos.rows[self.selected_positions()]
        self._before = Spot(self.current_photo, rows)
