"""What the window says of jobs that are done: how right it is, what was learnt, where files are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from tinyclf.domain import Quality
from tinyclf.session import RefitResult, TrainingResult
from tinyclf_gui.main_window import REVIEW, MainWindow
from tinyclf_gui.models.exam_judge import ExamJudge
from tinyclf_gui.models.quiet_learning import QuietLearning
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.pages.review import ReviewPage
from tinyclf_gui.widgets.export_words import exported_in_words
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.learnt_words import learnt_in_words
from tinyclf_gui.widgets.quality_words import quality_beside, quality_in_words


class JobNews(QObject):
    """Tells of a training beside what was before: a person wants to know whether it helped."""

    def __init__(
        self,
        workbench: Workbench,
        learning: QuietLearning,
        judge: ExamJudge,
        review: ReviewPage,
        window: MainWindow,
        quality: Quality | None,
        parent: QObject,
    ) -> None:
        """Listen.

        Args:
            workbench: Whose jobs are told of.
            learning: What is learnt meanwhile; told quietly.
            judge: Who judges meanwhile; the next training is told beside that.
            review: Where what is learnt meanwhile is told.
            window: Where all else is.
            quality: That of the latest training, if any.
            parent: What this goes with.
        """
        super().__init__(parent)
        self._review, self._window = review, window
        self._device_missed = False
        self._before = quality
        workbench.device.missed.connect(self._tell_device)
        workbench.trained.connect(self._tell_training)
        judge.judged.connect(self._remember)
        workbench.exported.connect(self._tell_export)
        learning.learnt.connect(self._tell_learnt)
        learning.trained.connect(self._tell_pause)

    @Slot(object)
    def _remember(self, quality: Quality) -> None:
        """Remember what the next training is told beside."""
        self._before = quality

    @Slot(object)
    def _tell_training(self, result: TrainingResult) -> None:
        words = self.tr("Trained on {n} grades: {right}").format(
            n=number(result.grades), right=quality_beside(result.quality, self._before)
        )
        self._remember(result.quality)
        if self._device_missed:
            words += self.tr(", on the processor: the graphics card does not answer")
        self._device_missed = False
        self._say(words)

    @Slot(int, object)
    def _tell_learnt(self, corrections: int, result: RefitResult) -> None:
        self._review.say_learnt(learnt_in_words(corrections, result.changed))

    @Slot(object)
    def _tell_pause(self, result: TrainingResult) -> None:
        words = self.tr("Trained on all {n} grades while you paused: {right}")
        right = quality_in_words(result.quality)
        self._remember(result.quality)
        words = words.format(n=number(result.grades), right=right)
        self._review.say_learnt(words)
        if self._window.page != REVIEW:
            self._say(words)

    @Slot(str)
    def _tell_device(self, problem: str) -> None:
        self._device_missed = True
        self._say(self.tr("The processor does the work. {problem}").format(problem=problem))

    @Slot(object)
    def _tell_export(self, paths: list[Path]) -> None:
        words = exported_in_words(paths)
        if not paths:
            self._say(words)
            return
        folder = QUrl.fromLocalFile(str(paths[0].parent))
        self._window.toast.show_way(
            words, self.tr("Open folder"), lambda: QDesktopServices.openUrl(folder)
        )

    def _say(self, words: str) -> None:
        self._window.toast.show_act(words, can_undo=False)
