"""The button that retrains: it says what that would add to what was learnt."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QWidget

from tinyclf.session import Status
from tinyclf.session.refit import due_after
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.styled import push_button, restyle


def retrain_button(parent: QWidget | None = None) -> QPushButton:
    """Return the button; :func:`offer_retraining` gives it its words."""
    return push_button(_tr("Retrain"), "retrainButton", "primary", parent)


def offer_retraining(
    button: QPushButton,
    status: Status,
    *,
    quick: bool,
    busy: bool = False,
    waits: str = "",
    checking: bool = False,
) -> None:
    """Say what a retrain would add; it is not urged on whoever was learnt from meanwhile.

    Nor while a check at random goes on, which it would end, nor for what was accepted as proposed.

    Args:
        button: That retrains; where it cannot, it says why.
        status: What stands.
        quick: Whether the latest training is one from between corrections.
        busy: Whether something is computed that a person asked for.
        waits: Why learning waits for this button, if it does: what the notice says too.
        checking: Whether a person is looking at photos drawn at random now.
    """
    button.setEnabled(status.new_verdicts > 0 and not busy)
    roughly = (
        quick and bool(status.corrections) and status.unlearnt < due_after(status.counts.human)
    )
    button.setText(left_in_words(status) if roughly else retrain_in_words(status))
    tip = why_not(status, busy=busy) or waits
    if not tip and roughly:
        tip = _tr(
            "Your corrections were taken in by a quick training between two looks. This one takes "
            "longer, and is surer."
        )
    button.setToolTip(tip)
    button.setAccessibleDescription(tip)
    nothing_new = status.new_verdicts == status.accepted_news
    kind = "secondary" if roughly or nothing_new or checking or waits else "primary"
    if button.property("kind") != kind:
        restyle(button, kind)


def why_not(status: Status, *, busy: bool) -> str:
    """Return why it cannot be trained now, and the way out; empty where it can."""
    if busy:
        return _tr("Something else is being worked out: wait for it, or cancel it below.")
    if not status.new_verdicts:
        return nothing_new()
    return ""


def nothing_new() -> str:
    """Return that there is nothing a training could add."""
    return _tr("Nothing new to learn since the last training: correct or accept a photo first.")


def learning_waits(status: Status, *, stands: bool) -> str:
    """Return that nothing is learnt unasked while a check at random counts, and the way out.

    Args:
        status: What stands.
        stands: Whether the check is that of the wall in view.
    """
    words = _tr("While the check of another wall counts, proposals stay as they are.")
    if stands:
        words = _tr("While this check counts, proposals stay as they are.")
    if not status.new_verdicts:
        return f"{words} {nothing_new()}"
    return f"{words} " + _tr("Retrain learns your changes, and ends the check.")


def left_in_words(status: Status) -> str:
    """Return what a retrain would add to what was learnt meanwhile."""
    if status.unlearnt:
        return _tr("Retrain: {n} not learnt yet").format(n=number(status.unlearnt))
    if status.corrections == 1:
        return _tr("Retrain fully on 1 correction")
    return _tr("Retrain fully on {n} corrections").format(n=number(status.corrections))


def retrain_in_words(status: Status) -> str:
    """Return what a retrain would learn from."""
    if status.corrections == 1:
        return _tr("Retrain on 1 correction")
    if status.corrections:
        return _tr("Retrain on {n} corrections").format(n=number(status.corrections))
    if status.new_verdicts and status.new_verdicts == status.accepted_news:
        return _tr("Retrain on {n} accepted").format(n=number(status.new_verdicts))
    if status.new_verdicts == 1:
        return _tr("Retrain on 1 change")
    if status.new_verdicts:
        return _tr("Retrain on {n} changes").format(n=number(status.new_verdicts))
    return _tr("Retrain")


def _tr(text: str) -> str:
    return QCoreApplication.translate("retrain", text)
