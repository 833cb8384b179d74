"""What a grade is called, and how numbers are written for a person."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QGuiApplication

from tinyclf.domain import Grade

FIRST_STRONG_ISOLATE = "\N{FIRST STRONG ISOLATE}"
POP_DIRECTIONAL_ISOLATE = "\N{POP DIRECTIONAL ISOLATE}"


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


def isolated(figures: str) -> str:
    """Return figures that keep their order where everything is read from right to left.

    By itself "52 %" would be shown there as "% 52" (Unicode's bidirectional algorithm, UAX 9: a
    number, a space, a neutral sign).
    """
    if not QGuiApplication.isRightToLeft():
        return figures
    return f"{FIRST_STRONG_ISOLATE}{figures}{POP_DIRECTIONAL_ISOLATE}"


def duration(seconds: float) -> str:
    """Return how long something takes: "40 s", "11 min", "2 h 5 min"."""
    if seconds < 57:
        words = QCoreApplication.translate("Number", "{0} s").format(max(1, round(seconds)))
        return isolated(words)
    hours, minutes = divmod(max(1, round(seconds / 60)), 60)
    if not hours:
        return isolated(QCoreApplication.translate("Number", "{0} min").format(minutes))
    return isolated(QCoreApplication.translate("Number", "{0} h {1} min").format(hours, minutes))


def percent(share: float) -> str:
    """Return a share, 0 to 1, in whole per cent: 83 %."""
    return isolated(QCoreApplication.translate("Number", "{0} %").format(round(100 * share)))
