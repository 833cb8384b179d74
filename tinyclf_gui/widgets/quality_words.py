"""How good a classifier is, in a collector's words; the statistic for whoever hovers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tinyclf.domain import GRADES, Interval, JudgedOn, Quality
from tinyclf_gui.widgets.grade_words import number, percent

SAID = 70
"""The per cent that the calibration error is told by."""


def quality_in_words(quality: Quality) -> str:
    """Return how often it is right, and on what that was judged: "83 % right (exam of 60)"."""
    words = _tr("{percent} right (cross-checked on {n})")
    if quality.judged_on is JudgedOn.EXAM:
        words = _tr("{percent} right (exam of {n})")
    return words.format(percent=percent(quality.exact.value), n=number(quality.photos))


def quality_beside(quality: Quality, before: Quality | None) -> str:
    """Return the same, and what it was before, if that was judged alike: "…, before 80 %"."""
    words = quality_in_words(quality)
    if before is None or before.judged_on is not quality.judged_on:
        return words
    return _tr("{now}, before {then}").format(now=words, then=percent(before.exact.value))


def quality_in_brief(quality: Quality) -> str:
    """Return how often it is right: "83 % right"."""
    return _tr("{percent} right").format(percent=percent(quality.exact.value))


def errors_in_words(quality: Quality) -> str:
    """Return how the table of confusion is read, and how many are wrong, and far off, by it."""
    total = sum(map(sum, quality.confusion))
    words = _tr(
        "Rows: your grade; columns: proposed; framed: right. "
        "{wrong} of {n} wrong, {far} by more than one."
    )
    return words.format(
        wrong=total - sum(quality.confusion[k][k] for k in range(len(GRADES))),
        n=total,
        far=total - round(quality.within_one.value * total),
    )


def quality_at_length(quality: Quality) -> str:
    """Return what "right" means, and all that was measured, each with its 95 % interval."""
    judged = _tr("Judged on {n} of your grades that it had not seen, in turns.")
    if quality.judged_on is JudgedOn.EXAM:
        judged = _tr("Judged on {n} photos you graded blind; it never learnt from them.")
    return "\n".join(
        (
            _tr("Right means: exactly the grade you gave."),
            judged.format(n=number(quality.photos)),
            _tr("Right: {0}").format(_range(quality.exact)),
            _tr("Within one grade: {0}").format(_range(quality.within_one)),
            _doubts(quality.calibration_error),
            _tr("Quadratic kappa {0:.2f} ({1:.2f} to {2:.2f}), calibration error {3:.3f}").format(
                quality.kappa.value,
                quality.kappa.low,
                quality.kappa.high,
                quality.calibration_error.value,
            ),
        )
    )


def _doubts(error: Interval) -> str:
    """Return the mean gap between stated and true confidence, which has no sign, as a range."""
    off = round(100 * error.value)
    if not off:
        return _tr("Where it says {0} %, it is right {0} times of 100.").format(SAID)
    return _tr("Where it says {0} %, it is right about {1} to {2} times of 100.").format(
        SAID, max(0, SAID - off), min(100, SAID + off)
    )


def _range(share: Interval) -> str:
    low, high = (round(100 * end) for end in (share.low, share.high))
    return _tr("{0} ({1} to {2} %)").format(percent(share.value), low, high)


def _tr(text: str) -> str:
    return QCoreApplication.translate("quality", text)
