"""Grid, loupe and comparison of one list of photos: what Label and Review have in common."""

from __future__ import annotations

from collections.abc import Container, Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from tinyclf.domain import PhotoId, Verdict, verdict_code
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models.columns import NumberedRows
from tinyclf_gui.models.filters import Filter
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.photo_list import PhotoListModel
from tinyclf_gui.models.tile import ALL_TOLD, Telling, Tile
from tinyclf_gui.widgets.compare_view import LEAST, MOST, CompareView
from tinyclf_gui.widgets.end_of_run import EndOfRun
from tinyclf_gui.widgets.keys_to_photos import is_plain_escape
from tinyclf_gui.widgets.loupe import Loupe
from tinyclf_gui.widgets.photo_grid import PhotoGrid

SMALL, LARGE, COMPARE = 0, 1, 2


class PhotoBrowser(QStackedWidget):
    """The grid, one photo of it large, or a few side by side; it asks for deeds.

    Once a deed is done, call ``go_on``: the focus then goes on from what is on disk.

    Signals:
        verdictGiven(object, object, bool): Give these photos (a list of ids) this verdict; go on?
        proposalsAccepted(object): Sign the proposals of these photos, and go on.
        currentPhotoChanged(object): The photo in focus, or ``None``.
        enlarged(bool): Loupe or comparison are in view, or the grid again.
        gradesStepped(object, int): Move these photos' grades up (or down) by so many.
        wanted(str): A key asked for this action, which is not about these photos alone.
        wayOutWanted(): The button of the empty grid was pressed.
        pinWanted(object): These photos are examples of their grades, or no longer.
        endReached(): To go on was asked for, but no photo of this list comes after the one here.
        told(str): Why what was asked for is not done, or what became of a selection, in a sentence.

    Attributes:
        keys: What grid, loupe and comparison listen to.
    """

    verdictGiven = Signal(object, object, bool)
    proposalsAccepted = Signal(object)
    currentPhotoChanged = Signal(object)
    enlarged = Signal(bool)
    gradesStepped = Signal(object, int)
    wanted = Signal(str)
    wayOutWanted = Signal()
    pinWanted = Signal(object)
    endReached = Signal()
    told = Signal(str)

    def __init__(
        self,
        model: PhotoListModel,
        pool: ThumbnailPool,
        loader: PhotoLoader,
        side: int,
        parent: QWidget | None = None,
        *,
        keys: KeyBindings | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._end = EndOfRun()
        self.keys = keys or KeyBindings()
        self.grid = PhotoGrid(model, pool, side=side, keys=self.keys)
        self.loupe = Loupe(model, loader, pool=pool, keys=self.keys)
        self.addWidget(self.grid)
        self.compare = CompareView(model, loader, pool=pool, keys=self.keys)
        self.addWidget(self.loupe)
        self.addWidget(self.compare)
        self.setFocusProxy(self.grid)
        for view in (self.grid, self.loupe, self.compare):
            view.gradeRequested.connect(self.give)
            view.acceptRequested.connect(self.accept)
            view.stepRequested.connect(self.step)
            view.pinRequested.connect(self.pin)
            view.wanted.connect(self.wanted)
        self.grid.wayOutWanted.connect(self.wayOutWanted)
        self.grid.loupeRequested.connect(self.open_loupe)
        self.grid.peekRequested.connect(self._peek)
        self.grid.compareRequested.connect(self.open_compare)
        self.grid.currentPhotoChanged.connect(self.currentPhotoChanged)
        self.grid.told.connect(self.told)
        self.grid.currentPhotoChanged.connect(self._end.leave)
        self.loupe.currentPhotoChanged.connect(self._follow_loupe)
        self.loupe.compareRequested.connect(self.open_compare)
        self.loupe.beside.refused.connect(self.told)
        self.loupe.closed.connect(self.close_loupe)
        self.compare.currentPhotoChanged.connect(self._follow_compare)
        self.compare.loupeRequested.connect(self.open_loupe)
        self.compare.closed.connect(self.close_loupe)
        self.currentChanged.connect(lambda page: self.enlarged.emit(page != SMALL))

    @property
    def is_enlarged(self) -> bool:
        """Whether loupe or comparison are in view."""
        return self.currentIndex() != SMALL

    @property
    def current_photo(self) -> PhotoId | None:
        """The photo in focus."""
        return self.grid.current_photo

    @property
    def current_tile(self) -> Tile | None:
        """What is told of the photo in focus."""
        photo_id = self.grid.current_photo
        position = None if photo_id is None else self._model.position_of(photo_id)
        return None if position is None else self._model.tile(position)

    def show_rows(
        self,
        rows: NumberedRows,
        matches: Filter,
        empty_words: str,
        telling: Telling = ALL_TOLD,
        way_out: str = "",
    ) -> None:
        """Show rows of the table; the first comes into focus unless one of them is.

        Args:
            rows: Row numbers in order.
            matches: What dims a photo as soon as it says no.
            empty_words: What to say where there is none.
            telling: What is told of them.
            way_out: What the button of an empty grid says; empty: there is none.
        """
        self.grid.set_empty_words(empty_words, way_out)
        self._model.set_rows(rows, matches, telling)
        if self.grid.current_photo is None:
            self.begin()

    def sort_out_of_sight(
        self, rows: NumberedRows, matches: Filter, telling: Telling = ALL_TOLD
    ) -> None:
        """Show these rows behind all that stands up to the last photo in sight; that stays.

        Args:
            rows: Row numbers in order; those that stay where they are may be among them.
            matches: What dims a photo as soon as it says no.
            telling: What is told of them.
        """
        kept = self._model.rows[: self.grid.end_of_sight]
        rest = np.asarray(rows)[~np.isin(rows, kept)]
        bar = self.grid.verticalScrollBar()
        scrolled = bar.value()
        self._model.set_rows(np.concatenate([kept, rest]), matches, telling)
        bar.setValue(scrolled)

    def set_missing(self, photo_ids: Container[PhotoId]) -> None:
        """Tell which photos are not where they were."""
        self._model.set_missing(photo_ids)

    def set_pinned(self, photo_ids: Container[PhotoId]) -> None:
        """Tell which photos are examples of their grades."""
        self._model.set_pinned(photo_ids)

    def begin(self) -> None:
        """Focus the first photo; what is compared stays in view."""
        if len(self._model.rows) and not self._is_comparing:
            self.grid.scrollToTop()
            self.grid.show_photo(self._model.photo_id(0))
            self._follow_grid()

    def targets(self) -> list[PhotoId]:
        """Return the photos a deed is for."""
        return self._shown.targets()

    def count_targets(self) -> int:
        """Return how many photos a deed is for."""
        shown = self._shown
        return shown.count_targets() if isinstance(shown, PhotoGrid) else len(shown.targets())

    def in_sight(self) -> frozenset[PhotoId]:
        """Return the photos that a person sees, focused or selected."""
        here = frozenset(self.grid.in_sight())
        return here.union(self.compare.photos) if self._is_comparing else here

    def give(self, verdict: Verdict, advance: bool | None = None) -> None:
        """Ask for a verdict on the targets, going on if wished or as the toggle says."""
        wished = self.grid.auto_advance if advance is None else advance
        if self.count_targets() and not (wished and self._holds(verdict_code(verdict))):
            self.verdictGiven.emit(self.targets(), verdict, wished)

    def accept(self) -> None:
        """Ask to sign the targets' proposals."""
        photo_ids = self.targets()
        if photo_ids:
            self.proposalsAccepted.emit(photo_ids)

    def pin(self) -> None:
        """Ask to hold the targets up as examples of their grades, or no longer."""
        photo_ids = self.targets()
        if photo_ids:
            self.pinWanted.emit(photo_ids)

    def step(self, by: int) -> None:
        """Ask for grades so many higher (or lower) than the targets have now."""
        if self.count_targets() and not self._holds():
            self.gradesStepped.emit(self.targets(), by)

    def go_on(self) -> None:
        """Focus the next photo of this order that matches; where there is none, tell."""
        there = self._shown.advance()
        if not there and not self._is_comparing and self.count_targets() == 1:
            self._end.reach(self.current_photo)
            self.endReached.emit()

    @property
    def has_keyboard(self) -> bool:
        """Whether keys go to the photos."""
        return self._shown.hasFocus()

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key asks of the photos that nothing else on the page has a use for.

        The keyboard is with the photos then; Esc does no more than bring it there.

        Args:
            event: A key pressed while something else had the keyboard.

        Returns:
            Whether it was a key of the photos.
        """
        if self.has_keyboard or not self.isVisible():
            return False
        taken = is_plain_escape(event) or self._shown.take_key(event)
        if taken:
            self.setFocus()
        return taken

    def open_loupe(self, photo_id: PhotoId | None = None) -> None:
        """Show a photo large, else the one in focus."""
        self._enlarge(photo_id or self.grid.current_photo)

    def open_compare(self) -> None:
        """Show the selected photos side by side, else the one in focus and what comes next.

        Of more than fit, as many as fit from the one in focus on. It needs two photos. Of selected
        ones the first comes into focus.
        """
        positions = self.grid.selected_positions()
        current, focused = self.grid.current, None
        if current is None or self._is_comparing:
            return
        if len(positions) < LEAST or self._is_large:
            positions, most = np.arange(len(self._model.rows)), LEAST
            focused = self.grid.current_photo
        else:
            most = MOST
        first = int(np.searchsorted(positions, current))
        first = max(0, min(first, len(positions) - most))
        photo_ids = self._model.photo_ids(positions[first : first + most])
        if len(photo_ids) >= LEAST:
            self.compare.show_photos(photo_ids, focused)
            self._open(COMPARE, self.compare)

    def close_loupe(self) -> None:
        """Go back to the grid, at the photo just seen; what is selected stays so."""
        self._open(SMALL, self.grid)

    def reveal(self, photo_ids: Sequence[PhotoId]) -> bool:
        """Scroll to photos and select them; return whether the list shows any.

        While photos are compared these stay in view, and the selection as it was: one of them comes
        into focus if it is among those wanted.
        """
        if self._is_comparing:
            self.compare.reveal(photo_ids)
            return True
        found = self.grid.reveal(photo_ids)
        self._follow_grid()
        return found

    def select_focus_alone(self) -> None:
        """Let the next digit be for the photo in focus alone; what is compared stays selected."""
        if self.grid.current is not None and not self._is_comparing:
            self.grid.go_to(self.grid.current)

    def _holds(self, code: int | None = None) -> bool:
        """Tell whether a verdict is held back, as it was hardly meant for the last photo; say so.

        Args:
            code: The verdict; ``None``: a step.
        """
        alone = not self._is_comparing and self.count_targets() == 1
        holds = alone and self._end.holds(self.current_tile, code)
        if holds:
            self.told.emit(self.tr("Last photo of this list: press again to change its grade."))
        return holds

    @property
    def _is_large(self) -> bool:
        return self.currentIndex() == LARGE

    @property
    def _is_comparing(self) -> bool:
        return self.currentIndex() == COMPARE

    @property
    def _shown(self) -> PhotoGrid | Loupe | CompareView:
        return (self.grid, self.loupe, self.compare)[self.currentIndex()]

    def _open(self, page: int, view: QWidget) -> None:
        self._shown.clearFocus()  # else the first child of the next page gets the keyboard
        self.setCurrentIndex(page)
        self.setFocusProxy(view)
        view.setFocus()

    def _peek(self, photo_id: PhotoId) -> None:
        self._enlarge(photo_id, peek=True)

    def _enlarge(self, photo_id: PhotoId | None, *, peek: bool = False) -> None:
        if photo_id is not None and self.loupe.show_photo(photo_id, peek=peek):
            self._open(LARGE, self.loupe)

    def _follow_grid(self) -> None:
        if self._is_large and self.grid.current_photo is not None:
            self.loupe.show_photo(self.grid.current_photo)

    def _follow_loupe(self, photo_id: PhotoId | None) -> None:
        if self._is_large and photo_id is not None and photo_id != self.grid.current_photo:
            self.grid.show_photo(photo_id)

    def _follow_compare(self, photo_id: PhotoId | None) -> None:
        if photo_id is not None:
            self.grid.focus_photo(photo_id)
