"""Which photos stand in the Label page's grid, and in which order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from tinyclf.domain import Act, ActKind, Grade, PhotoId
from tinyclf_gui.browsing.chosen_order import ChosenOrder
from tinyclf_gui.jobs.newest import NewestJob
from tinyclf_gui.models import orders
from tinyclf_gui.models.arranging import IMPORTED, Wish
from tinyclf_gui.models.label_lists import (
    AGAIN,
    CELL,
    DUPLICATES,
    EXAM,
    OF_THEIR_OWN,
    PICKED,
    SUGGESTED,
    Cell,
    LabelLists,
)
from tinyclf_gui.models.list_keys import DISAGREE
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.orders import Order
from tinyclf_gui.models.photo_list import PhotoListModel
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.widgets.filter_bar import FilterBar
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.label_chips import label_chips, more_chips
from tinyclf_gui.widgets.list_note import note_on_list, suggested_since
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.widgets.photo_inspector import PhotoInspector


class ShownPhotos(QObject):
    """What chips, search and order let through to the grid; ``stop`` it at the end.

    Attributes:
        lists: What can be shown.
        order: The order chosen.
        cells: Looks for the photos of a cell of the table of confusion.
        counting: Counts what takes long while the menu of the chips is open.
        has_chosen: Whether a person chose what is shown, or its order.

    Signals:
        listChanged(): Another list may be shown, which has a use for other parts of the page.
    """

    listChanged = Signal()

    def __init__(
        self,
        collection: OpenCollection,
        workbench: Workbench,
        bar: FilterBar,
        model: PhotoListModel,
        browser: PhotoBrowser,
        inspector: PhotoInspector,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._collection, self._workbench = collection, workbench
        self._bar, self._model = bar, model
        self._browser, self._inspector = browser, inspector
        self.lists = LabelLists(collection)
        self.order = ChosenOrder(collection, workbench, bar.order, browser, self, usual=IMPORTED)
        self.cells = NewestJob(self)
        self.counting = NewestJob(self)
        self._disagreements: int | None = None
        self._lot: list[PhotoId] = []
        self.has_chosen = False
        self._listen()

    def stop(self) -> None:
        """End what runs; may be called twice."""
        self.order.stop()
        self.cells.stop()
        self.counting.stop()

    def show_rows(self) -> None:
        """Show what the chips say, anew: what is due now is taken."""
        self.lists.refresh()
        self._look_into_cell()
        self._show_photos()
        self.show_chips()

    def show_all(self) -> None:
        """Show all photos: no chip is down, and no words are searched for."""
        self._begin_anew(frozenset())

    @property
    def is_elsewhere(self) -> bool:
        """Whether chips leave out photos that are called as is searched for."""
        return bool(self._bar.checked and self.lists.named and self.lists.count_named())

    def search_everywhere(self) -> None:
        """Look among all photos for what is searched for: no chip is down then."""
        self._note_choice()
        self._bar.set_checked(frozenset())
        self.show_rows()
        self._browser.begin()
        self._browser.setFocus()

    def end_search(self) -> None:
        """Show what is called otherwise too; the photo in focus stays in it."""
        self._bar.search.empty()
        self._search("")
        if (photo_id := self._browser.current_photo) is not None:
            self._browser.reveal([photo_id])

    def show_mistakes(self, truth: Grade, proposed: Grade) -> None:
        """Show the photos that one cell of the table of confusion counts."""
        self.lists.cell = Cell(truth, proposed)
        self._begin_anew(frozenset({CELL}))

    def show_photos(self, photo_ids: list[PhotoId]) -> None:
        """Show just these photos, until another chip is pressed."""
        self.lists.picked = photo_ids
        self._begin_anew(frozenset({PICKED}))
        self._browser.begin()

    def has(self, key: str) -> bool:
        """Return whether a list of its own has photos now."""
        self.lists.refresh()
        return bool(self.lists.count(key))

    def show_list(self, key: str) -> bool:
        """Show a list of its own from its first photo; return whether it has any."""
        if not self.has(key):
            return False
        self._begin_anew(frozenset({key}))
        self._browser.begin()
        return True

    def show_chips(self) -> None:
        """Show which lists there are, and how many photos each has that is in view."""
        status, down = self._collection.status, self._bar.checked
        keep = self._browser.keys.words("accept")
        chips = label_chips(self.lists, status, down, keep)
        self._bar.set_chips(chips, more_chips(self._count_of_more))
        if self.has_next:
            self._bar.show_note(suggested_since(), self.lists.count(SUGGESTED))
        else:
            self._bar.show_note(note_on_list(self.lists, status.exam, down, keep))

    @property
    def has_next(self) -> bool:
        """Whether the list in view is one of photos suggested before, and others are by now."""
        others = self.lists.suggested != self._lot and bool(self.lists.suggested)
        return self._bar.checked == {SUGGESTED} and others

    def show_next(self) -> None:
        """Show the photos that are suggested by now, from the first of them."""
        self.show_list(SUGGESTED)
        self._browser.setFocus()

    def reveal(self, photo_ids: list[PhotoId], meant: ActKind | None = None) -> None:
        """Scroll to photos, showing all if need be.

        Args:
            photo_ids: The photos.
            meant: Which act on them was taken back or done again: what was looked at again blind
                is shown so.
        """
        if self._browser.reveal(photo_ids):
            return
        self.lists.refresh()
        again = meant is ActKind.LOOK_AGAIN and photo_ids[0] in self.lists.again
        self._begin_anew(frozenset({AGAIN}) if again else frozenset())
        self._browser.reveal(photo_ids)

    def show_empty(self) -> None:
        """Say anew why the grid is empty, if it is for want of photos."""
        if not len(self._collection.table):
            self._browser.grid.set_empty_words(self._empty_words(), self._way_out())

    def _listen(self) -> None:
        bar = self._bar
        for choice in (bar.changed, bar.searched, bar.order.chosen):
            choice.connect(self._note_choice)
        bar.changed.connect(self._choose)
        bar.searched.connect(self._search)
        bar.cleared.connect(self.show_all)
        bar.everywhereWanted.connect(self.search_everywhere)
        bar.nextWanted.connect(self.show_next)
        bar.menuOpened.connect(self._count_more)
        self.order.changed.connect(self._show_photos)
        self.cells.done.connect(self._take_cell)
        self.cells.failed.connect(self._collection.failed)
        self.counting.done.connect(self._take_disagreements)
        self.counting.failed.connect(self._collection.failed)
        self._browser.keys.changed.connect(self.show_chips)
        self._collection.grown.connect(self._show_grown)
        self._collection.acted.connect(self._recall)

    def _begin_anew(self, checked: frozenset[str]) -> None:
        """Show what these chips say, and nothing else."""
        self._note_choice()
        self.lists.search("")
        self._bar.search.empty()
        self._bar.set_checked(checked)
        self.show_rows()

    def _note_choice(self) -> None:
        self.has_chosen = True

    def _choose(self) -> None:
        """Show what the chips say; a list of its own is begun with its first photo."""
        if CELL not in self._bar.checked:
            self.lists.cell = None
        if EXAM in self._bar.checked:
            self.lists.take_exam()
        self._show_photos()
        self.show_chips()
        if self._bar.checked & OF_THEIR_OWN:
            self._browser.begin()

    def _search(self, words: str) -> None:
        self.lists.search(words)
        self._show_photos()

    def _show_photos(self) -> None:
        """Show what the chips and the search say: photos that no longer match leave."""
        table, checked = self._collection.table, self._bar.checked
        if SUGGESTED in checked:
            self._lot = self.lists.suggested
        self.listChanged.emit()
        self._collection.show_blind(self.lists.again if AGAIN in checked else ())
        matches = self.lists.matches(checked)
        rows = self._chosen_order()(table, np.flatnonzero(matches(table)))
        self._browser.show_rows(
            rows,
            matches,
            self._empty_words(),
            self.lists.telling(checked),
            self._way_out(),
        )
        self._inspector.refresh()
        self._show_count()

    def _empty_words(self) -> str:
        if CELL in self._bar.checked and self.lists.cell and self.lists.cell.photo_ids is None:
            return self.tr("Looking for these photos…")
        if self._bar.checked == {CELL} and not self.lists.named:
            return self.tr("The photos counted there have other grades by now.")
        if self.is_elsewhere:
            words = self.tr("“{name}” is not in this list, but {n} of all photos are called so.")
            if (named := self.lists.count_named()) == 1:
                words = self.tr("“{name}” is not in this list, but one of all photos is called so.")
            return words.format(name=self.lists.named, n=number(named))
        if len(self._collection.table):
            return self.tr("No photo matches what is chosen above.")
        if self._workbench.busy or self._workbench.reading:
            return self.tr("Photos appear here as they are read.")
        return self.tr("This collection has no photos yet. They stay where they are on your disk.")

    def _way_out(self) -> str:
        if len(self._collection.table):
            return self.tr("Show them") if self.is_elsewhere else self.tr("Show all")
        at_work = self._workbench.busy or self._workbench.reading
        return "" if at_work else self.tr("Add photos…")

    def _look_into_cell(self) -> None:
        """Find the photos of the cell that is chosen, if any still is."""
        if CELL not in self._bar.checked:
            self.lists.cell = None
        elif (cell := self.lists.cell) is not None:
            self.cells.want(lambda: self.lists.look_into(cell))

    def _take_cell(self, found: Cell) -> None:
        """Show the photos of a cell, unless it is another by now, or they are shown."""
        cell = self.lists.cell
        if cell is not None and replace(cell, photo_ids=found.photo_ids) == found != cell:
            self.lists.cell = found
            self._show_photos()
            self.show_chips()

    def _chosen_order(self) -> Order:
        """Return the order of a list that is looked at for a reason, else the one chosen.

        While that is worked out, and as imported, other lists stand in their own.
        """
        checked, wish = self._bar.checked, self._bar.order.order
        of_list = self.lists.order(checked)
        if of_list is not None and (checked & OF_THEIR_OWN or wish == Wish(IMPORTED)):
            return of_list
        order = self.order.now or of_list or orders.as_imported
        return orders.with_duplicates(order) if DUPLICATES in checked else order

    def _show_grown(self) -> None:
        """Photos that have just joined are shown last: nothing else moves under the hands."""
        checked = self._bar.checked
        matches = self.lists.matches(checked)
        wanted = matches(self._collection.table)
        wanted[self._model.rows] = False
        rows = np.concatenate([self._model.rows, np.flatnonzero(wanted)])
        self._model.set_rows(rows, matches, self.lists.telling(checked))
        self.listChanged.emit()
        self._inspector.refresh()

    def _recall(self, act: Act) -> None:
        """Let photos wait again whose second look was taken back."""
        if act.kind in (ActKind.UNDO, ActKind.REDO):
            self.lists.recall()
            self._model.rows_changed(self._collection.table.rows(act.photo_ids))
            self._inspector.refresh()

    def _count_of_more(self, key: str) -> int | None:
        """Return how many photos a chip of the menu lets through; ``None`` while nobody sees it."""
        down = key in self._bar.checked
        if key == DISAGREE and not down:
            return self._disagreements
        return self.lists.count(key) if down or self._bar.is_menu_open else None

    def _count_more(self) -> None:
        """Count what the menu offers, now that it opens; what takes long in the background."""
        self._disagreements = None
        self.counting.want(self._collection.session.counting_disagreements)
        self.show_chips()

    def _take_disagreements(self, count: int) -> None:
        self._disagreements = count
        self.show_chips()

    def _show_count(self) -> None:
        narrowed = bool(self._bar.checked or self.lists.named)
        shown, photos = self._model.rowCount(), len(self._collection.table)
        named = self.lists.count_named() if self.is_elsewhere else None
        self._bar.show_count(shown, photos, narrowed=narrowed, named=named)
