"""The exam tells how good the classifier is as soon as it is complete, without another training."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tinyclf.domain import JudgedOn, Quality
from tinyclf.session import Status
from tinyclf_gui.models.job_lane import Priority, Request
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.workbench import Workbench


class ExamJudge(QObject):
    """Has the latest classifier judged, unasked, when the answers of a complete exam are others.

    A classifier older than the exam is not judged: its quality stays that by cross-validation.

    Signals:
        judged(object): The ``Quality`` of the latest classifier on the exam.
    """

    judged = Signal(object)

    def __init__(
        self, collection: OpenCollection, workbench: Workbench, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._collection, self._workbench = collection, workbench
        self._judged: tuple[int, bytes] | None = None
        """Which model was judged, and on which answers."""
        collection.counted.connect(self.look)

    def look(self, status: Status) -> None:
        """Have it judged if there is anything to judge; one that learns just now judges itself."""
        if status.exam.lacking or self._workbench.learning:
            return
        model = self._collection.session.model
        if model is None:
            return
        table = self._collection.table
        answers = table.codes[table.exam].tobytes()
        if self._is_new(model.number, status):
            self._judged = (model.number, answers)  # it was judged on them when it was trained
        if self._judged != (model.number, answers):
            self._judged = (model.number, answers)  # tried once, whatever comes of it
            self._judge()

    def _judge(self) -> None:
        """Judge the latest classifier on the exam, in a moment."""
        title, begin = self.tr("Judging on the exam"), self._collection.session.judge
        self._workbench.want(Request(title, begin, self._tell, Priority.SOON, quiet=True))

    def _tell(self, quality: Quality | None) -> None:
        if quality is not None:
            self.judged.emit(quality)

    def _is_new(self, model: int, status: Status) -> bool:
        """Tell whether a model is seen for the first time, and was judged on all answers."""
        quality = status.quality
        return (
            (self._judged is None or self._judged[0] != model)
            and quality is not None
            and quality.judged_on is JudgedOn.EXAM
            and quality.photos == status.exam.answered
        )
