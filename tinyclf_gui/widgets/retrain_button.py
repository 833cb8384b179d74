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


def offer_retraining(button: QPushButton, status: Status, *, quick: bool) -> None:
    """Say what a retrain would add; it is not urged on whoever was learnt from meanwhile.

    Args:
        button: That retrains.
        status: What stands.
        quick: Whether the latest training is one from between corrections.
    """
    roughly = quick and bool(status.corrections) and status.unlearnt < due_after(status.human)
    button.setText(left_in_words(status) if roughly else retrain_in_words(status))
    tip = _tr("What was learnt meanwhile was learnt roughly: this takes longer, and is surer.")
    button.setToolTip(tip if roughly else "")
    kind = "secondary" if roughly else "primary"
    if button.property("kind") != kind:
        restyle(button, kind)


def left_in_words(status: Status) -> str:
    """Return what a retrain would add to what was learnt meanwhile."""
    if status.unlearnt:
        return _tr("Retrain: {n} not learnt yet").format(n=number(status.unlearnt))
    if status.corrections == 1:
        return _tr("Retrain: 1 learnt roughly")
    return _tr("Retrain: all {n} learnt roughly").format(n=number(status.corrections))


def retrain_in_words(status: Status) -> str:
    """Return what a retrain would learn from."""
    if status.corrections == 1:
        return _tr("Retrain on 1 correction")
    if status.corrections:
        return _tr("Retrain on {n} corrections").format(n=f"{status.corrections:,}")
    if status.new_verdicts == 1:
        return _tr("Retrain on 1 change")
    if status.new_verdicts:
        return _tr("Retrain on {n} changes").format(n=f"{status.new_verdicts:,}")
    return _tr("Retrain")


def _tr(text: str) -> str:
    return QCoreApplication.translate("retrain", text)
