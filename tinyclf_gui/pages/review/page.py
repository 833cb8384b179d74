"""The Review page laid out: walls of proposed grades; correct, accept, retrain."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tinyclf.domain import GRADES, Grade, PhotoId
from tinyclf.session import Status, TrainingResult
from tinyclf.trust.advice import Step
from tinyclf_gui.browsing.while_seen import WhileSeen
from tinyclf_gui.commands import BeginAudit
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models.audit_round import AuditRound
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.photo_list import NOWHERE, PhotoListModel
from tinyclf_gui.models.wall_lists import WHOLE_WALL
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.pages.review.correcting import Correcting
from tinyclf_gui.pages.review.shown_wall import ShownWall
from tinyclf_gui.widgets.empty_state import EmptyState
from tinyclf_gui.widgets.keys_to_photos import give_keys_to, is_plain_escape
from tinyclf_gui.widgets.missing_banner import MissingBanner
from tinyclf_gui.widgets.notice_banner import NoticeBanner
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.widgets.photo_inspector import PhotoInspector
from tinyclf_gui.widgets.reference_fold import ReferenceFold
from tinyclf_gui.widgets.reference_panel import ReferencePanel
from tinyclf_gui.widgets.retrain_button import learning_waits
from tinyclf_gui.widgets.wall_bar import WallBar
from tinyclf_gui.widgets.wall_chips import wall_chips
from tinyclf_gui.widgets.wall_side import PREVIEW_HEIGHT, WallSide
from tinyclf_gui.widgets.wall_tabs import WallTabs


class ReviewPage(QWidget):
    """Walls as tabs; grid; at the right the photo, what the wall still hides, accept, retrain.

    Attributes:
        shown: Which photos of the wall stand in the grid, and in which order.

    Signals:
        retrainWanted(): Train again, on the corrections too.
        trainPageWanted(): There is no proposal yet; show where to train.
        examWanted(): Show the photos to be graded blind, setting aside what is missing.
        labelPageWanted(): Show where photos are graded.
        newPhotosWanted(): Show the new photos that look unlike those learnt from, to be graded.
        orderChosen(object): A person chose this order, a ``Wish``.
    """

    retrainWanted = Signal()
    trainPageWanted = Signal()
    examWanted = Signal()
    labelPageWanted = Signal()
    newPhotosWanted = Signal()
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
        self.setObjectName("reviewPage")
        self._collection = collection
        self._workbench = workbench
        self._audit_round = AuditRound(collection.session)
        self._learning_waits = False
        self._model = PhotoListModel.of(collection, self)
        self.browser = PhotoBrowser(self._model, pool, loader, tile_pixels, keys=keys)
        self.browser.grid.auto_advance = True
        self._inspector = PhotoInspector(
            self.browser, collection.table, pool, loader, PREVIEW_HEIGHT
        )
        panel = ReferencePanel(pool, loader, self._model.name_of, keys=self.browser.keys)
        self.references = ReferenceFold(panel, self.browser)
        self._stack = QStackedWidget()
        self._empty = self._make_empty()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_walls())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        places = (self._tabs, self._bar, self.browser)
        audit = self._audit_round
        self.shown = ShownWall(collection, workbench, audit, *places, self._inspector, self)
        self._correcting = Correcting(collection, self.shown.lists, *places, self)
        self._counts = WhileSeen(self, collection, self._show_status)
        self._listen()
        self._show_status(collection.status)
        self.shown.show_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the chips the room where there is little."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        ordered = self.shown.lists.has_order(self._bar.checked)
        self._bar.make_room(self.width(), auditing=self._audit_round.is_on, ordered=ordered)

    def _make_empty(self) -> EmptyState:
        return EmptyState(
            self.tr("No proposals yet"),
            self.tr(
                "Grade some photos, then train: every other photo gets a proposed grade, "
                "and hangs here on the wall of that grade."
            ),
            self.tr("Go to Train"),
            "goToTrainButton",
        )

    def show_photos(self, photo_ids: list[PhotoId]) -> bool:
        """Select photos where they are in view, else on their wall; return whether it has all."""
        table = self._collection.table
        rows = table.rows(photo_ids)
        if (self._model.positions_of(rows) == NOWHERE).any():
            walls = np.unique(table.current[rows])
            if self._collection.status.quality is None or len(walls) != 1 or not walls[0]:
                return False
            self._audit_round.leave()
            self._tabs.set_current(Grade(int(walls[0])))
            self._bar.set_checked({WHOLE_WALL})
            self._show_status(self._collection.status)
            self.shown.show_rows()
        return self.browser.reveal(photo_ids)

    def _make_walls(self) -> QWidget:
        walls = QWidget()
        layout = QHBoxLayout(walls)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._make_main(), 1)
        self._side = WallSide(self.references, self._inspector, self.browser.keys)
        layout.addWidget(self._side)
        return walls

    def _make_main(self) -> QVBoxLayout:
        self._tabs = WallTabs()
        self._bar = WallBar(self.browser.keys)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(16, 8, 16, 0)
        tabs.addWidget(self._tabs)
        tabs.addStretch(1)
        self.missing = MissingBanner()
        self._banner = NoticeBanner()
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addLayout(tabs)
        main.addWidget(self.missing)
        main.addWidget(self._banner)
        main.addWidget(self._bar)
        main.addWidget(self.browser, 1)
        return main

    def _listen(self) -> None:
        self._empty.wanted.connect(self.trainPageWanted)
        self._tabs.wallChosen.connect(self._press_tab)
        self._bar.changed.connect(self._give_keys_back)
        self._bar.order.opened.connect(self._give_keys_back)
        self._tabs.photosDropped.connect(self._correcting.take)
        self._bar.changed.connect(self._make_room)
        self._bar.order.chosen.connect(self.orderChosen)
        self.browser.verdictGiven.connect(self._correcting.move)
        self.browser.proposalsAccepted.connect(self._correcting.accept)
        self.browser.gradesStepped.connect(self._correcting.step)
        self.browser.keys.changed.connect(self._show_keys)
        self._inspector.photosDropped.connect(self._correcting.take)
        self._side.acceptRestWanted.connect(self._correcting.accept_rest)
        self._side.stepWanted.connect(self.take_step)
        self._side.auditWanted.connect(self._look_at_random)
        self._side.auditLeft.connect(self._leave_audit)
        self._banner.wanted.connect(self.newPhotosWanted)
        self._side.retrainWanted.connect(self.retrainWanted)
        self._collection.changed.connect(self._inspector.refresh)
        self._workbench.trained.connect(self._show_training)
        self._workbench.busyChanged.connect(self._show_busy)

    def _press_tab(self, grade: Grade) -> None:
        give_keys_to(self.browser, self._tabs)
        self._choose_wall(grade)

    def _choose_wall(self, _grade: Grade) -> None:
        self._audit_round.leave()
        self.shown.leave_lists_of_no_use()
        self.shown.show_rows()
        self._show_status(self._collection.status)

    def _give_keys_back(self) -> None:
        give_keys_to(self.browser, self._bar)

    def take_step(self) -> None:
        """Go where the next step is taken."""
        advice = self._collection.status.advice
        if advice.step is Step.EXAM:
            self.examWanted.emit()
        elif advice.step is Step.GRADE:
            self.labelPageWanted.emit()
        elif advice.step.is_at_a_wall:
            self._tabs.set_current(advice.grades[0])
            self._choose_wall(advice.grades[0])
            self.browser.begin()
            self.browser.setFocus()

    def _show_keys(self) -> None:
        """Name other keys in whatever names them."""
        self._show_wall(self._collection.status)

    @property
    def can_check_at_random(self) -> bool:
        """Whether a check of this wall is under way, or worth to begin."""
        grade = self._tabs.current
        standing = self._collection.session.audit(grade)
        if standing is not None and standing.stands:
            return bool(standing.photos)
        return self._collection.status.certificates[grade - 1].is_worth_an_audit

    def check_at_random(self) -> None:
        """Begin the check of this wall, or go on with it."""
        self._look_at_random()

    def show_wall(self, grade: Grade) -> None:
        """Show another wall; the one in view stays as it is, but a check of it is left."""
        if grade != self._tabs.current or self._audit_round.is_on:
            self._tabs.set_current(grade)
            self._choose_wall(grade)
        self.browser.setFocus()

    def accept_rest(self) -> None:
        """Sign all proposals of the wall in view that are left, as its button does."""
        self._side.accept_rest()

    @property
    def wall(self) -> Grade:
        """The wall in view."""
        return self._tabs.current

    def _look_at_random(self) -> None:
        """Begin the check of this wall at random, or go on with it."""
        session, grade = self._collection.session, self._tabs.current
        standing = session.audit(grade)
        if standing is None or not standing.stands:
            self._collection.note(BeginAudit(grade))
        if self._audit_round.enter(grade):
            self._show_status(self._collection.status)
            self.shown.show_rows()
            self.browser.begin()
            self.browser.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave a check at random with Esc: what was looked at is kept."""
        if is_plain_escape(event) and self.browser.has_keyboard and self._audit_round.is_on:
            self._leave_audit()
        else:
            super().keyPressEvent(event)

    def _leave_audit(self) -> None:
        self._audit_round.leave()
        self._show_status(self._collection.status)
        self.shown.show_rows()

    def _show_training(self, _result: TrainingResult) -> None:
        self._audit_round.leave()
        self._side.say_learnt("")
        self._show_status(self._collection.status)
        self.shown.show_rows()
        self.browser.begin()  # the most doubtful are others now

    def say_learnt(self, words: str) -> None:
        """Say quietly what was learnt meanwhile."""
        self._side.say_learnt(words)

    def say_waiting(self, waits: bool) -> None:
        """Say whether what would be learnt meanwhile waits for the end of a check at random."""
        if waits != self._learning_waits:
            self._learning_waits = waits
            self._show_wall(self._collection.status)

    def _show_status(self, status: Status) -> None:
        audited = self._audit_round.ends()
        self._stack.setCurrentIndex(1 if status.quality is not None else 0)
        self._tabs.set_walls(status.walls, status.certificates)
        graded = dict(zip(GRADES, status.looked_at, strict=True))
        self._inspector.grade_bar.set_counts(graded)
        self._show_wall(status)
        self._banner.show_novelty(status.novelty)
        model = self._collection.session.model
        self._side.show_status(
            status, self._tabs.current, quick=model is not None and model.is_quick
        )
        self._show_busy(self._workbench.busy)
        if audited:
            self.shown.show_rows()  # of the wall again

    def _show_wall(self, status: Status) -> None:
        grade = self._tabs.current
        wall, known = status.walls[grade - 1], status.certificates[grade - 1]
        standing = self._collection.session.audit(grade)
        stands = standing is not None and standing.stands
        self._side.show_wall(
            wall,
            known,
            self._collection.session.signing(grade),
            standing,
            auditing=self._audit_round.is_on,
            waits=learning_waits(status, stands=stands) if self._learning_waits else "",
        )
        disagreements = status.disagreements[grade - 1]
        accept = self.browser.keys.words("accept")
        chips = wall_chips(wall, known, disagreements, self._bar.checked, accept)
        self._bar.set_chips(chips)
        self._make_room()
        if standing is not None:
            self._bar.show_audit(standing)

    def _show_busy(self, busy: bool) -> None:
        self._side.show_busy(busy)
