"""Learning while a person works, unasked and unseen: a moment's refit now, all of it in a pause."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from tinyclf.session import RefitResult, Status, TrainingResult
from tinyclf.session.refit import due_after
from tinyclf.training.config import TrainingConfig
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.workbench import Workbench

PAUSE_MS = 20_000
"""Hands that rest so long leave time for a whole training."""

Choice = Callable[[], tuple[TrainingConfig, str]]
"""Tells with which configuration a person would train, and what it is called."""


class QuietLearning(QObject):
    """Has the workbench learn anew when enough was corrected, and train when the hands rest.

    While a wall's audit stands nothing is proposed anew: what was proved of it would be void.

    Args:
        collection: What is worked on.
        workbench: What learns.
        choice: What is trained with in a pause.

    Attributes:
        enabled: Whether it does.

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
        self._collection, self._workbench, self._choice = collection, workbench, choice
        self._corrections = 0
        self._failed = False
        model = collection.session.model
        self._half_learnt = model is not None and model.is_quick
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._use_pause)
        collection.counted.connect(self._look)
        collection.acted.connect(self.stir)
        workbench.learnt.connect(self._tell)
        workbench.learningFailed.connect(self._give_up)
        workbench.trained.connect(self._begin_anew)

    def stir(self) -> None:
        """A person does something: the pause begins after it."""
        if self._half_learnt and self.enabled and not self._failed:
            self._pause.start()

    def _look(self, status: Status) -> None:
        if not self.enabled or self._failed or status.quality is None or not status.can_train:
            return
        if self._workbench.learning or is_proving(status):
            return
        if status.unlearnt >= due_after(status.human):
            self._corrections = status.unlearnt
            self._workbench.learn()

    def _tell(self, result: RefitResult | TrainingResult) -> None:
        self._half_learnt = isinstance(result, RefitResult)
        if isinstance(result, TrainingResult):
            self.trained.emit(result)
            return
        self.learnt.emit(self._corrections, result)
        self.stir()

    def _use_pause(self) -> None:
        status = self._collection.status
        if not (self.enabled and self._half_learnt and status.can_train) or is_proving(status):
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


def is_proving(status: Status) -> bool:
    """Tell whether an audit stands of a wall on which something is still merely proposed."""
    return any(
        known.audit is not None and wall.photos > wall.human
        for wall, known in zip(status.walls, status.certificates, strict=True)
    )
