"""What it still takes: minutes to so much right, the next best step, and whether to grade more."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tinyclf.trust.advice import Advice
from tinyclf.trust.effort import EffortPlan, Pace
from tinyclf.trust.stop_advice import ENOUGH_GRADES, StopAdvice, Way
from tinyclf_gui.widgets.grade_words import duration, isolated, number, percent
from tinyclf_gui.widgets.next_step import step_in_words
from tinyclf_gui.widgets.steady_label import SteadyLabel
from tinyclf_gui.widgets.styled import label, push_button

NO_BREAK = "\N{NO-BREAK SPACE}"


class EffortCard(QFrame):
    """The plan, the next step and the way there, the advice on stopping; the reasons are on hover.

    Signals:
        wanted(): Take the next step.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("effortCard")
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("What it still takes"))
        self._plan = label("", "strong", wrap=True)
        self._plan.setObjectName("effortPlan")
        self._next = SteadyLabel(2)
        self._next.setObjectName("nextStep")
        self._go = push_button(self.tr("Go there"), "nextStepButton", "secondary")
        self._go.hide()
        self._go.clicked.connect(self.wanted)
        self._stop = SteadyLabel(2, "muted")
        self._stop.setObjectName("stopAdvice")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)  # two lines of the side hold what three would
        layout.setSpacing(4)
        for line in (self._plan, self._next, self._go, self._stop):
            layout.addWidget(line)

    def show_effort(
        self, plan: EffortPlan | None, pace: Pace, stop: StopAdvice | None, advice: Advice
    ) -> None:
        """Show what it still takes; what is not known is not shown."""
        self._plan.setText(plan_in_words(plan) if plan else "")
        self._plan.setToolTip(plan_at_length(plan, pace) if plan else "")
        self._plan.setVisible(plan is not None)
        self.show_step(step_in_words(advice))
        self._next.setToolTip(stop_at_length(stop) if stop else "")
        self._stop.setText(stop_in_words(stop) if stop else "")
        self._stop.setToolTip(stop_at_length(stop) if stop else "")
        self._stop.setVisible(bool(self._stop.text()))

    def show_step(self, words: str, way: str = "", at_length: str = "") -> None:
        """Show the next step, and what the button does that leads there; empty: there is none.

        Args:
            words: The step.
            way: On the button.
            at_length: What it does, whole.
        """
        self._next.setText(_tr("Next: {0}").format(words))
        if way:
            self._go.setText(way)
        self._go.setToolTip(at_length)
        self._go.setVisible(bool(way))


def plan_in_words(plan: EffortPlan) -> str:
    """Return the nearest aim and the farthest: "11 min more: 95 % right · 40 min: 99 %"."""
    ahead = [point for point in plan.points if point.looks]
    if not ahead:
        if plan.points or plan.exact_at_most == plan.exact_now:
            return _tr("About {0} right").format(_share(plan.exact_now))
        return _tr("{0} more for all: about {1} right").format(
            _time(plan.seconds_for_all), _share(plan.exact_at_most)
        )
    near, far = ahead[0], ahead[-1]
    if _time(near.seconds) == _time(far.seconds):
        near = far
    words = _tr("{0} more: {1} right").format(_time(near.seconds), _share(near.exact))
    if far is near:
        return words
    then = _tr("{0}: {1}").format(_time(far.seconds), _share(far.exact))
    return _tr("{0} · {1}").format(words, then.replace(" ", NO_BREAK))


def plan_at_length(plan: EffortPlan, pace: Pace) -> str:
    """Return on what the plan rests."""
    return "\n".join(
        (
            _tr(
                "About {0} of all grades are exactly right now: your own taken as right, the "
                "proposals as far as they are sure, and so those accepted unseen."
            ).format(_share(plan.exact_now)),
            _tr(
                "Looking through the walls, most doubtful first, {0:.2g} s a photo and {1:.2g} s "
                "a correction, as it takes you."
            ).format(pace.glance, pace.correction),
            _tr(
                "To look at all of these takes {0} and brings {1}; one mistake in ten stays "
                "overlooked. What training again would mend meanwhile is not counted."
            ).format(_time(plan.seconds_for_all), _share(plan.exact_at_most)),
            _tr("To grade these photos by hand would take {0}.").format(
                _time(plan.seconds_by_hand)
            ),
        )
    )


def stop_in_words(stop: StopAdvice) -> str:
    """Return the advice to grade more first; empty where that is unsure, or the step says it."""
    if stop.way is not Way.GRADE:
        return ""
    return _tr("Grading about {0} more first is quicker.").format(number(stop.more))


def stop_at_length(stop: StopAdvice) -> str:
    """Return the reason."""
    if stop.saved is None:
        return _tr(
            "Too few photos are left, or too little was trained, to compare the two ways: looking "
            "through the walls now, or grading more photos and training again first."
        )
    lines = [
        _tr("To {0} right by looking through the walls: {1}.").format(
            _share(stop.target), duration(stop.seconds)
        ),
        _tr("Grading {0} more first: between {1} and {2} (95 %).").format(
            number(stop.more), _saved(stop.saved.low), _saved(stop.saved.high)
        ),
    ]
    if stop.way is Way.NOT_SURE:
        lines.append(
            _tr("Too uncertain to advise by; from fewer than {0} grades it always is.").format(
                ENOUGH_GRADES
            )
        )
    return "\n".join(lines)


def _time(seconds: float) -> str:
    """Return how long: below two minutes in steps of 5 s, so that two times can be compared."""
    rounded = max(5, 5 * round(seconds / 5))
    if rounded >= 120:
        return duration(seconds)
    return isolated(QCoreApplication.translate("Number", "{0} s").format(rounded))


def _share(share: float) -> str:
    """Return a share in per cent; nothing but everything is 100 %."""
    return percent(share if share >= 1 else min(share, 0.99))


def _saved(seconds: float) -> str:
    words = _tr("{0} saved") if seconds >= 0 else _tr("{0} lost")
    return words.format(duration(abs(seconds)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("EffortCard", text)
