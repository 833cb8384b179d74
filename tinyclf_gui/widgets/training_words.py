"""Of which training figures are, in a few words; what more is to be known, for whoever hovers."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from tinyclf.domain import JudgedOn
from tinyclf.project import StoredModel
from tinyclf_gui.models.when_words import when_in_words
from tinyclf_gui.widgets.grade_words import number


def training_in_words(trained: StoredModel) -> str:
    """Return when it was trained, and on how much: "Trained today 21:52, 107 grades"."""
    when = moment_in_words(trained.created)
    if trained.is_quick:
        words = _tr("Quick training {when}, {n} grades")
    else:
        words = _tr("Trained {when}, {n} grades")
    if trained.grades is None:
        return begun_in_words(trained.created)
    return words.format(when=when, n=number(trained.grades))


def begun_in_words(when: datetime) -> str:
    """Return the same where only the time is known."""
    return _tr("Training of {0}").format(moment_in_words(when))


def curves_in_words(drawn: StoredModel, latest: StoredModel) -> str:
    """Return of which training the curves are, and whether there was a later one.

    Args:
        drawn: What was trained while they were drawn.
        latest: What was trained last.
    """
    if drawn.number == latest.number:
        return training_in_words(drawn)
    return _tr("{training}, not the latest").format(training=begun_in_words(drawn.created))


def curves_at_length(
    drawn: StoredModel | None, latest: StoredModel | None, judged_on: JudgedOn | None
) -> str:
    """Return what the curves are judged on, and why they are not of the latest training.

    Args:
        drawn: What was trained while they were drawn; ``None`` while that goes on.
        latest: What was trained last, if anything was.
        judged_on: What that was judged on.
    """
    told = [_tr("Never seen: your grades held back from each network.")]
    if judged_on is JudgedOn.EXAM:
        told.append(_tr("The figure at the top is of the exam."))
    if drawn is not None and latest is not None and drawn.number != latest.number:
        later = _tr("The latest training, of {0}, drew no curves: it ran while you worked.")
        told.append(later.format(moment_in_words(latest.created)))
    return " ".join(told)


def moment_in_words(when: datetime) -> str:
    """Return when something was, as it is said now."""
    return when_in_words(when, datetime.now(UTC))


def _tr(text: str) -> str:
    return QCoreApplication.translate("training", text)
