"""What a grade is called, and how numbers are written for a person."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from tinyclf.domain import Grade


def grade_words(grade: int) -> str:
    """Return a grade in words: 5 is "flawless"."""
    words = {
        Grade.BARELY_VISIBLE: QCoreApplication.translate("Grade", "barely visible"),
        Grade.POOR: QCoreApplication.translate("Grade", "poor"),
        Grade.FAIR: QCoreApplication.translate("Grade", "fair"),
        Grade.GOOD: QCoreApplication.translate("Grade", "good"),
        Grade.FLAWLESS: QCoreApplication.translate("Grade", "flawless"),
    }
    return words[Grade(grade)]


def number(count: int) -> str:
    """Return a count with the grouping of the user's language: 12,431."""
    locale = QLocale()  # where none is set it would leave the grouping out
    locale.setNumberOptions(locale.numberOptions() & ~QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(count)


def duration(seconds: float) -> str:
    """Return how long something takes: "40 s", "11 min", "2 h 5 min"."""
    if seconds < 57:
        return QCoreApplication.translate("Number", "{0} s").format(max(1, round(seconds)))
    hours, minutes = divmod(max(1, round(seconds / 60)), 60)
    if not hours:
        return QCoreApplication.translate("Number", "{0} min").format(minutes)
    return QCoreApplication.translate("Number", "{0} h {1} min").format(hours, minutes)


def percent(share: float) -> str:
    """Return a share, 0 to 1, in whole per cent: 83 %."""
    return QCoreApplication.translate("Number", "{0} %").format(round(100 * share))
