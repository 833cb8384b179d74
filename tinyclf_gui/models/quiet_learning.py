"""Learning while a person works, unasked and unseen: a moment's refit now, all of it in a pause.

No tile changes under a person's eyes: what is in sight keeps its proposal. After a training in a
pause those tiles follow as soon as they leave sight; after a refit, with the next one.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from tinyclf.session import RefitResult, Status, TrainingResult
from tinyclf.session.refit import CORRECTIONS, due_after
from tinyclf.training.config import TrainingConfig
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.workbench import Workbench

CATCH_UP_MS = 800
"""So long after the last scrolling, photos left behind by a training in a pause follow."""
PAUSE_MS = 20_000
"""Hands that rest so long leave time for a whole training."""

Choice = Callable[[], tuple[TrainingConfig, str]]
"""Tells with which configuration a person would train, and what it is called."""


class QuietLearning(QObject):
    """Has the workbench learn anew when enough was corrected, and train when the hands rest.

    While the audit of a wall stands it waits: see `Session.is_auditing`.

    Args:
        collection: What is worked on.
        workbench: What learns.
        choice: What is trained with in a pause.

    Attributes:
        enabled: Whether it does.
        corrections: After how many it learns; of many grades, after a share of them.

    Signals:
        learnt(int, object): From so many corrections; the ``RefitResult``.
        trained(object): In a pause; the ``TrainingResult``.
    """

    learnt = Signal(int, object)
    trained = Signal(object)

    def __init__(
        self,
        collection: OpenCollection,
        workbench: Workbench,
        choice: Choice,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.enabled = True
        self.corrections = CORRECTIONS
        self._collection, self._workbench, self._choice = collection, workbench, choice
        self._learning_from = 0
        self._failed = False
        model = collection.session.model
        self._half_learnt = model is not None and model.is_quick
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._use_pause)
        self._rest = QTimer(self, singleShot=True, interval=CATCH_UP_MS)
        self._rest.timeout.connect(self._catch_up)
        collection.counted.connect(self._look)
        collection.acted.connect(self.stir)
        workbench.refitted.connect(self._tell_refit)
        workbench.trainedUnasked.connect(self._tell_training)
        workbench.learningFailed.connect(self._give_up)
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

    @property
    def _may_catch_up(self) -> bool:
        """Whether photos may be left with an older proposal by a training in a pause."""
        settled = self.enabled and not (self._half_learnt or self._failed)
        return settled and bool(self._workbench.behind)

    def _some_left_sight(self) -> bool:
        """Tell whether a photo left behind, and not graded since, is out of sight by now."""
        gone = self._workbench.behind.difference(self._workbench.looks())
        table = self._collection.table
        return bool(table.ungraded[table.rows(gone)].any())

    def _catch_up(self) -> None:
        if not self._may_catch_up or self._collection.session.is_auditing:
            return
        if not self._some_left_sight():
            return
        if self._workbench.idle:
            self._workbench.catch_up()
        else:
            self._rest.start()

    def _look(self, status: Status) -> None:
        if not self.enabled or self._failed or status.quality is None or not status.can_train:
            return
        if self._workbench.learning or status.unlearnt < due_after(status.human, self.corrections):
            return
        if not self._collection.session.is_auditing:
            self._learning_from = status.unlearnt
            self._workbench.refit()

    def _tell_refit(self, result: RefitResult) -> None:
        self._half_learnt = True
        self.learnt.emit(self._learning_from, result)
        self.stir()

    def _tell_training(self, result: TrainingResult) -> None:
        self._half_learnt = False
        self.trained.emit(result)

    def _use_pause(self) -> None:
        can_train = self._collection.status.can_train
        if not (self.enabled and self._half_learnt and can_train):
            return
        if self._collection.session.is_auditing:
            return
        if self._workbench.idle:
            self._workbench.train_unasked(*self._choice())
        else:
            self.stir()

    def _give_up(self) -> None:
        """Leave it until the next training: what failed once would fail at every correction."""
        self._failed = True

    def _begin_anew(self) -> None:
        self._failed = self._half_learnt = False
        self._workbench.behind = frozenset()
