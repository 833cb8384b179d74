"""The side of the Label page: the photo, what the starter set lacks, the next step."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tinyclf.domain import GRADES
from tinyclf.session import Status
from tinyclf.trust.advice import STARTERS_A_GRADE, Step, starters
from tinyclf_gui.widgets.agreement_line import AgreementLine
from tinyclf_gui.widgets.bad_photos_line import BadPhotosLine
from tinyclf_gui.widgets.exam_panel import ExamPanel
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.next_step import (
    step_in_words,
    train_at_length,
    train_in_words,
    way_to_wall,
    why_train,
)
from tinyclf_gui.widgets.photo_inspector import LEAST_HEIGHT, PhotoInspector
from tinyclf_gui.widgets.side_panel import SidePanel
from tinyclf_gui.widgets.starter_meters import StarterMeters
from tinyclf_gui.widgets.steady_label import SteadyLabel
from tinyclf_gui.widgets.styled import label, push_button, restyle

BARE = 540
"""Below this height, in pixels, there is no room for the photo."""
BRIEF = 640
"""Below this height, in pixels, what only explains the meters is told on hover."""


class LabelSide(SidePanel):
    """Below the photo what is known of the grades; at the foot the button that trains.

    Signals:
        trainWanted(): Train now.
        stepWanted(): Go to the wall where the next step is taken.
        badWanted(): Show the photos that nothing is learnt from.
        examWanted(): Show the photos to be graded blind, setting aside what is missing.
    """

    trainWanted = Signal()
    stepWanted = Signal()
    badWanted = Signal()
    examWanted = Signal()

    def __init__(self, inspector: PhotoInspector, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._inspector = inspector
        self._goal_may_grow = False
        self._shows_left_out = False
        self._situation: tuple[bool, ...] = ()
        self._starters = label("", "section")
        self._meters = StarterMeters()
        self._left_out = label("", "muted", wrap=True)
        self._left_out.setObjectName("examLeftOut")
        self._advice = SteadyLabel(2, "muted")
        self._step = push_button(self.tr("Go to wall"), "goToWallButton", "link")
        self._bad = BadPhotosLine()
        self._exam = ExamPanel()
        self._agreement = AgreementLine()
        self._train = push_button(self.tr("Train"), "trainButton", "primary")
        self.body.addWidget(inspector)
        highest = inspector.preview.maximumHeight()
        self.let_shrink(inspector.preview, LEAST_HEIGHT, highest, still=True)
        self.body.addWidget(self._agreement)
        self.body.addSpacing(8)
        starters = (self._starters, self._meters, self._left_out)
        for part in starters:
            self.body.addWidget(part)
        self.body.addLayout(self._make_next())
        self.body.addWidget(self._exam)
        self.body.addWidget(self._bad)
        self.body.addStretch(1)
        self.foot.addWidget(self._train)
        self._train.clicked.connect(self.trainWanted)
        self._step.clicked.connect(self.stepWanted)
        self._bad.wanted.connect(self.badWanted)
        self._exam.wanted.connect(self.examWanted)

    def _make_next(self) -> QVBoxLayout:
        """Lay out the next step, and below it the way there."""
        layout = QVBoxLayout()
        layout.setSpacing(0)
        layout.addWidget(self._advice)
        self._step.setStyleSheet("QPushButton { padding-left: 0; padding-right: 0; }")
        layout.addWidget(self._step, 0, Qt.AlignmentFlag.AlignLeading)
        return layout

    def show_status(self, status: Status) -> None:
        """Show what is graded, how that is, and what to do next.

        Meters, advice and button count the same: the grades that can be learnt from; what was
        accepted unseen, the button tells apart.
        """
        self._goal_may_grow = starters(status.counts.photos) < STARTERS_A_GRADE
        goal = starters(status.counts.photos)
        self._starters.setText(self.tr("Starter set: {n} of each grade").format(n=number(goal)))
        self._meters.set_goal(goal)
        self._meters.set_counts(dict(zip(GRADES, status.starters, strict=True)))
        self._left_out.setText(left_out_in_words(status))
        self._show_step(status)
        self._meters.setToolTip(self._left_out.text())
        self._bad.show_bad(status.counts.bad)
        self._exam.show_exam(status.exam, status.quality)
        self._agreement.show_agreement(status.consistency)
        self._show_training(status)

    def _show_step(self, status: Status) -> None:
        begun = any(status.starters)
        self._advice.setText(step_in_words(status.advice, begun=begun, train=why_train(status)))
        way = way_to_wall(status.advice)
        self._step.setVisible(bool(way))
        if way:
            self._step.setText(way)

    def _show_training(self, status: Status) -> None:
        """Say on how much it trains; it is not urged on whoever has just trained on that."""
        known = is_learnt(status)
        told = [self.tr("Trained on these already: grade more first.")] if known else []
        if at_length := train_at_length(status):
            told.append(at_length)
        self._train.setText(train_in_words(status))
        self._train.setToolTip("\n".join(told))
        self._train.setAccessibleDescription(self._train.toolTip())
        kind = "secondary" if known else "primary"
        if self._train.property("kind") != kind:
            restyle(self._train, kind)

    def make_room(self, status: Status, *, usual: bool, some: bool, reading: bool = False) -> None:
        """Leave out what is behind one, and a goal that grows with the photos that come in.

        Args:
            status: What stands.
            usual: Whether the list in view is none that is looked at for a reason.
            some: Whether the collection has photos.
            reading: Whether more are coming in.
        """
        grows = reading and self._goal_may_grow
        wanted = (status.quality is None or bool(self._meters.missing)) and not grows
        self._advice.setVisible(not grows)
        for part in (self._starters, self._meters):
            part.setVisible(usual and wanted and some)
        self._shows_left_out = usual and wanted and some and bool(self._left_out.text())
        self._show_left_out()
        self._exam.make_room(usual=usual)
        self._inspector.setVisible(some)
        parts = (
            self._inspector,
            self._agreement,
            self._meters,
            self._left_out,
            self._exam,
            self._bad,
        )
        situation = (usual, *(part.isHidden() for part in parts))
        if situation != self._situation:
            self._situation = situation
            self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be brief where the window is low: the next step is in sight then."""
        self._inspector.set_brief(event.size().height() < BARE)
        self._show_left_out()
        super().resizeEvent(event)

    def _show_left_out(self) -> None:
        """Say what is not counted; in a low window on hover, over the meters."""
        self._left_out.setVisible(self._shows_left_out and self.height() >= BRIEF)

    def offer_training(self, *, on: bool) -> None:
        """Let it be trained now, or not."""
        self._train.setEnabled(on)


def is_learnt(status: Status) -> bool:
    """Tell whether a training would add nothing: no proposals, nor a judgement by the exam."""
    nothing_new = status.new_verdicts == status.accepted_news
    advised = status.advice.step in (Step.TRAIN, Step.PROPOSE)
    return status.quality is not None and nothing_new and not advised


def left_out_in_words(status: Status) -> str:
    """Return how many grades the exam keeps from the meters; empty where it keeps none."""
    kept = sum(status.counts.graded) - status.counts.can_learn_from - status.counts.bad.graded
    if not kept:
        return ""
    words = _tr("Not counted: {n} graded for the exam, which is never learnt from.")
    return words.format(n=number(kept))


def _tr(text: str) -> str:
    return QCoreApplication.translate("LabelSide", text)
