"""When something was done, as one says it: "today 20:14"."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

_DAYS_BY_NAME = 7
"""So long the name of the weekday says which day is meant."""


def when_in_words(when: datetime, now: datetime) -> str:
    """Return a moment as it is said at another one, by the clock and the calendar of this place.

    Args:
        when: The moment, in any time zone.
        now: The other one, later.
    """
    there, here = when.astimezone(), now.astimezone()
    moment = QDateTime(there.replace(tzinfo=None))  # type: ignore[call-overload]
    clock = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    return _day_in_words(moment.date(), (here.date() - there.date()).days, clock)


def _day_in_words(day: QDate, days_ago: int, clock: str) -> str:
    if days_ago <= 0:
        return _tr("today {time}").format(time=clock)
    if days_ago == 1:
        return _tr("yesterday {time}").format(time=clock)
    if days_ago < _DAYS_BY_NAME:
        name = QLocale().dayName(day.dayOfWeek())
    else:
        name = QLocale().toString(day, QLocale.FormatType.ShortFormat)
    return _tr("{day} {time}").format(day=name, time=clock)


def _tr(text: str) -> str:
    return QCoreApplication.translate("when_words", text)
