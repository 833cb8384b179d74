"""Learning while a person works, unasked and unseen: a moment's refit now, all of it in a pause.

No tile changes under a person's eyes: what is in sight keeps its proposal. After a training in a
pause those tiles follow as soon as they leave sight; after a refit, with the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from tinyclf.domain import Job
from tinyclf.session import ProposalResult, RefitResult, Status, TrainingResult
from tinyclf.session.refit import CORRECTIONS, due_after
from tinyclf.training.config import TrainingConfig
from tinyclf_gui.models.in_sight import InSight
from tinyclf_gui.models.job_lane import Priority, Request
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.rhythm import USUAL, Rhythm
from tinyclf_gui.models.session_jobs import train_and_propose
from tinyclf_gui.models.workbench import Workbench

Choice = Callable[[], tuple[TrainingConfig, str]]
"""Tells with which configuration a person would train, and what it is called."""


class QuietLearning(QObject):
    """Has the workbench learn anew when enough was corrected, and train when the hands rest.

    While the audit of a wall stands it waits: see `Session.is_auditing`.

    Args:
        collection: What is worked on.
        workbench: Where it is learnt, after all that a person asks for.
        sight: What a person looks at; proposals there stay.
        choice: What is trained with in a pause.
        rhythm: How long a pause is.

    Attributes:
        enabled: Whether it does.
        corrections: After how many it learns; of many grades, after a share of them.

    Signals:
        learnt(int, object): From so many corrections; the ``RefitResult``. Its proposals are in the
            table, but for photos in sight.
        trained(object): In a pause; the ``TrainingResult``; likewise.
        caughtUp(): What a training in a pause left behind and is out of sight by now is proposed
            anew.
    """

    learnt = Signal(int, object)
    trained = Signal(object)
    caughtUp = Signal()

    def __init__(
        self,
        collection: OpenCollection,
        workbench: Workbench,
        sight: InSight,
        choice: Choice,
        parent: QObject | None = None,
        rhythm: Rhythm = USUAL,
    ) -> None:
        super().__init__(parent)
        self.enabled = True
        self.corrections = CORRECTIONS
        self._collection, self._workbench, self._choice = collection, workbench, choice
        self._sight = sight
        self._learning_from = 0
        self._failed = False
        model = collection.session.model
        self._half_learnt = model is not None and model.is_quick
        self._pause = QTimer(self, singleShot=True, interval=rhythm.train_ms)
        self._pause.timeout.connect(self._use_pause)
        self._rest = QTimer(self, singleShot=True, interval=rhythm.catch_up_ms)
        self._rest.timeout.connect(self._catch_up)
        collection.counted.connect(self._look)
        collection.acted.connect(self.stir)
        workbench.trained.connect(self._begin_anew)

    @property
    def waits(self) -> bool:
        """Whether it waits for nothing but the end of an audit, which a training brings."""
        return self.enabled and self._collection.session.is_auditing

    def stir(self) -> None:
        """A person does something: the pause begins after it."""
        if self._half_learnt and self.enabled and not self._failed:
            self._pause.start()

    def look_on(self) -> None:
        """A person looks at other photos: what was left behind and leaves sight follows soon."""
        if self._may_catch_up:
            self._rest.start()

    def stop(self) -> None:
        """Learn no more: the collection is closed. May be called twice."""
        self.enabled = False  # the window, which goes next, still tells that it is looked at
        self._pause.stop()
        self._rest.stop()

    @property
    def _may_catch_up(self) -> bool:
        """Whether photos may be left with an older proposal by a training in a pause."""
        settled = self.enabled and not (self._half_learnt or self._failed)
        return settled and bool(self._sight.behind)

    def _some_left_sight(self) -> bool:
        """Tell whether a photo left behind, and not graded since, is out of sight by now."""
        table = self._collection.table
        return bool(table.ungraded[table.rows(self._sight.gone())].any())

    def _catch_up(self) -> None:
        if not self._may_catch_up or self._collection.session.is_auditing:
            return
        if not self._some_left_sight():
            return
        if self._workbench.idle:
            self._propose_behind()
        else:
            self._rest.start()

    def _look(self, status: Status) -> None:
        counts = status.counts
        if not self.enabled or self._failed or status.quality is None or not counts.can_train:
            return
        if self._workbench.learning or status.unlearnt < due_after(counts.human, self.corrections):
            return
        if not self._collection.session.is_auditing:
            self._learning_from = status.unlearnt
            self._refit()

    def _tell_refit(self, result: RefitResult) -> None:
        self._half_learnt = True
        self.learnt.emit(self._learning_from, result)
        self.stir()

    def _tell_training(self, results: tuple[TrainingResult, ProposalResult]) -> None:
        result, _ = results
        self._half_learnt = False
        self.trained.emit(result)

    def _use_pause(self) -> None:
        can_train = self._collection.status.counts.can_train
        if not (self.enabled and self._half_learnt and can_train):
            return
        if self._collection.session.is_auditing:
            return
        if self._workbench.idle:
            self._train()
        else:
            self.stir()

    def _refit(self) -> None:
        """Learn from the newest corrections in a moment."""
        session = self._collection.session
        begin = lambda: session.refit(in_sight=self._sight.noticed)
        self._want(self.tr("Learning"), begin, self._tell_refit, Priority.SOON)

    def _train(self) -> None:
        """In idle time: train on all human grades and propose, as if it was not there."""
        session, (config, name) = self._collection.session, self._choice()
        begin = lambda: train_and_propose(session, config, name, in_sight=self._sight.leave_behind)
        self._want(self.tr("Training"), begin, self._tell_training, Priority.IDLE)

    def _propose_behind(self) -> None:
        """In idle time: propose anew what was left behind and is out of sight by now."""
        session = self._collection.session
        begin = lambda: session.propose(in_sight=self._sight.leave_behind)
        self._want(self.tr("Learning"), begin, lambda _: self.caughtUp.emit(), Priority.IDLE)

    def _want(
        self,
        title: str,
        begin: Callable[[], Job[Any]],
        deliver: Callable[[Any], None],
        priority: Priority,
    ) -> None:
        request = Request(
            title, begin, deliver, priority, quiet=True, proposes=True, fail=self._give_up
        )
        self._workbench.want(request)

    def _give_up(self) -> None:
        """Leave it until the next training: what failed once would fail at every correction."""
        self._failed = True

    def _begin_anew(self) -> None:
        self._failed = self._half_learnt = False
        self._sight.forget_behind()
