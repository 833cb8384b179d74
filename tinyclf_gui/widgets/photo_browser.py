"""Grid and loupe of one list of photos: what the Label and Review pages have in common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from tinyclf.domain import PhotoId, Verdict
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models.columns import NumberedRows
from tinyclf_gui.models.filters import Filter
from tinyclf_gui.models.photo_list import ALL_TOLD, PhotoListModel, Telling, Tile
from tinyclf_gui.widgets.loupe import Loupe
from tinyclf_gui.widgets.photo_grid import PhotoGrid

SMALL, LARGE = 0, 1


class PhotoBrowser(QStackedWidget):
    """The grid, or one photo of it large; it asks for deeds.

    Once a deed is done, call ``go_on``: the focus then goes on from what is on disk.

    Signals:
        verdictGiven(object, object, bool): Give these photos (a list of ids) this verdict; go on?
        proposalsAccepted(object): Sign the proposals of these photos, and go on.
        currentPhotoChanged(object): The photo in focus, or ``None``.
        enlarged(bool): The loupe is in view, or the grid again.
    """

    verdictGiven = Signal(object, object, bool)
    proposalsAccepted = Signal(object)
    currentPhotoChanged = Signal(object)
    enlarged = Signal(bool)

    def __init__(
        self,
        model: PhotoListModel,
        pool: ThumbnailPool,
        loader: PhotoLoader,
        side: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.grid = PhotoGrid(model, pool, side=side)
        self.loupe = Loupe(model, loader, pool=pool)
        self.addWidget(self.grid)
        self.addWidget(self.loupe)
        self.setFocusProxy(self.grid)
        self.grid.gradeRequested.connect(self.give)
        self.grid.acceptRequested.connect(self.accept)
        self.grid.loupeRequested.connect(self.open_loupe)
        self.grid.peekRequested.connect(self._peek)
        self.grid.currentPhotoChanged.connect(self.currentPhotoChanged)
        self.loupe.gradeRequested.connect(self.give)
        self.loupe.acceptRequested.connect(self.accept)
        self.loupe.currentPhotoChanged.connect(self._follow_loupe)
        self.loupe.closed.connect(self.close_loupe)
        self.currentChanged.connect(lambda: self.enlarged.emit(self._is_large))

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
    ) -> None:
        """Show rows of the table; the first comes into focus unless one of them is.

        Args:
            rows: Row numbers in order.
            matches: What dims a photo as soon as it says no.
            empty_words: What to say where there is none.
            telling: What is told of them.
        """
        self._model.set_rows(rows, matches, telling)
        self.grid.set_empty_words(empty_words)
        if self.grid.current_photo is None:
            self.begin()

    def sort_out_of_sight(self, rows: NumberedRows, matches: Filter) -> None:
        """Show these rows behind all that stands up to the last photo in sight; that stays.

        Args:
            rows: Row numbers in order; those that stay where they are may be among them.
            matches: What dims a photo as soon as it says no.
        """
        kept = self._model.rows[: self.grid.end_of_sight]
        rest = np.asarray(rows)[~np.isin(rows, kept)]
        bar = self.grid.verticalScrollBar()
        scrolled = bar.value()
        self._model.set_rows(np.concatenate([kept, rest]), matches)
        bar.setValue(scrolled)

    def begin(self) -> None:
        """Focus the first photo."""
        if len(self._model.rows):
            self.grid.scrollToTop()
            self.grid.show_photo(self._model.photo_id(0))

    def targets(self) -> list[PhotoId]:
        """Return the photos a deed is for."""
        if self._is_large:
            return self.loupe.targets()
        return self.grid.targets()

    def give(self, verdict: Verdict, advance: bool | None = None) -> None:
        """Ask for a verdict on the targets, going on if wished or as the toggle says."""
        photo_ids = self.targets()
        if photo_ids:
            wished = self.grid.auto_advance if advance is None else advance
            self.verdictGiven.emit(photo_ids, verdict, wished)

    def accept(self) -> None:
        """Ask to sign the targets' proposals."""
        photo_ids = self.targets()
        if photo_ids:
            self.proposalsAccepted.emit(photo_ids)

    def go_on(self) -> None:
        """Focus the next photo of this order that matches."""
        (self.loupe if self._is_large else self.grid).advance()

    def open_loupe(self, photo_id: PhotoId | None = None) -> None:
        """Show a photo large, else the one in focus."""
        self._enlarge(photo_id or self.grid.current_photo)

    def close_loupe(self) -> None:
        """Go back to the grid, at the photo just seen."""
        self.setCurrentIndex(SMALL)
        self.setFocusProxy(self.grid)
        self.grid.setFocus()

    def reveal(self, photo_ids: Sequence[PhotoId]) -> bool:
        """Scroll to photos and select them; return whether the list shows any."""
        found = self.grid.reveal(photo_ids)
        self._follow_grid()
        return found

    @property
    def _is_large(self) -> bool:
        return self.currentIndex() == LARGE

    def _peek(self, photo_id: PhotoId) -> None:
        self._enlarge(photo_id, peek=True)

    def _enlarge(self, photo_id: PhotoId | None, *, peek: bool = False) -> None:
        if photo_id is not None and self.loupe.show_photo(photo_id, peek=peek):
            self.setCurrentIndex(LARGE)
            self.setFocusProxy(self.loupe)
            self.loupe.setFocus()

    def _follow_grid(self) -> None:
        if self._is_large and self.grid.current_photo is not None:
            self.loupe.show_photo(self.grid.current_photo)

    def _follow_loupe(self, photo_id: PhotoId | None) -> None:
        if self._is_large and photo_id is not None and photo_id != self.grid.current_photo:
            self.grid.show_photo(photo_id)
