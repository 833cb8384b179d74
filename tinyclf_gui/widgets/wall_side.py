"""The side of the Review page: what is known of a wall, and the deeds: accept the rest, retrain."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from tinyclf.domain import Grade, Wall
from tinyclf.session import AuditStanding, Status
from tinyclf.trust.advice import Step
from tinyclf.trust.wall_certificates import Signing, WallCertificate
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.widgets.audit_panel import AuditPanel
from tinyclf_gui.widgets.effort_card import EffortCard
from tinyclf_gui.widgets.exam_panel import exam_at_length
from tinyclf_gui.widgets.next_step import step_here, way_to_step, why_train
from tinyclf_gui.widgets.photo_inspector import LEAST_HEIGHT, PhotoInspector
from tinyclf_gui.widgets.reference_fold import ReferenceFold
from tinyclf_gui.widgets.retrain_button import offer_retraining, retrain_button
from tinyclf_gui.widgets.side_panel import MARGIN, SPACING, SidePanel
from tinyclf_gui.widgets.steady_label import SteadyLabel
from tinyclf_gui.widgets.styled import push_button
from tinyclf_gui.widgets.wall_summary import WallSummary

PREVIEW_HEIGHT = 240
ROOMY = 720
"""Below this height, in pixels, what only explains is told on hover, so that the grades stay in
sight."""
PINNED = 620
"""Below this height the grades stand above all else, which scrolls: nothing told moves them. From
it on they stand at the foot, and what was learnt has room kept for it there."""

FOOT, LOW_FOOT = (MARGIN, SPACING, MARGIN, MARGIN), (MARGIN, 8, MARGIN, 12)
"""Pixels around the deeds: left, above, right, below; as many as above are between them."""


class WallSide(SidePanel):
    """The wall, its check at random, examples, the effort still to come, the photo; the deeds.

    Signals:
        auditWanted(): Look at photos of this wall at random, or go on with that.
        auditLeft(): Look at no more of them now.
        acceptRestWanted(): Sign all proposals of this wall that are left.
        retrainWanted(): Train again, on the corrections too.
        stepWanted(): Take the next step.
    """

    auditWanted = Signal()
    auditLeft = Signal()
    acceptRestWanted = Signal()
    retrainWanted = Signal()
    stepWanted = Signal()

    def __init__(
        self,
        references: ReferenceFold,
        inspector: PhotoInspector,
        keys: KeyBindings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._status: Status | None = None
        self._quick = self._busy = self._checking = False
        self._waits = ""
        self._summary = WallSummary()
        self._audit = AuditPanel(keys)
        self._effort = EffortCard()
        self._learnt = SteadyLabel(2, "muted")
        self._learnt.setObjectName("learntLine")
        self._learnt.setToolTip(
            self.tr("Photos in sight keep what they show; they follow once they are out of sight")
        )
        self._learnt.hide()
        self._accept_rest = push_button("", "acceptRestButton")
        self._retrain = retrain_button()
        for part in (self._summary, self._audit, references, self._effort):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._inspector = inspector
        self.body.addWidget(inspector)
        self.let_shrink(inspector.preview, LEAST_HEIGHT, PREVIEW_HEIGHT, whole=True)
        for deed in (self._learnt, self._accept_rest, self._retrain):
            self.foot.addWidget(deed)
        references.wished.connect(lambda on: self.show_below(references) if on else None)
        self._effort.wanted.connect(self.stepWanted)
        self._audit.wanted.connect(self.auditWanted)
        self._audit.leftOff.connect(self.auditLeft)
        self._accept_rest.clicked.connect(self.acceptRestWanted)
        self._retrain.clicked.connect(self.retrainWanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be brief where the window is low; let the grades stand still however low it is."""
        is_low = event.size().height() < ROOMY
        self._audit.set_brief(is_low)
        is_pinned = event.size().height() < PINNED
        if is_pinned != (self.body.indexOf(self._inspector) == 0):
            self._put(self._inspector, 0 if is_pinned else -1)
            self._put(self._effort, 2 if is_pinned else 3)  # the next step is in sight
            self._inspector.set_brief(is_pinned)
            self._learnt.keep(1 if is_pinned else 2)
            self.foot.setContentsMargins(*(LOW_FOOT if is_pinned else FOOT))
            self.foot.setSpacing(LOW_FOOT[1] if is_pinned else FOOT[1])
        policy = self._learnt.sizePolicy()
        policy.setRetainSizeWhenHidden(not is_pinned)
        self._learnt.setSizePolicy(policy)
        self._make_room()
        super().resizeEvent(event)

    def _make_room(self) -> None:
        """In a low window leave out what cannot be done during a check at random."""
        is_pinned = self.body.indexOf(self._inspector) == 0
        self._accept_rest.setVisible(not (is_pinned and self._checking))

    def _put(self, part: QWidget, place: int) -> None:
        self.body.removeWidget(part)
        self.body.insertWidget(place, part)

    def show_status(self, status: Status, wall: Grade, *, quick: bool) -> None:
        """Show the effort still to come, and what a retrain would add.

        Args:
            status: What stands.
            wall: The grade of the wall in view.
            quick: Whether the latest training is one from between corrections.
        """
        self._effort.show_effort(status.effort, status.pace, status.stop, status.advice)
        words = step_here(status.advice, wall, status.walls, why_train(status))
        way = way_to_step(status.advice, status.exam, wall)
        asks_exam = status.advice.step is Step.EXAM
        self._effort.show_step(words, way, exam_at_length(status.exam) if asks_exam else "")
        self._status, self._quick = status, quick
        self._offer_retrain()

    def show_wall(
        self,
        wall: Wall,
        known: WallCertificate,
        signing: Signing,
        standing: AuditStanding | None,
        *,
        auditing: bool,
        waits: str,
    ) -> None:
        """Show a wall.

        Args:
            wall: Which.
            known: What is known of it.
            signing: What one would sign by accepting the rest.
            standing: Its audit, if any.
            auditing: Whether a person is at that now.
            waits: Why what would be learnt meanwhile waits, if it does.
        """
        self._summary.show_wall(wall, known)
        self._waits, self._checking = waits, auditing
        self._summary.show_waiting(waits)
        self._offer_retrain()
        self._audit.show_audit(known, standing, running=auditing)
        self._effort.setVisible(not auditing)
        self._accept_rest.setText(self._summary.accept_words(signing))
        self._accept_rest.setToolTip(self._summary.accept_at_length(signing))
        self._accept_rest.setEnabled(signing.photos > 0 and not auditing)
        self._make_room()

    def accept_rest(self) -> None:
        """Sign all proposals of the wall that are left, if that can be done now."""
        self._accept_rest.click()

    def say_learnt(self, words: str) -> None:
        """Say quietly what was learnt meanwhile; nothing, if there are no words."""
        self._learnt.setText(words)
        self._learnt.setVisible(bool(words))

    def show_busy(self, busy: bool) -> None:
        """Let it be trained now, or not."""
        self._busy = busy
        self._offer_retrain()

    def _offer_retrain(self) -> None:
        if self._status is not None:
            offer_retraining(
                self._retrain,
                self._status,
                quick=self._quick,
                busy=self._busy,
                waits=self._waits,
                checking=self._checking,
            )
