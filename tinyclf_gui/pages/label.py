"""The Label page: grade a starter set on the photo grid."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tinyclf.domain import GRADES, Act, ActKind, Grade, PhotoId, Verdict
from tinyclf.session import Status
from tinyclf_gui.commands import (
    AcceptProposals,
    GradePhotos,
    KeepGrades,
    LookAgain,
    SetAsideForExam,
    StepGrades,
)
from tinyclf_gui.jobs.newest import NewestJob
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models import orders
from tinyclf_gui.models.arranging import ALIKE, IMPORTED, WORN, Arranging, Wish
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.label_lists import (
    AGAIN,
    BAD,
    CELL,
    COPIES,
    DISAGREE,
    DOUBTFUL,
    EXAM,
    PICKED,
    SUGGESTED,
    UNLIKE,
    Cell,
    LabelLists,
)
from tinyclf_gui.models.open_collection import Deed, OpenCollection
from tinyclf_gui.models.orders import Order
from tinyclf_gui.models.photo_list import PhotoListModel
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.widgets.filter_bar import FilterBar
from tinyclf_gui.widgets.label_chips import label_chips, more_chips
from tinyclf_gui.widgets.label_side import LabelSide
from tinyclf_gui.widgets.list_note import note_on_list
from tinyclf_gui.widgets.missing_banner import MissingBanner
from tinyclf_gui.widgets.notice_banner import NoticeBanner
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.widgets.photo_inspector import PhotoInspector
from tinyclf_gui.widgets.step_words import why_no_step, why_no_step_blind

PREVIEW_HEIGHT = 300
DOUBTED = frozenset({DOUBTFUL, DISAGREE, CELL})
"""Lists of grades that are called into question: Enter stands by them."""
OF_THEIR_OWN = frozenset({EXAM, AGAIN, DOUBTFUL, UNLIKE})
"""Lists that are looked at for a reason, each in its own order."""


class LabelPage(QWidget):
    """Grid at the left; photo, grade buttons, starter meters and the next step at the right.

    Signals:
        trainWanted(): Train now, and show how it goes.
        autoAdvanceChanged(bool): The toggle was set.
        photosWanted(): There are none yet: add some.
        orderChosen(object): A person chose this order, a ``Wish``.
    """

    trainWanted = Signal()
    autoAdvanceChanged = Signal(bool)
    photosWanted = Signal()
    orderChosen = Signal(object)

    def __init__(
        self,
        collection: OpenCollection,
        workbench: Workbench,
        pool: ThumbnailPool,
        loader: PhotoLoader,
        tile_pixels: int,
        parent: QWidget | None = None,
        *,
        keys: KeyBindings | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("labelPage")
        self._collection = collection
        self._workbench = workbench
        self._lists = LabelLists(collection)
        self._has_chosen = False
        self.arranging = Arranging(collection.session, self)
        self.cells = NewestJob(self)
        self._model = PhotoListModel(
            collection.table,
            self,
            in_bulk=collection.is_in_bulk,
            faults=collection.faults,
            for_exam=collection.is_for_exam,
        )
        self.browser = PhotoBrowser(self._model, pool, loader, tile_pixels, keys=keys)
        self._inspector = PhotoInspector(
            self.browser, collection.table, pool, loader, PREVIEW_HEIGHT
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._make_main(), 1)
        self._side = LabelSide(self._inspector)
        layout.addWidget(self._side)
        self._behind = False
        self._listen()
        self._show_status(collection.status)
        self.show_rows()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the counts of now."""
        super().showEvent(event)
        if self._behind:
            self._behind = False
            self._show_status(self._collection.status)

    def show_rows(self) -> None:
        """Show what the chips say, anew: what is due now is taken."""
        self._lists.refresh()
        self._look_into_cell()
        self._show_photos()
        self._show_chips()

    def _show_photos(self) -> None:
        """Show what the chips and the search say: photos that no longer match leave."""
        table, checked = self._collection.table, self._bar.checked
        self._make_room()
        self._collection.show_blind(self._lists.again if AGAIN in checked else ())
        matches = self._lists.matches(checked)
        rows = self._chosen_order()(table, np.flatnonzero(matches(table)))
        self.browser.show_rows(
            rows,
            matches,
            self._empty_words(),
            self._lists.telling(checked),
            self._way_out(),
        )
        self._inspector.refresh()
        self._show_count()

    def _empty_words(self) -> str:
        if CELL in self._bar.checked and self._lists.cell and self._lists.cell.photo_ids is None:
            return self.tr("Looking for these photos…")
        if self._is_elsewhere:
            words = self.tr("“{name}” is not in this list, but {n} of all photos are called so.")
            if (named := self._lists.count_named()) == 1:
                words = self.tr("“{name}” is not in this list, but one of all photos is called so.")
            return words.format(name=self._lists.named, n=f"{named:,}")
        if len(self._collection.table):
            return self.tr("No photo matches what is chosen above.")
        if self._workbench.busy or self._workbench.reading:
            return self.tr("Photos appear here as they are read.")
        return self.tr("This collection has no photos yet. They stay where they are on your disk.")

    @property
    def _is_elsewhere(self) -> bool:
        """Whether chips leave out photos that are called as is searched for."""
        return bool(self._bar.checked and self._lists.named and self._lists.count_named())

    def _way_out(self) -> str:
        if len(self._collection.table):
            return self.tr("Show them") if self._is_elsewhere else self.tr("Show all")
        at_work = self._workbench.busy or self._workbench.reading
        return "" if at_work else self.tr("Add photos…")

    def _take_way_out(self) -> None:
        if not len(self._collection.table):
            self.photosWanted.emit()
            return
        if self._is_elsewhere:
            self._search_everywhere()
        else:
            self.show_all()
        self.browser.setFocus()

    def _search_everywhere(self) -> None:
        """Look among all photos for what is searched for: no chip is down then."""
        self._note_choice()
        self._bar.set_checked(frozenset())
        self.show_rows()
        self.browser.begin()
        self.browser.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends a search from among what was found; the photo in focus stays in it."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() != Qt.Key.Key_Escape or not plain or not self._lists.named:
            super().keyPressEvent(event)
            return
        self._bar.search.empty()
        self._search("")
        if (photo_id := self.browser.current_photo) is not None:
            self.browser.reveal([photo_id])

    def show_mistakes(self, truth: Grade, proposed: Grade) -> None:
        """Show the photos that one cell of the table of confusion counts."""
        self._lists.cell = Cell(truth, proposed)
        self._begin_anew(frozenset({CELL}))

    def _look_into_cell(self) -> None:
        """Find the photos of the cell that is chosen, if any still is."""
        if CELL not in self._bar.checked:
            self._lists.cell = None
        elif (cell := self._lists.cell) is not None:
            self.cells.want(lambda: self._lists.look_into(cell))

    def _take_cell(self, found: Cell) -> None:
        """Show the photos of a cell, unless it is another by now, or they are shown."""
        cell = self._lists.cell
        if cell is not None and replace(cell, photo_ids=found.photo_ids) == found != cell:
            self._lists.cell = found
            self._show_photos()
            self._show_chips()

    def show_all(self) -> None:
        """Show all photos: no chip is down, and no words are searched for."""
        self._begin_anew(frozenset())

    def find_by_name(self) -> None:
        """Give the keyboard to the search field."""
        self._bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bar.search.selectAll()

    def show_alike(self) -> bool:
        """Show what looks most like the photo in focus first; return whether there is one."""
        photo_id = self.browser.current_photo
        if photo_id is None or self._collection.session.is_blind(photo_id):
            return False
        self._bar.order.set_order(Wish(ALIKE))
        self._reorder(Wish(ALIKE))
        return True

    def set_order(self, wish: Wish) -> None:
        """Show photos in an order that a person chose before."""
        self._bar.order.set_order(wish)
        self._show_photos()

    def _note_choice(self) -> None:
        self._has_chosen = True

    def _begin_anew(self, checked: frozenset[str]) -> None:
        """Show what these chips say, and nothing else."""
        self._note_choice()
        self._lists.search("")
        self._bar.search.empty()
        self._bar.set_checked(checked)
        self.show_rows()

    def show_photos(self, photo_ids: list[PhotoId]) -> None:
        """Show just these photos, until another chip is pressed."""
        self._lists.picked = photo_ids
        self._begin_anew(frozenset({PICKED}))
        self.browser.begin()

    def show_unlike(self) -> bool:
        """Show the new photos that look unlike those learnt from; return whether there are any."""
        return self._show_list(UNLIKE)

    def show_again(self) -> bool:
        """Show photos again without their grades; return whether any are due."""
        return self._show_list(AGAIN)

    def show_doubtful(self) -> bool:
        """Show grades that look like slips; return whether there are any."""
        return self._show_list(DOUBTFUL)

    def show_bad(self) -> bool:
        """Show the photos that nothing is learnt from; return whether there are any."""
        return self._show_list(BAD)

    def show_exam(self) -> bool:
        """Show the photos to be graded blind, setting aside first what is missing; else those done.

        Returns:
            Whether there are any.
        """
        if self._collection.status.exam.offered:
            self._set_aside()
        return self._show_list(EXAM)

    def order_by_wear(self) -> None:
        """Show what looks most worn first, or no longer."""
        worn = self._bar.order.order.key == WORN
        self._bar.order.set_order(Wish(IMPORTED if worn else WORN))
        self._show_photos()
        self.browser.begin()

    def _show_list(self, key: str) -> bool:
        """Show a list of its own from its first photo; return whether it has any."""
        self._lists.refresh()
        if not self._lists.count(key):
            return False
        self._begin_anew(frozenset({key}))
        self.browser.begin()
        return True

    def reveal(self, photo_ids: list[PhotoId], meant: ActKind | None = None) -> None:
        """Scroll to photos, showing all if need be.

        Args:
            photo_ids: The photos.
            meant: Which act on them was taken back or done again: what was looked at again blind
                is shown so.
        """
        if self.browser.reveal(photo_ids):
            return
        self._lists.refresh()
        again = meant is ActKind.LOOK_AGAIN and photo_ids[0] in self._lists.again
        self._begin_anew(frozenset({AGAIN}) if again else frozenset())
        self.browser.reveal(photo_ids)

    def _make_main(self) -> QVBoxLayout:
        self._bar = FilterBar()
        self._bar.order.offer(WORN, on=False)
        self.missing = MissingBanner()
        self._banner = NoticeBanner()
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(self.missing)
        main.addWidget(self._banner)
        main.addWidget(self._bar)
        main.addWidget(self.browser, 1)
        return main

    def _listen(self) -> None:
        for choice in (self._bar.changed, self._bar.searched, self._bar.order.chosen):
            choice.connect(self._note_choice)
        self._bar.changed.connect(self._choose)
        self._bar.searched.connect(self._search)
        self._bar.cleared.connect(self.show_all)
        self._bar.left.connect(self.browser.setFocus)
        self._bar.everywhereWanted.connect(self._search_everywhere)
        self._bar.order.chosen.connect(self._reorder)
        self._bar.order.chosen.connect(self.orderChosen)
        self.arranging.ready.connect(self._show_arranged)
        self.cells.done.connect(self._take_cell)
        self.cells.failed.connect(self._collection.failed)
        self._banner.wanted.connect(self.show_unlike)
        self._bar.advance.toggled.connect(self._set_advance)
        self._side.trainWanted.connect(self.trainWanted)
        self._side.badWanted.connect(self.show_bad)
        self._side.examWanted.connect(self.show_exam)
        self.browser.verdictGiven.connect(self._give)
        self.browser.proposalsAccepted.connect(self._accept)
        self.browser.gradesStepped.connect(self._step)
        self.browser.wayOutWanted.connect(self._take_way_out)
        self.browser.keys.changed.connect(self._show_chips)
        self._inspector.photosDropped.connect(self._give)
        self._collection.changed.connect(self._show_changes)
        self._collection.grown.connect(self._show_grown)
        self._collection.counted.connect(self._follow_counts)
        self._collection.acted.connect(self._recall)
        self._workbench.scored.connect(self._offer_wear)
        self._workbench.suggested.connect(self._take_suggestions)
        self._workbench.busyChanged.connect(self._show_busy)

    def _make_room(self) -> None:
        """Leave out what is behind one, and what a list looked at for a reason has no use for."""
        usual = not self._bar.checked & OF_THEIR_OWN
        self._bar.order.setVisible(usual)
        self._bar.order.show_own(self._lists.order_words(self._bar.checked))
        self._banner.show_novelty(
            None if UNLIKE in self._bar.checked else self._collection.status.novelty
        )
        some = bool(len(self._collection.table))
        self._side.make_room(self._collection.status, usual=usual, some=some)
        self._bar.setVisible(some)

    def _choose(self) -> None:
        """Show what the chips say; a list of its own is begun with its first photo."""
        if CELL not in self._bar.checked:
            self._lists.cell = None
        if EXAM in self._bar.checked:
            self._lists.take_exam()
        self._show_photos()
        self._show_chips()
        if self._bar.checked & OF_THEIR_OWN:
            self.browser.begin()

    def _search(self, words: str) -> None:
        self._lists.search(words)
        self._show_photos()

    def set_auto_advance(self, on: bool) -> None:
        """Set the toggle."""
        self._bar.advance.setChecked(on)

    def _set_advance(self, on: bool) -> None:
        self.browser.grid.auto_advance = on
        self.autoAdvanceChanged.emit(on)

    def _give(self, photo_ids: list[PhotoId], verdict: Verdict, advance: bool = False) -> None:
        if AGAIN in self._bar.checked:
            self._look_again(photo_ids, verdict)
            return
        deed = partial(GradePhotos, verdict=verdict)
        if self._collection.do_knowingly(deed, photo_ids) and advance:
            self.browser.go_on()

    def _step(self, photo_ids: list[PhotoId], by: int) -> None:
        """Correct by so many grades, but not from one that is not told, nor past the end."""
        deed = partial(StepGrades, by=by, kind=ActKind.GRADE)
        blind = AGAIN in self._bar.checked
        why = why_no_step_blind()
        if not blind:
            accept = self.browser.keys.words("accept")
            why = why_no_step(self._collection, deed(photo_ids), accept)
        if why:
            self.browser.told.emit(why)
        elif self._collection.do_knowingly(deed, photo_ids) and self._bar.advance.isChecked():
            self.browser.go_on()

    def _accept(self, photo_ids: list[PhotoId]) -> None:
        if self._bar.checked & DOUBTED:
            self._keep(photo_ids)
        elif AGAIN not in self._bar.checked and self._collection.do(AcceptProposals(photo_ids)):
            self.browser.go_on()

    def _look_again(self, photo_ids: list[PhotoId], verdict: Verdict) -> None:
        """Write down the second opinion; to clear it would be none."""
        new = [one for one in photo_ids if one not in self._lists.looked]
        if verdict is not None and new:
            self._do_listed(LookAgain(new, verdict), self._lists.looked, new)

    def _keep(self, photo_ids: list[PhotoId]) -> None:
        new = [one for one in photo_ids if one not in self._lists.kept]
        self._do_listed(KeepGrades(photo_ids), self._lists.kept, new)

    def _do_listed(self, deed: Deed, done: set[PhotoId], new: list[PhotoId]) -> None:
        """Do what makes photos leave a list; they stay in it where that cannot be kept."""
        done.update(new)
        if self._collection.do(deed):
            self.browser.go_on()
        else:
            done.difference_update(new)

    def _set_aside(self) -> None:
        if self._collection.note(SetAsideForExam()):
            self._collection.recount()  # its chip is there for as long as any are counted
            self._show_list(EXAM)

    def _recall(self, act: Act) -> None:
        """Let photos wait again whose second look was taken back."""
        if act.kind in (ActKind.UNDO, ActKind.REDO):
            self._lists.recall()
            self._model.rows_changed(self._collection.table.rows(act.photo_ids))
            self._inspector.refresh()

    def _chosen_order(self) -> Order:
        """Return the order of a list that is looked at for a reason, else the one chosen.

        While that is worked out, and as imported, other lists stand in their own.
        """
        checked, wish = self._bar.checked, self._bar.order.order
        of_list = self._lists.order(checked)
        if of_list is not None and (checked & OF_THEIR_OWN or wish == Wish(IMPORTED)):
            return of_list
        order = self.arranging.order(wish) or of_list or orders.as_imported
        return orders.with_copies(order) if COPIES in checked else order

    def _reorder(self, wish: Wish) -> None:
        photo_id = self.browser.current_photo
        if wish.key == ALIKE and photo_id is not None and not self.arranging.look_like(photo_id):
            wish = Wish(IMPORTED)
            self._bar.order.set_order(wish)
        self._show_photos()
        if self.arranging.order(wish) is not None:
            self.browser.begin()

    def _show_arranged(self, key: str) -> None:
        """Show the order that is known now, unless another was chosen meanwhile."""
        if key == self._bar.order.order.key:
            self._show_photos()
            self.browser.begin()

    def _offer_wear(self) -> None:
        """Offer the order, once there is a score; a photo that has just come in may lack one."""
        self.arranging.wear = self._workbench.wear
        self._bar.order.offer(WORN, on=bool(self._workbench.wear))

    def _show_changes(self, rows: object) -> None:
        self._model.rows_changed(np.asarray(rows))
        self._inspector.refresh()

    def _show_grown(self) -> None:
        """Photos that have just joined are shown last: nothing else moves under the hands."""
        checked = self._bar.checked
        matches = self._lists.matches(checked)
        wanted = matches(self._collection.table)
        wanted[self._model.rows] = False
        rows = np.concatenate([self._model.rows, np.flatnonzero(wanted)])
        self._model.set_rows(rows, matches, self._lists.telling(checked))
        self._make_room()
        self._inspector.refresh()

    def _follow_counts(self, status: Status) -> None:
        """Show the counts; unseen, catch up when the page is shown."""
        self._behind = not self.isVisible()
        if not self._behind:
            self._show_status(status)

    def _show_status(self, status: Status) -> None:
        self._side.show_status(status)
        self._make_room()
        self._inspector.grade_bar.set_counts(dict(zip(GRADES, status.graded, strict=True)))
        self._show_chips()
        self._show_busy(self._workbench.busy)

    def _show_busy(self, busy: bool) -> None:
        status = self._collection.status
        self._side.offer_training(on=status.can_train and not busy)
        if not len(self._collection.table):
            self.browser.grid.set_empty_words(self._empty_words(), self._way_out())

    def _show_chips(self) -> None:
        counts, down = self._lists.counts(), self._bar.checked
        keep = self.browser.keys.words("accept")
        chips = label_chips(self._lists, counts, self._collection.status, down, keep)
        self._bar.set_chips(chips, more_chips(counts))
        self._bar.show_note(note_on_list(self._lists, self._collection.status.exam, down))

    def _show_count(self) -> None:
        narrowed = bool(self._bar.checked or self._lists.named)
        shown, photos = self._model.rowCount(), len(self._collection.table)
        named = self._lists.count_named() if self._is_elsewhere else None
        self._bar.show_count(shown, photos, narrowed=narrowed, named=named)

    def _take_suggestions(self, photo_ids: list[PhotoId]) -> None:
        first = not self._lists.suggested and not self._bar.checked and not self._is_at_work
        self._lists.suggested = photo_ids
        self._show_status(self._collection.status)
        if first and photo_ids and not self._collection.status.human:
            self._bar.set_checked(frozenset({SUGGESTED}))
            self.show_rows()

    @property
    def _is_at_work(self) -> bool:
        """Whether a person has begun: another list would then come under the hands."""
        grid, session = self.browser.grid, self._collection.session
        acted = session.undoable or session.redoable
        moved = grid.current or len(grid.selected_positions()) > 1
        return bool(self._has_chosen or acted or moved or not grid.isVisibleTo(self.browser))
