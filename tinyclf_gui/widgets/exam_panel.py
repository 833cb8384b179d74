"""The exam: how far it is, and the button that leads to it, setting photos aside if need be."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from tinyclf.domain import JudgedOn, Quality
from tinyclf.session import ExamStanding
from tinyclf_gui.widgets.grade_words import number, percent
from tinyclf_gui.widgets.styled import label, push_button


class ExamPanel(QWidget):
    """Photos graded blind and never learnt from; hidden until there are some, or it is worth it.

    Signals:
        wanted(): Show the photos to be graded blind, setting aside what is missing.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("examPanel")
        self._sets_aside = False
        why = self._why = self.tr(
            "Random photos, graded before any grade is proposed for them and never learnt from: "
            "they tell honestly how often the proposals are right."
        )
        self._words = label("", "muted", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._count = label("", "muted")
        self._button = push_button(self.tr("Set photos aside"), "setAsideButton")
        self._way = ""
        self._button.clicked.connect(self.wanted)
        self._meter = QWidget()
        meter = QHBoxLayout(self._meter)
        meter.setContentsMargins(0, 0, 0, 0)
        meter.setSpacing(8)
        meter.addWidget(self._bar, 1)
        meter.addWidget(self._count)
        title = label(self.tr("Exam"), "section")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (title, self._meter, self._words, self._button):
            widget.setToolTip(why)
            layout.addWidget(widget)

    def show_exam(self, exam: ExamStanding, quality: Quality | None) -> None:
        """Show how far it is, and what it tells.

        Args:
            exam: How far it is.
            quality: Of the latest classifier, on whatever it was judged.
        """
        self.setVisible(bool(exam.reserved) or exam.offered)
        self._meter.setVisible(bool(exam.reserved))
        self._bar.setRange(0, exam.wanted)
        self._bar.setValue(min(exam.answered, exam.wanted))
        self._count.setText(
            self.tr("{n} of {all}").format(n=number(exam.answered), all=number(exam.wanted))
        )
        self._words.setText(self._sentence(exam, quality))
        self._words.setVisible(bool(self._words.text()))
        self._sets_aside = exam.offered
        self._way = way_to_exam(exam)
        if self._way:
            self._button.setText(self._way)
        self._button.setToolTip(exam_at_length(exam) or self._why)
        self._button.setVisible(bool(self._way))
        self.setAccessibleName(self.tr("Exam, {0}").format(self._count.text()))

    def make_room(self, *, usual: bool) -> None:
        """Leave out the way to photos that are in view.

        Args:
            usual: Whether the list in view is none that is looked at for a reason.
        """
        self._button.setVisible(bool(self._way) and (usual or self._sets_aside))

    def _sentence(self, exam: ExamStanding, quality: Quality | None) -> str:
        if not exam.reserved:
            return self.tr("Graded blind, a few photos tell honestly how good the proposals are.")
        if exam.lacking and exam.to_grade:
            return _sentence_on_grading(exam)
        if exam.lacking and not exam.offered:
            return self.tr(
                "Too few photos are left to set more aside: what is right is cross-checked instead."
            )
        if exam.lacking:
            return ""
        if quality is None:
            return self.tr("Complete: the first training is judged on it.")
        if quality.judged_on is not JudgedOn.EXAM:
            return self.tr("Complete: from the next training on, what is right is judged on it.")
        words = self.tr("Complete: judged on it, {percent} of the grades proposed are right.")
        return words.format(percent=percent(quality.exact.value))


def _sentence_on_grading(exam: ExamStanding) -> str:
    """Return what to do with the photos set aside: all there will be, or a first lot of them."""
    if exam.reserved - exam.marked >= exam.wanted:
        return _tr("Grade the photos under “Exam”: no grade is proposed for them.")
    words = _tr("{n} photos wait under “Exam” so far: no grade is proposed for them.")
    if exam.to_grade == 1:
        words = _tr("1 photo waits under “Exam” so far: no grade is proposed for it.")
    return words.format(n=number(exam.to_grade))


def way_to_exam(exam: ExamStanding) -> str:
    """Return what the button does that leads to the exam; empty where none of it can be graded."""
    missing = exam.lacking - exam.to_grade
    if exam.offered and exam.to_grade:
        return _tr("Set {n} more aside, then grade {all}").format(
            n=number(missing), all=number(exam.lacking)
        )
    if exam.offered:
        return _tr("Set {n} aside and grade them").format(n=number(missing))
    return _tr("Grade {n} for the exam").format(n=number(exam.to_grade)) if exam.to_grade else ""


def exam_at_length(exam: ExamStanding) -> str:
    """Return what that button does, whole; empty where it sets nothing aside."""
    missing = exam.lacking - exam.to_grade
    if not exam.offered or missing <= 0:
        return ""
    return _tr(
        "{n} photos are drawn at random for the exam; then {all} of it wait for a grade. Nothing "
        "is proposed for them before you have graded them, and nothing is learnt from them."
    ).format(n=number(missing), all=number(exam.lacking))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExamPanel", text)
