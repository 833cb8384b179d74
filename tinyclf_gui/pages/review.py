"""The Review page: walls of proposed grades, most doubtful first; correct, accept, retrain."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tinyclf.domain import GRADES, Grade, PhotoId, Verdict, Wall
from tinyclf.session import Status, TrainingResult
from tinyclf_gui.commands import AcceptProposals, AcceptRest, CorrectProposals
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models import filters, orders
from tinyclf_gui.models.filters import Filter
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.orders import Order
from tinyclf_gui.models.photo_list import PhotoListModel
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.widgets.empty_state import EmptyState
from tinyclf_gui.widgets.filter_chips import Chip, FilterChips
from tinyclf_gui.widgets.next_step import step_in_words
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.widgets.photo_inspector import PhotoInspector
from tinyclf_gui.widgets.side_panel import SidePanel
from tinyclf_gui.widgets.styled import frame, label, push_button
from tinyclf_gui.widgets.wall_summary import WallSummary
from tinyclf_gui.widgets.wall_tabs import WallTabs

PREVIEW_HEIGHT = 240
HINT_FITS = 1420
"""From this width on there is room for a reminder of the keys."""


class ReviewPage(QWidget):
    """Walls as tabs; grid; at the right the photo, what the wall still hides, accept, retrain.

    Signals:
        retrainWanted(): Train again, on the corrections too.
        trainPageWanted(): There is no proposal yet; show where to train.
    """

    retrainWanted = Signal()
    trainPageWanted = Signal()

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
        self.setObjectName("reviewPage")
        self._collection = collection
        self._workbench = workbench
        self._model = PhotoListModel(collection.table, self)
        self.browser = PhotoBrowser(self._model, pool, loader, tile_pixels)
        self.browser.grid.auto_advance = True
        self._inspector = PhotoInspector(
            self.browser, collection.table, pool, loader, PREVIEW_HEIGHT
        )
        self._stack = QStackedWidget()
        self._empty = EmptyState(
            self.tr("No proposals yet"),
            self.tr(
                "Grade some photos, then train: every other photo gets a proposed grade, "
                "and hangs here on the wall of that grade."
            ),
            self.tr("Go to Train"),
            "goToTrainButton",
        )
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_walls())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._listen()
        self._show_status(collection.status)
        self.show_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the chips the room where there is little."""
        super().resizeEvent(event)
        self._hint.setVisible(event.size().width() >= HINT_FITS)

    def show_rows(self) -> None:
        """Show the wall anew: what is done leaves, the most doubtful come first."""
        table = self._collection.table
        matches = self._matches()
        order = self._orders()[next(iter(self._order.checked))]
        self.browser.show_rows(
            order(table, np.flatnonzero(matches(table))),
            matches,
            self.tr("Every photo of this wall is checked.")
            if "toCheck" in self._show.checked
            else self.tr("No photo hangs on this wall."),
        )
        self._inspector.refresh()

    def reveal(self, photo_ids: list[PhotoId]) -> None:
        """Scroll to photos, on whatever wall they hang."""
        if self.browser.reveal(photo_ids):
            return
        table = self._collection.table
        grade = int(table.current[table.row_of[photo_ids[0]]])
        if not grade:
            return
        self._tabs.set_current(Grade(grade))
        self.show_rows()
        if not self.browser.reveal(photo_ids):
            self._show.set_checked(frozenset({"all"}))
            self.show_rows()
            self.browser.reveal(photo_ids)

    def _make_walls(self) -> QWidget:
        walls = QWidget()
        layout = QHBoxLayout(walls)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._make_main(), 1)
        layout.addWidget(self._make_side())
        return walls

    def _make_main(self) -> QVBoxLayout:
        self._tabs = WallTabs()
        self._show = FilterChips(self.tr("Show"), one=True)
        self._show.setObjectName("doneChips")
        self._show.set_chips(
            [Chip("toCheck", self.tr("To check"), 0), Chip("all", self.tr("Whole wall"), 0)]
        )
        self._show.set_checked(frozenset({"toCheck"}))
        self._order = FilterChips(self.tr("Order"), one=True)
        self._order.setObjectName("orderChips")
        self._order.set_chips(
            [
                Chip("doubt", self.tr("Most doubtful first")),
                Chip("expected", self.tr("Expected grade")),
                Chip("imported", self.tr("As imported")),
            ]
        )
        self._order.set_checked(frozenset({"doubt"}))
        self._hint = label(self.tr("1–5 moves · Enter accepts · ? keys"), "muted")
        tabs = QHBoxLayout()
        tabs.setContentsMargins(16, 8, 16, 0)
        tabs.addWidget(self._tabs)
        tabs.addStretch(1)
        above = frame("bar")
        bar = QHBoxLayout(above)
        bar.setContentsMargins(16, 8, 16, 8)
        bar.setSpacing(16)
        bar.addWidget(self._show)
        bar.addWidget(label(self.tr("Order"), "muted"))
        bar.addWidget(self._order, 1)
        bar.addWidget(self._hint)
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addLayout(tabs)
        main.addWidget(above)
        main.addWidget(self.browser, 1)
        return main

    def _make_side(self) -> QWidget:
        side = SidePanel()
        self._summary = WallSummary()
        self._next = label("", "muted", wrap=True)
        self._accept_rest = push_button("", "acceptRestButton")
        self._retrain = push_button(self.tr("Retrain"), "retrainButton", "primary")
        side.body.addWidget(self._inspector)
        side.body.addSpacing(8)
        side.body.addWidget(label(self.tr("This wall"), "section"))
        side.body.addWidget(self._summary)
        side.body.addStretch(1)
        side.body.addWidget(self._next)
        side.foot.addWidget(self._accept_rest)
        side.foot.addWidget(self._retrain)
        return side

    def _listen(self) -> None:
        self._empty.wanted.connect(self.trainPageWanted)
        self._tabs.wallChosen.connect(self._choose_wall)
        self._tabs.photosDropped.connect(self._move_and_go_on)
        self._show.changed.connect(self.show_rows)
        self._order.changed.connect(self.show_rows)
        self.browser.verdictGiven.connect(self._move)
        self.browser.proposalsAccepted.connect(self._accept)
        self._inspector.photosDropped.connect(self._move_and_go_on)
        self._accept_rest.clicked.connect(self._accept_all)
        self._retrain.clicked.connect(self.retrainWanted)
        self._collection.changed.connect(self._show_changes)
        self._collection.counted.connect(self._show_status)
        self._workbench.trained.connect(self._show_training)
        self._workbench.busyChanged.connect(self._show_busy)

    def _matches(self) -> Filter:
        wall = filters.on_wall(self._tabs.current)
        if "all" in self._show.checked:
            return wall
        return filters.all_of((wall, filters.to_check))

    def _orders(self) -> dict[str, Order]:
        return {
            "doubt": orders.most_doubtful_first,
            "expected": orders.worst_first,
            "imported": orders.as_imported,
        }

    def _choose_wall(self, _grade: Grade) -> None:
        self.show_rows()
        self._show_status(self._collection.status)

    def _move(self, photo_ids: list[PhotoId], verdict: Verdict, advance: bool) -> None:
        if self._collection.do(CorrectProposals(photo_ids, verdict)) and advance:
            self.browser.go_on()

    def _move_and_go_on(self, photo_ids: list[PhotoId], verdict: Verdict) -> None:
        self._move(photo_ids, verdict, advance=True)

    def _accept(self, photo_ids: list[PhotoId]) -> None:
        if self._collection.do(AcceptProposals(photo_ids)):
            self.browser.go_on()

    def _accept_all(self) -> None:
        table = self._collection.table
        rest = filters.all_of((filters.on_wall(self._tabs.current), filters.to_check))(table)
        self._collection.do(AcceptRest([table.ids[row] for row in np.flatnonzero(rest).tolist()]))

    def _show_changes(self, rows: object) -> None:
        self._model.rows_changed(np.asarray(rows))
        self._inspector.refresh()

    def _show_training(self, _result: TrainingResult) -> None:
        self._show_status(self._collection.status)
        self.show_rows()
        self.browser.begin()  # the most doubtful are others now

    def _show_status(self, status: Status) -> None:
        self._stack.setCurrentIndex(1 if status.quality is not None else 0)
        self._tabs.set_walls(status.walls)
        graded = dict(zip(GRADES, status.graded, strict=True))
        self._inspector.grade_bar.set_counts(graded)
        self._show_wall(status.walls[self._tabs.current - 1])
        self._next.setText(step_in_words(status.advice))
        self._retrain.setText(self._retrain_words(status))
        self._show_busy(self._workbench.busy)

    def _retrain_words(self, status: Status) -> str:
        if status.corrections == 1:
            return self.tr("Retrain on 1 correction")
        if status.corrections:
            return self.tr("Retrain on {n} corrections").format(n=f"{status.corrections:,}")
        if status.new_verdicts == 1:
            return self.tr("Retrain on 1 change")
        if status.new_verdicts:
            return self.tr("Retrain on {n} changes").format(n=f"{status.new_verdicts:,}")
        return self.tr("Retrain")

    def _show_wall(self, wall: Wall) -> None:
        rest = wall.photos - wall.human
        self._summary.show_wall(wall)
        self._accept_rest.setText(self._summary.accept_words(wall))
        self._accept_rest.setEnabled(rest > 0)
        self._show.set_counts({"toCheck": rest, "all": wall.photos})

    def _show_busy(self, busy: bool) -> None:
        status = self._collection.status
        self._retrain.setEnabled(status.new_verdicts > 0 and not busy)
