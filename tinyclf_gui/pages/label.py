"""The Label page: grade a starter set on the photo grid."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from tinyclf.domain import GRADES, Grade, Mark, PhotoId, Verdict
from tinyclf.session import Status
from tinyclf.trust.advice import starters
from tinyclf_gui.commands import AcceptProposals, GradePhotos
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models import filters, orders
from tinyclf_gui.models.filters import Filter
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.orders import Order
from tinyclf_gui.models.photo_list import PhotoListModel
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.widgets.filter_chips import Chip, FilterChips
from tinyclf_gui.widgets.next_step import step_in_words, train_in_words
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.widgets.photo_inspector import PhotoInspector
from tinyclf_gui.widgets.side_panel import SidePanel
from tinyclf_gui.widgets.starter_meters import StarterMeters
from tinyclf_gui.widgets.styled import frame, label, push_button

PREVIEW_HEIGHT = 300


class LabelPage(QWidget):
    """Grid at the left; photo, grade buttons, starter meters and the next step at the right.

    Signals:
        trainWanted(): Train now, and show how it goes.
        autoAdvanceChanged(bool): The toggle was set.
    """

    trainWanted = Signal()
    autoAdvanceChanged = Signal(bool)

    def __init__(
        self,
        collection: OpenCollection,
        workbench: Workbench,
        pool: ThumbnailPool,
        loader: PhotoLoader,
        tile_pixels: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("labelPage")
        self._collection = collection
        self._workbench = workbench
        self._suggested: list[PhotoId] = []
        self._model = PhotoListModel(collection.table, self)
        self.browser = PhotoBrowser(self._model, pool, loader, tile_pixels)
        self._inspector = PhotoInspector(
            self.browser, collection.table, pool, loader, PREVIEW_HEIGHT
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._make_main(), 1)
        layout.addWidget(self._make_side())
        self._listen()
        self._show_status(collection.status)
        self.show_rows()

    def show_rows(self) -> None:
        """Show what the chips say, anew: photos that no longer match leave."""
        table, matches = self._collection.table, self._matches()
        self.browser.show_rows(
            self._order()(table, np.flatnonzero(matches(table))),
            matches,
            self.tr("No photo matches these chips.")
            if len(table)
            else self.tr("Photos appear here as they are read."),
        )
        self._inspector.refresh()

    def show_mistakes(self, truth: Grade, proposed: Grade) -> None:
        """Show the photos of one cell of the confusion matrix."""
        matches = filters.mistaken(truth, proposed)
        table = self._collection.table
        self._chips.set_checked(frozenset())
        self._model.set_rows(np.flatnonzero(matches(table)), matches)

    def reveal(self, photo_ids: list[PhotoId]) -> None:
        """Scroll to photos, showing all if need be."""
        if not self.browser.reveal(photo_ids):
            self._chips.set_checked(frozenset())
            self.show_rows()
            self.browser.reveal(photo_ids)

    def _make_main(self) -> QVBoxLayout:
        self._chips = FilterChips(self.tr("Show"))
        self._advance = QCheckBox(self.tr("Auto-advance"))
        self._advance.setObjectName("autoAdvanceToggle")
        self._advance.setToolTip(self.tr("After a grade, go on to the next photo"))
        above = frame("bar")
        bar = QHBoxLayout(above)
        bar.setContentsMargins(16, 8, 16, 8)
        bar.addWidget(self._chips, 1)
        bar.addWidget(self._advance)
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(above)
        main.addWidget(self.browser, 1)
        return main

    def _make_side(self) -> QWidget:
        side = SidePanel()
        self._meters = StarterMeters()
        self._advice = label("", "muted", wrap=True)
        self._train = push_button(self.tr("Train"), "trainButton", "primary")
        side.body.addWidget(self._inspector)
        side.body.addSpacing(8)
        side.body.addWidget(label(self.tr("Starter set"), "section"))
        side.body.addWidget(self._meters)
        side.body.addWidget(self._advice)
        side.body.addStretch(1)
        side.foot.addWidget(self._train)
        return side

    def _listen(self) -> None:
        self._chips.changed.connect(self.show_rows)
        self._advance.toggled.connect(self._set_advance)
        self._train.clicked.connect(self.trainWanted)
        self.browser.verdictGiven.connect(self._give)
        self.browser.proposalsAccepted.connect(self._accept)
        self._inspector.photosDropped.connect(self._give)
        self._collection.changed.connect(self._show_changes)
        self._collection.grown.connect(self._show_grown)
        self._collection.counted.connect(self._show_status)
        self._workbench.suggested.connect(self._take_suggestions)
        self._workbench.busyChanged.connect(self._show_busy)

    def set_auto_advance(self, on: bool) -> None:
        """Set the toggle."""
        self._advance.setChecked(on)

    def _set_advance(self, on: bool) -> None:
        self.browser.grid.auto_advance = on
        self.autoAdvanceChanged.emit(on)

    def _give(self, photo_ids: list[PhotoId], verdict: Verdict, advance: bool = False) -> None:
        if self._collection.do(GradePhotos(photo_ids, verdict)) and advance:
            self.browser.go_on()

    def _accept(self, photo_ids: list[PhotoId]) -> None:
        if self._collection.do(AcceptProposals(photo_ids)):
            self.browser.go_on()

    def _show_changes(self, rows: object) -> None:
        self._model.rows_changed(np.asarray(rows))
        self._inspector.refresh()

    def _show_grown(self) -> None:
        """Photos that have just joined are shown last: nothing else moves under the hands."""
        matches = self._matches()
        wanted = matches(self._collection.table)
        wanted[self._model.rows] = False
        self._model.set_rows(np.concatenate([self._model.rows, np.flatnonzero(wanted)]), matches)
        self._inspector.refresh()

    def _show_status(self, status: Status) -> None:
        graded = dict(zip(GRADES, status.graded, strict=True))
        self._meters.set_goal(starters(status.photos))
        self._meters.set_counts(graded)
        self._inspector.grade_bar.set_counts(graded)
        self._advice.setText(step_in_words(status.advice))
        self._train.setText(train_in_words(status.human))
        self._chips.set_chips(self._make_chips(status))
        self._show_busy(self._workbench.busy)

    def _show_busy(self, busy: bool) -> None:
        status = self._collection.status
        self._train.setEnabled(status.can_train and not busy)

    def _make_chips(self, status: Status) -> list[Chip]:
        table = self._collection.table
        waiting = int(np.count_nonzero(table.ungraded))
        chips = [
            Chip("notGraded", self.tr("Not graded"), waiting),
            Chip("graded", self.tr("Graded"), status.human),
        ]
        if self._suggested:
            left = filters.suggested(self._suggested)(table)
            chips.insert(0, Chip("suggested", self.tr("Suggested"), int(np.count_nonzero(left))))
        if status.unsure:
            chips.append(Chip("unsure", self.tr("Unsure"), status.unsure))
        if status.not_gradable:
            chips.append(Chip("notGradable", self.tr("Not gradable"), status.not_gradable))
        return chips

    def _order(self) -> Order:
        """Suggested photos come as suggested, the one that teaches most first."""
        if self._chips.checked == {"suggested"}:
            return orders.as_listed(self._suggested)
        return orders.as_imported

    def _matches(self) -> Filter:
        return filters.any_of(self._filters()[key] for key in sorted(self._chips.checked))

    def _filters(self) -> dict[str, Filter]:
        return {
            "suggested": filters.suggested(self._suggested),
            "notGraded": filters.not_graded,
            "graded": filters.human,
            "unsure": filters.marked(Mark.UNSURE),
            "notGradable": filters.marked(Mark.NOT_GRADABLE),
        }

    def _take_suggestions(self, photo_ids: list[PhotoId]) -> None:
        first = not self._suggested and not self._chips.checked
        self._suggested = photo_ids
        self._show_status(self._collection.status)
        if first and not self._collection.status.human:
            self._chips.set_checked(frozenset({"suggested"}))
            self.show_rows()
