"""The Label page laid out: grade a starter set on the photo grid."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tinyclf.domain import GRADES, PhotoId
from tinyclf.session import Status
from tinyclf_gui.browsing.while_seen import WhileSeen
from tinyclf_gui.commands import SetAsideForExam
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models.arranging import WORN
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.label_lists import (
    AGAIN,
    BAD,
    DOUBTFUL,
    EXAM,
    OF_THEIR_OWN,
    SUGGESTED,
    UNLIKE,
)
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.photo_list import PhotoListModel
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.pages.label.grading import Grading
from tinyclf_gui.pages.label.shown_photos import ShownPhotos
from tinyclf_gui.widgets.filter_bar import FilterBar
from tinyclf_gui.widgets.keys_to_photos import give_keys_to, is_plain_escape
from tinyclf_gui.widgets.label_side import LabelSide
from tinyclf_gui.widgets.list_note import suggested_first
from tinyclf_gui.widgets.missing_banner import MissingBanner
from tinyclf_gui.widgets.notice_banner import NoticeBanner
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.widgets.photo_inspector import PhotoInspector
from tinyclf_gui.widgets.spoken import announce

PREVIEW_HEIGHT = 300
LOW = 600
"""A page of fewer pixels' height leaves the room of the chips to a large photo."""


class LabelPage(QWidget):
    """Grid at the left; photo, grade buttons, starter meters and the next step at the right.

    Attributes:
        shown: Which photos stand in the grid, and in which order.

    Signals:
        trainWanted(): Train now, and show how it goes.
        stepWanted(): Go to the wall where the next step is taken.
        autoAdvanceChanged(bool): The toggle was set.
        photosWanted(): There are none yet: add some.
        orderChosen(object): A person chose this order, a ``Wish``.
    """

    trainWanted = Signal()
    stepWanted = Signal()
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
        self._model = PhotoListModel.of(collection, self)
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
        self.shown = ShownPhotos(
            collection, workbench, self._bar, self._model, self.browser, self._inspector, self
        )
        self._grading = Grading(collection, self.shown.lists, self._bar, self.browser, self)
        self._counts = WhileSeen(self, collection, self._show_status)
        self._used_up: list[PhotoId] = []
        self._listen()
        self._show_status(collection.status)
        self.shown.show_rows()

    def _take_way_out(self) -> None:
        if not len(self._collection.table):
            self.photosWanted.emit()
            return
        if self.shown.is_elsewhere:
            self.shown.search_everywhere()
        else:
            self.shown.show_all()
        self.browser.setFocus()

    def _give_keys_back(self) -> None:
        give_keys_to(self.browser, self._bar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends a search from among what was found; the photo in focus stays in it."""
        among_them = self.browser.has_keyboard
        if is_plain_escape(event) and among_them and self.shown.lists.named:
            self.shown.end_search()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the chips in view where there is room for them."""
        super().resizeEvent(event)
        self._show_chips()

    def _show_chips(self) -> None:
        self._bar.show_chips(not (self.browser.is_enlarged and self.height() < LOW))

    def find_by_name(self) -> None:
        """Give the keyboard to the search field."""
        self._bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bar.search.selectAll()

    def show_unlike(self) -> bool:
        """Show the new photos that look unlike those learnt from; return whether there are any."""
        return self.shown.show_list(UNLIKE)

    def show_again(self) -> bool:
        """Show photos again without their grades; return whether any are due."""
        return self.shown.show_list(AGAIN)

    def show_doubtful(self) -> bool:
        """Show grades that look like slips; return whether there are any."""
        return self.shown.show_list(DOUBTFUL)

    def show_bad(self) -> bool:
        """Show the photos that nothing is learnt from; return whether there are any."""
        return self.shown.show_list(BAD)

    def show_exam(self) -> bool:
        """Show the photos to be graded blind, setting aside first what is missing; else those done.

        Returns:
            Whether there are any.
        """
        if self._collection.status.exam.offered:
            self._set_aside()
        return self.shown.show_list(EXAM)

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
        self.shown.listChanged.connect(self._make_room)
        self._bar.left.connect(self.browser.setFocus)
        bar = self._bar
        for chosen in (bar.changed, bar.menuOpened, bar.cleared, bar.order.opened):
            chosen.connect(self._give_keys_back)
        self._bar.order.chosen.connect(self.orderChosen)
        self._banner.wanted.connect(self.show_unlike)
        self._bar.advance.toggled.connect(self._set_advance)
        self._side.trainWanted.connect(self.trainWanted)
        self._side.stepWanted.connect(self.stepWanted)
        self._side.badWanted.connect(self.show_bad)
        self._side.examWanted.connect(self.show_exam)
        self.browser.verdictGiven.connect(self._grading.give)
        self.browser.proposalsAccepted.connect(self._grading.accept)
        self.browser.gradesStepped.connect(self._grading.step)
        self.browser.wayOutWanted.connect(self._take_way_out)
        self.browser.enlarged.connect(self._show_chips)
        self._inspector.photosDropped.connect(self._grading.take)
        self._collection.changed.connect(self._inspector.refresh)
        self._workbench.suggested.connect(self._take_suggestions)
        self._workbench.busyChanged.connect(self._show_busy)

    def _make_room(self) -> None:
        """Leave out what is behind one, and what a list looked at for a reason has no use for."""
        usual = not self._bar.checked & OF_THEIR_OWN
        self._bar.order.setVisible(usual)
        self._bar.order.show_own(self.shown.lists.order_words(self._bar.checked))
        self._banner.show_novelty(
            None if UNLIKE in self._bar.checked else self._collection.status.novelty
        )
        some = bool(len(self._collection.table))
        reading = self._workbench.reading
        self._side.make_room(self._collection.status, usual=usual, some=some, reading=reading)
        self._bar.setVisible(some)

    def set_auto_advance(self, on: bool) -> None:
        """Set the toggle."""
        self._bar.advance.setChecked(on)

    def _set_advance(self, on: bool) -> None:
        self.browser.grid.auto_advance = on
        self.autoAdvanceChanged.emit(on)

    def _set_aside(self) -> None:
        self._workbench.once_compared(self._draw_exam)

    def _draw_exam(self) -> None:
        if self._collection.note(SetAsideForExam()):
            self._collection.counts.glance()  # its chip is there for as long as any are counted
            self.shown.show_list(EXAM)

    def _show_status(self, status: Status) -> None:
        self._side.show_status(status)
        self._make_room()
        self._inspector.grade_bar.set_counts(dict(zip(GRADES, status.looked_at, strict=True)))
        self.shown.show_chips()
        self._show_busy(self._workbench.busy)
        self._look_for_more()

    def _show_busy(self, busy: bool) -> None:
        status = self._collection.status
        self._side.offer_training(on=status.counts.can_train and not busy)
        self._make_room()  # no more photos may be coming in
        self.shown.show_empty()

    def _look_for_more(self) -> None:
        """Have other photos suggested once all that were are graded; once for each lot."""
        lot = self.shown.lists.suggested
        if not lot or lot == self._used_up or self.shown.lists.count(SUGGESTED):
            return
        table = self._collection.table
        if (table.ungraded & ~table.exam & ~table.bad).any():
            self._used_up = lot
            self._workbench.prepare()

    def _take_suggestions(self, photo_ids: list[PhotoId]) -> None:
        first = not self.shown.lists.suggested and not self._bar.checked and not self._is_at_work
        self.shown.lists.take_suggestions(photo_ids)
        self._show_status(self._collection.status)
        if first and photo_ids and not self._collection.status.counts.human:
            self._bar.set_checked(frozenset({SUGGESTED}))
            self.shown.show_rows()
            self.browser.begin()
            announce(self.browser, suggested_first(self.shown.lists))

    @property
    def _is_at_work(self) -> bool:
        """Whether a person has begun: another list would then come under the hands."""
        grid, session = self.browser.grid, self._collection.session
        acted = any(session.next_numbers())
        moved = grid.current or len(grid.selected_positions()) > 1
        return bool(self.shown.has_chosen or acted or moved or not grid.isVisibleTo(self.browser))
